"""A table of award schemes, rounds and quotas against those kept: a row is a round with the quota of one township."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial

from awards import actions
from awards.models import Award, AwardQuota, AwardRound, AwardScheme
from awards.roster_apply.money import MOST, money
from awards.roster_export.values import exact
from core.scope import ancestors
from core.text import tight
from talent.roster_apply import catalogues, words
from talent.roster_apply.catalogues import Said, misfits, settle
from talent.roster_apply.role_kinds import RoleField, count, restate, text
from talent.roster_apply.townships import codes_of

TOWNSHIP_DIGITS = 9
MOST_PLACES = 32_767  # what the columns of the database hold
TOWNSHIP = "township_code"  # the key of a row's values for the code of its township
OF_ANOTHER = ("award_scheme", "award_of_county", "这个表彰项目由上级设立，请由设立单位登记轮次和名额")
WRONG_YEAR = ("award_year", "award_year_unlikely", "表彰年度不对，请填 1949 到 2200 之间的四位年份")
CLOSES = ("round_closes", "end_before_start", "推荐截止早于推荐开始，请核对两个日期")
NO_TOWNSHIP = ("township", "unknown_township", "没有认出是本单位的哪个乡镇，请核对乡镇名称")
WHOSE = ("township", "missing_field:township", "写了可推荐的名额，没有写是哪个乡镇的，请补上")
LEVELS = {6: AwardScheme.Level.COUNTY, 9: AwardScheme.Level.TOWNSHIP, 4: AwardScheme.Level.PREFECTURE, 2: AwardScheme.Level.PROVINCE}  # fmt: skip


def _day(field, attribute):
    return RoleField(field, attribute, keep=words.day, show=exact, empty=None)


def _places(field, attribute):
    return count(field, attribute, "名额")


OF_SCHEME = (
    RoleField("scheme_level", "level", show=lambda value: AwardScheme.Level(value).label),
    text("scheme_approval", "approval_no"),
)
OF_ROUND = (
    text("round_document", "document_no"), _day("round_opens", "opens_on"), _day("round_closes", "closes_on"),
    _places("round_individuals", "individual_places"), _places("round_collectives", "collective_places"),
    money("round_individual_bonus", "individual_bonus"), money("round_collective_bonus", "collective_bonus"),
)  # fmt: skip
OF_QUOTA = (_places("quota_individuals", "individuals"), _places("quota_collectives", "collectives"))
NAMES = (("award_scheme", AwardScheme, "name"), ("round_name", AwardRound, "name"))
COUNTS = ("round_individuals", "round_collectives", "quota_individuals", "quota_collectives")
BONUSES = ("round_individual_bonus", "round_collective_bonus")
QUOTAS = ("quota_individuals", "quota_collectives")


@dataclass
class Plan(catalogues.Plan):
    """`things` are rounds, `parts` quotas; and the new schemes of the rounds."""

    schemes: list = field(default_factory=list)


def identities(values, fields, context):
    """The same township of the same round is the same row."""
    if not (values.get("award_scheme") and values.get("award_year")):
        return []
    return [("round", values["award_scheme"], values["award_year"], values.get("round_name"), values.get("township"))]


def compare(rows, scope):
    """A Comparison of rows with the schemes that serve the division, their rounds and quotas."""
    placed = [
        replace(row, values={**row.values, TOWNSHIP: code})
        for row, code in zip(rows, codes_of(rows, scope), strict=True)
    ]
    return catalogues.compare(placed, _Kept(scope), _problems, partial(_take, scope))


class _Kept:
    """The schemes of the division and those above, with rounds, quotas and how many were awarded, each with one query."""

    def __init__(self, scope):
        self.plan = Plan()
        found = AwardScheme.objects.filter(division_id__in=ancestors(scope.code)).order_by("division_id", "pk")
        found = list(found.select_for_update(of=("self",)) if scope.lock else found)
        self.schemes = {tight(one.name): one for one in found}  # of two of a name the nearest
        rounds = AwardRound.objects.filter(scheme__in=found).select_related("scheme").order_by("pk")
        rounds = rounds.select_for_update(of=("self",)) if scope.lock else rounds
        self.rounds = {
            (tight(one.scheme.name), one.year, one.name): one for one in rounds if self._is_nearest(one.scheme)
        }
        quotas = AwardQuota.objects.filter(round__in=list(self.rounds.values())).select_related("round__scheme")
        self.quotas = {(one.round_id, one.township_id): one for one in quotas.order_by("pk")}
        awarded = Award.objects.filter(nomination__round__in=list(self.rounds.values())).order_by("pk")
        self.awarded = Counter(awarded.values_list("nomination__round_id", "nomination__nominee_type"))

    def _is_nearest(self, scheme):
        return self.schemes[tight(scheme.name)].pk == scheme.pk


def _take(scope, row, verdict, kept):
    values = row.values
    name, year = tight(values["award_scheme"]), int(values["award_year"])
    scheme, begun = kept.schemes.get(name), False
    if scheme is None:
        begun = True
        scheme = AwardScheme(division_id=scope.code, name=values["award_scheme"], level=LEVELS[len(scope.code)])
    theirs = scheme.division_id != scope.code
    of_scheme = restate(scheme, row, OF_SCHEME, verdict.diff)
    key = (name, year, values.get("round_name") or "")
    held = kept.rounds.get(key)
    fresh = held is None
    if fresh:
        held = AwardRound(scheme=scheme, year=year, name=key[2])
    of_round = restate(held, row, OF_ROUND, verdict.diff)
    quota, of_quota, quota_begun = _quota(row, verdict, kept, held)
    if theirs and (of_scheme or of_round or of_quota or fresh or quota_begun):
        return verdict.refuse(*OF_ANOTHER)
    if found := _round_problem(scheme, held, kept):
        return verdict.refuse(*found)
    if begun:
        kept.schemes[name] = scheme
        kept.plan.schemes.append(scheme)
        verdict.hint("award_scheme", "scheme_begun", f"新登记表彰项目“{scheme.name}”")
    elif of_scheme:
        kept.plan.note(scheme, of_scheme)
    if fresh:
        kept.rounds[key] = held
    if quota_begun:
        kept.quotas[_quota_key(held), quota.township_id] = quota
    changed = dict(verdict.diff)
    settle(
        verdict, kept.plan, Said(held, of_round, fresh, "award_year", str(held)),
        Said(quota, of_quota, quota_begun, "quota_individuals", str(quota or "")),
    )  # fmt: skip
    if verdict.change == "unchanged" and changed:
        verdict.change = "changed"
    return None


def _quota_key(held):
    """What tells a round apart while it has no key of its own."""
    return held.pk or (tight(held.scheme.name), held.year, held.name)


def _quota(row, verdict, kept, held):
    """(the quota that the row names or None, the names of its changed fields, whether it is a new one)."""
    township = row.values.get(TOWNSHIP)
    if not township or not _says_quota(row.values):
        return None, set(), False
    quota = kept.quotas.get((_quota_key(held), township))
    fresh = quota is None
    if fresh:
        quota = AwardQuota(round=held, township_id=township, individuals=0, collectives=0)
    return quota, restate(quota, row, OF_QUOTA, verdict.diff), fresh


def _round_problem(scheme, held, kept):
    """What the page would refuse of the round that the row leaves behind."""
    if held.opens_on and held.closes_on and held.closes_on < held.opens_on:
        return CLOSES
    for kind, name, word in (("individual", "round_individuals", "个人"), ("collective", "round_collectives", "集体")):
        places, most = getattr(held, f"{kind}_places"), getattr(scheme, f"{kind}_places")
        if places is not None and most is not None and places > most:
            return (name, "beyond_approved", f"超过批准的名额 {most} 个，请核对")
        awarded = kept.awarded[held.pk, kind] if held.pk else 0
        if places is not None and places < awarded:
            return (name, "below_awarded", f"已经表彰{word} {awarded} 个，名额不能少于这个数")
    return None


def _problems(row):
    """What the database would refuse, at the cell that says it."""
    values = row.values
    year = values["award_year"]
    if year != int(year) or not 1949 <= year <= 2200:
        yield WRONG_YEAR
    yield from misfits(row, NAMES, ((OF_SCHEME, AwardScheme), (OF_ROUND, AwardRound), (OF_QUOTA, AwardQuota)))
    for name in COUNTS:
        if (values.get(name) or 0) > MOST_PLACES:
            yield (name, "places_unlikely", f"名额请填 0 到 {MOST_PLACES:,} 之间的整数")
    for name in BONUSES:
        if not 0 <= (values.get(name) or 0) < MOST / 100:
            yield (name, "award_bonus_unlikely", "奖金不能是负数，也不能超过一亿元，请按元填写")
    if values.get("township") and not values.get(TOWNSHIP):
        yield NO_TOWNSHIP
    elif _says_quota(values) and not values.get("township"):
        yield WHOSE


def _says_quota(values):
    return any(values.get(name) not in (None, "") for name in QUOTAS)


def write(plan, *, by, batch):
    """Write the plan: schemes before their rounds, rounds before their quotas."""
    begun = {one.name: one for one in actions.set_up_schemes(plan.schemes, by=by, batch=batch)}
    for held in plan.things:
        held.scheme = begun.get(held.scheme.name, held.scheme)
    rounds = {_name_of(one): one for one in actions.open_rounds(plan.things, by=by, batch=batch)}
    for quota in plan.parts:
        quota.round = rounds.get(_name_of(quota.round), quota.round)
    actions.give_quotas(plan.parts, by=by, batch=batch)
    plan.write_changes(AwardScheme, AwardRound, AwardQuota, by=by, batch=batch)


def _name_of(held):
    return (held.scheme.name, held.year, held.name)
