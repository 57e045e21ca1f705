"""Who could meet a need: people of the pool with a point for each reason, and the reasons against.

The same pool, needs and parameters give the same proposals in the same order; one query reads all candidates."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from core import parameters
from core.periods import months_before
from talent.models import Match, RuralTalent, Willing
from talent.models.talent_classes import CLASS_OF, READY_FOR
from talent.parameters import talents as points

TOWNSHIP_DIGITS = 9


@dataclass(frozen=True)
class Point:
    """A reason and what it is worth; what speaks against somebody is worth nothing or less."""

    worth: int
    text: str

    def __str__(self):
        return f"{self.text} {self.worth:+d}" if self.worth else self.text


@dataclass(frozen=True)
class Proposal:
    talent: RuralTalent
    reasons: tuple
    against: tuple

    @property
    def score(self):
        return sum(point.worth for point in (*self.reasons, *self.against))

    @property
    def text(self):
        """The reasons as they are kept with the match."""
        told = "；".join(map(str, self.reasons)) or "没有"
        return f"{told}。不利：{'；'.join(map(str, self.against))}。" if self.against else f"{told}。"


def proposals(demand, user, on):
    """[Proposal] of people in the pool on `on` that `user` sees and that nobody proposed yet, the best first.

    Only who has the class or one of the skill words is a candidate: living near alone is no reason."""
    with parameters.read_once(on):
        weights = _Weights(on)
        found = [_judge(demand, talent, weights) for talent in candidates(demand, user, on)]
    return sorted(found, key=lambda one: (-one.score, one.talent.village_id, one.talent.pk))


def candidates(demand, user, on):
    """Talents who have something that the need asks for, with `confirmed_on`, `known_on` and `load`. One query."""
    pool = RuralTalent.objects.visible_to(user).below(demand.township_id[:6]).in_pool(on)
    running = Match.objects.running(on).filter(talent__person=OuterRef("person")).order_by().values("talent__person")
    return (
        pool.filter(_something(demand))
        .exclude(pk__in=demand.matches.values("talent"))
        .with_confirmation(on)
        .annotate(load=Coalesce(Subquery(running.annotate(n=Count("pk")).values("n")), 0))
        .select_related("person", "village__township")
        .order_by("pk")
    )


def _something(demand):
    """The class or one of the words; without either, nobody can be told from anybody."""
    wanted = Q(pk__in=[])
    if demand.sub_class:
        wanted |= Q(sub_class=demand.sub_class)
    if demand.talent_class:
        wanted |= Q(talent_class=demand.talent_class)
    for word in demand.skill_words:
        wanted |= Q(skills__contains=word) | Q(specialty__contains=word) | Q(certificates__contains=word)
    return wanted


class _Weights:
    """What the county's parameters say on a day."""

    def __init__(self, on):
        self.on = on
        self.stale_before = months_before(on, points.STALE_MONTHS.value(on))
        self.stale_months = points.STALE_MONTHS.value(on)
        self.of = {key: parameter.value(on) for key, parameter in POINTS.items()}


POINTS = {
    "sub_class": points.SUB_CLASS, "class": points.CLASS, "skills": points.SKILLS, "village": points.SAME_VILLAGE,
    "township": points.SAME_TOWNSHIP, "county": points.SAME_COUNTY, "willing": points.WILLING,
    "unwilling": points.UNWILLING, "load": points.LOAD, "stale": points.STALE,
}  # fmt: skip


def _judge(demand, talent, weights):
    found = [judge(demand, talent, weights) for judge in (_class, _skills, _distance, _willing, _load, _stale)]
    points_found = [point for several in found for point in several]
    return Proposal(
        talent,
        tuple(point for point in points_found if point.worth > 0),
        tuple(point for point in points_found if point.worth <= 0),
    )


def _class(demand, talent, weights):
    if demand.sub_class and talent.sub_class == demand.sub_class:
        return [Point(weights.of["sub_class"], f"小类相同（{talent.get_sub_class_display()}）")]
    if demand.talent_class and talent.talent_class == demand.talent_class:
        return [Point(weights.of["class"], f"大类相同（{talent.get_talent_class_display()}）")]
    if not demand.talent_class and not CLASS_OF.get(demand.sub_class):
        return []
    return [Point(0, f"类别不同（{talent.class_text or '未分类'}）")]


def _skills(demand, talent, weights):
    """The share of the need's words that the person's skills, specialty or certificates speak of, rounded down."""
    wanted = demand.skill_words
    said = "、".join(filter(None, (talent.skills, talent.specialty, talent.certificates)))
    there = [word for word in wanted if word in said]
    missing = [word for word in wanted if word not in said]
    found = []
    if there:
        worth = weights.of["skills"] * len(there) // len(wanted)
        found.append(Point(worth, f"技能相符 {len(there)}/{len(wanted)}（{'、'.join(there)}）"))
    if missing:
        found.append(Point(0, f"没有登记的技能：{'、'.join(missing)}"))
    return found


def _distance(demand, talent, weights):
    if demand.village_id and talent.village_id == demand.village_id:
        return [Point(weights.of["village"], "本村")]
    if talent.village_id[:TOWNSHIP_DIGITS] == demand.township_id:
        return [Point(weights.of["township"], "本乡镇")]
    return [Point(weights.of["county"], f"本县（{talent.village.township.name}）")]


def _willing(demand, talent, weights):
    if not talent.willing:
        return [Point(0, "没有登记服务意愿")]
    told = talent.get_willing_display()
    if demand.manner in READY_FOR[Willing(talent.willing)]:
        return [Point(weights.of["willing"], f"意愿符合（{told}）")]
    return [Point(-weights.of["unwilling"], f"意愿不合（{told}，需要{demand.get_manner_display()}）")]


def _load(demand, talent, weights):
    return [Point(-weights.of["load"] * talent.load, f"正在进行的对接 {talent.load} 项")] if talent.load else []


def _stale(demand, talent, weights):
    if talent.known_on >= weights.stale_before:
        return []
    return [Point(-weights.of["stale"], f"超过 {weights.stale_months} 个月没有确认仍在库")]
