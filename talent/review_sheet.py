"""The sheet that the system prepares for a review: a registry that every app fills with what it knows as of a date.

A source answers for a whole set at once, so that the sheets of a township cost as many queries as one."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Prefetch

from core import rules
from core.periods import dated_by, in_force, month
from core.scope import ancestors, inside
from talent.indicators.reserves import villages_with_reserves
from talent.models import (
    Adjustment,
    Appointment,
    Committee,
    EducationLevel,
    Person,
    PersonReview,
    Post,
    ReviewVisit,
    Sex,
    Stationing,
    TeamReview,
)
from talent.models.appointment import POST_LABELS, POSTS_OF
from talent.models.education import COLLEGE_RANK
from villages.models import Village, VillageLabel

VILLAGE_SOURCES, PERSON_SOURCES = [], []
YOUNG = 35
RANK = {post: place for place, post in enumerate(Post)}


def village_source(label):
    """Register a function of (village codes, date) → {code: text}; `label` is its line on the sheet."""
    return _registered(VILLAGE_SOURCES, label)


def person_source(label):
    """Register a function of (keys of people, date) → {key: text}; `label` stands before the text."""
    return _registered(PERSON_SOURCES, label)


def _registered(sources, label):
    def register(function):
        sources.append((label, function))
        return function

    return register


@dataclass(frozen=True)
class PersonLine:
    """A person of the team as the ledger has them on the round's date, and what the review says."""

    review: PersonReview
    posts: str
    since: str
    age: int | None
    education: str
    facts: list
    carried: list

    @property
    def person(self):
        return self.review.person


@dataclass
class Sheet:
    """One village's sheet: what the ledger says on the round's date beside what was filled in."""

    team: object
    facts: list = field(default_factory=list)
    findings: list = field(default_factory=list)
    people: list = field(default_factory=list)
    visits: list = field(default_factory=list)

    @property
    def village(self):
        return self.team.village


def sheets(teams, on, until):
    """The sheets of `teams` (with their villages at hand), prepared from the ledger as of `on`, in their order; with the
    visits made and the changes of post carried out by the day `until`."""
    codes = [team.village_id for team in teams]
    found = {team.pk: Sheet(team) for team in teams}
    _put_people(found, on, until)
    for label, function in VILLAGE_SOURCES:
        texts = function(codes, on)
        for sheet in found.values():
            sheet.facts.append((label, texts.get(sheet.team.village_id, "") or "无"))
    for visit in ReviewVisit.objects.filter(dated_by(until, "on"), team__in=found).order_by("on", "pk"):
        found[visit.team_id].visits.append(visit)
    findings = _findings(codes, on)
    for sheet in found.values():
        sheet.findings = findings.get(sheet.team.village_id, [])
    return list(found.values())


def _put_people(found, on, until):
    done = Adjustment.objects.done(until).select_related("appointment__person").order_by("part", "pk")
    rows = PersonReview.objects.filter(team__in=found).select_related("person").prefetch_related(
        Prefetch("adjustments", done, to_attr="carried")
    )  # fmt: skip
    rows = list(rows.order_by("team_id", "pk"))
    keys = [row.person_id for row in rows]
    told = defaultdict(list)
    for label, function in PERSON_SOURCES:
        for key, text in function(keys, on).items():
            told[key].append((label, text))
    levels = dict(Person.objects.with_education(on).filter(pk__in=keys).values_list("pk", "education"))
    seats = _seats([sheet.team.village_id for sheet in found.values()], on)
    for row in rows:
        sheet = found[row.team_id]
        held = seats.get((sheet.team.village_id, row.person_id), [])
        sheet.people.append(_line(row, held, levels.get(row.person_id), told[row.person_id], on))


def _line(row, held, level, facts, on):
    return PersonLine(
        row, "、".join(POST_LABELS[seat.post] for seat in held), month(min((seat.start for seat in held), default=None)),
        row.person.age(on), EducationLevel(level).label if level else "", facts, row.carried,
    )  # fmt: skip


def _seats(codes, on):
    """(village code, key of a person) → the posts there in order of rank."""
    found = defaultdict(list)
    for seat in Appointment.objects.serving(on).filter(village_id__in=codes).order_by("start", "pk"):
        found[seat.village_id, seat.person_id].append(seat)
    return {place: sorted(seats, key=lambda seat: RANK[seat.post]) for place, seats in found.items()}


def _findings(codes, on):
    """village code → what the checks find there on the date. One query a check, however many villages."""
    wanted, found = set(codes), defaultdict(list)
    if not codes:
        return found
    for finding in rules.check(on, _around(codes)):
        if finding.village_code in wanted:
            found[finding.village_code].append(finding)
    return found


def _around(codes):
    """The smallest division that holds all of them."""
    whole = reversed(ancestors(codes[0]))
    return next((part for part in whole if all(inside(code, part) for code in codes)), None)


# --- what the ledger of villages and posts knows


@village_source("村的类别")
def labels(codes, on):
    found = defaultdict(list)
    for label in VillageLabel.objects.filter(in_force(on), village_id__in=codes).order_by("start", "pk"):
        found[label.village_id].append(label.get_label_display())
    return {code: "、".join(texts) for code, texts in found.items()}


@village_source("班子结构")
def structure(codes, on):
    """Size, women, young, educated, average age, 一肩挑, 交叉任职 and vacancies, all from the posts in force."""
    ranks = Person.objects.with_education(on)
    seats = defaultdict(list)
    for seat in Appointment.objects.cadres(on).filter(village_id__in=codes).select_related("person"):
        seats[seat.village_id].append(seat)
    keys = {seat.person_id for held in seats.values() for seat in held}
    levels = dict(ranks.filter(pk__in=keys).values_list("pk", "education"))
    villages = Village.objects.filter(code__in=codes).with_seats(on)
    return {one.code: _structure_text(one, seats[one.code], levels, on) for one in villages if seats[one.code]}


def _structure_text(village, seats, levels, on):
    people, posts = {seat.person_id: seat.person for seat in seats}, defaultdict(set)
    for seat in seats:
        posts[seat.person_id].add(seat.post)
    ages = [person.age(on) for person in people.values() if person.birth_date]
    college = sum(EducationLevel(levels[key]).rank >= COLLEGE_RANK for key in people if levels.get(key))
    one = any({Post.PARTY_SECRETARY, Post.VILLAGE_DIRECTOR} <= held for held in posts.values())
    bodies = [set(POSTS_OF[body]) for body in (Committee.PARTY, Committee.VILLAGERS)]
    crossing = sum(all(held & body for body in bodies) for held in posts.values())
    texts = (
        f"“两委”干部 {len(people)} 人",
        f"女 {sum(person.sex == Sex.FEMALE for person in people.values())} 人",
        f"35周岁及以下 {sum(age <= YOUNG for age in ages)} 人",
        f"大专及以上 {college} 人",
        f"平均 {sum(ages) / len(ages):.1f} 周岁" if ages else "",
        "书记主任一肩挑" if one else "书记主任分设",
        f"交叉任职 {crossing} 人",
        _vacancy_text(village, posts, bodies),
    )
    return "，".join(filter(None, texts))


def _vacancy_text(village, posts, bodies):
    pairs = zip((village.party_seats_on, village.committee_seats_on), bodies, strict=True)
    short = [seats - sum(bool(held & body) for held in posts.values()) for seats, body in pairs if seats]
    vacant = sum(max(number, 0) for number in short)
    return f"空缺 {vacant} 席" if vacant else ""


@village_source("后备力量")
def reserves(codes, on):
    return {
        one.code: f"书记后备 {one.secretary_have} 名（应备 {one.secretary_need}），其他后备 {one.other_have} 名（应备 {one.other_need}）"
        for one in villages_with_reserves(on).filter(code__in=codes)
    }  # fmt: skip


@village_source("驻村力量")
def stationed(codes, on):
    found = defaultdict(list)
    stays = Stationing.objects.serving(on).filter(village_id__in=codes).select_related("person")
    for stay in stays.order_by("role", "start", "pk"):
        unit = f"（{stay.dispatch_unit}）" if stay.dispatch_unit else ""
        found[stay.village_id].append(f"{stay.get_role_display()}{stay.person.name}{unit}")
    return {code: "、".join(texts) for code, texts in found.items()}


@village_source("上次研判")
def last_class(codes, on):
    """The class that the county decided last, on or before the date."""
    decided = TeamReview.objects.decided(on).filter(village_id__in=codes).select_related("round")
    return {team.village_id: f"{team.round.name}：{team.team_class}" for team in decided.order_by("decided_on", "pk")}


@person_source("上次研判")
def last_grade(keys, on):
    rows = PersonReview.objects.filter(person_id__in=keys, team__in=TeamReview.objects.decided(on))
    rows = rows.select_related("team__round").order_by("team__decided_on", "pk")
    return {row.person_id: f"{row.team.round.name}：{row.grade}" for row in rows}
