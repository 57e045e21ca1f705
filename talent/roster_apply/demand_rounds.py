"""A list of surveys of needs against those kept: a row is one survey (人才需求调查) of a year."""

from dataclasses import dataclass, field

from core.scope import ancestors
from core.text import tight
from core.writes import change_rows, create_rows
from rosters.comparison import Comparison, Verdict
from talent.models import DemandRound
from talent.roster_apply.role_kinds import exact_day, restate, text

COUNTY_DIGITS = 6
YEARS = range(1949, 2201)
FULL_DATE = len("2026-03-05")
NOT_YOURS = ("survey_name", "survey_of_county", "人才需求调查由县委组织部开，这里不能改动")
WRONG_YEAR = ("survey_year", "bad_year", "年度请填四位年份，例如 2026")
BACKWARDS = ("survey_closes", "end_before_start", "填报截止早于填报开始，请核对这两个日期")
FIELDS = (
    exact_day("survey_opens", "opens_on"), exact_day("survey_closes", "closes_on"), text("survey_document", "document_no"),
    text("survey_remarks", "remarks"),
)  # fmt: skip
DAYS = (("survey_opens", "填报开始"), ("survey_closes", "填报截止"))


@dataclass
class Plan:
    """New surveys and changed ones with the names of their fields."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)


def identities(values, fields, context):
    """The same survey of the same year is the same row."""
    return [("survey", tight(values["survey_name"]), values.get("survey_year"))] if values.get("survey_name") else []


def compare(rows, scope):
    """A Comparison of rows with the surveys that the division takes part in."""
    verdicts, plan, kept = [Verdict() for _ in rows], Plan(), _kept(scope)
    for row, verdict in zip(rows, verdicts, strict=True):
        if not row.refused:
            _take(row, verdict, kept, plan, scope)
    return Comparison(verdicts, plan)


def _kept(scope):
    """{(year, name): survey}; of two of a name the nearest."""
    found = DemandRound.objects.filter(division__in=ancestors(scope.code)).order_by("division_id", "pk")
    found = found.select_for_update(of=("self",)) if scope.lock else found
    return {(one.year, tight(one.name)): one for one in found}


def _take(row, verdict, kept, plan, scope):
    year = row.values.get("survey_year") or scope.as_of.year
    if year not in YEARS:
        return verdict.refuse(*WRONG_YEAR)
    for problem in _problems(row):
        verdict.refuse(*problem)
    if verdict.refused:
        return None
    key = int(year), tight(row.values["survey_name"])
    one = kept.get(key)
    is_new = one is None
    if is_new:
        one = DemandRound(division_id=scope.code, year=int(year), name=row.values["survey_name"])
    names = restate(one, row, FIELDS, verdict.diff)
    if one.opens_on and one.closes_on and one.closes_on < one.opens_on:
        return verdict.refuse(*BACKWARDS)
    if (names or is_new) and (one.division_id != scope.code or len(scope.code) > COUNTY_DIGITS):
        return verdict.refuse(*NOT_YOURS)
    if is_new:
        return _begin(row, verdict, kept, plan, key, one)
    verdict.change = "changed" if names else "unchanged"
    if names and one.pk:
        plan.changed.append((one, names))
    return None


def _begin(row, verdict, kept, plan, key, one):
    kept[key] = one
    plan.new.append(one)
    verdict.diff, verdict.change = {"survey_name": (None, one.name)}, "new"
    if not row.values.get("survey_year"):
        verdict.hint("survey_year", "year_assumed", f"没有填，按数据日期的 {one.year} 年度记")


def _problems(row):
    """What the database would refuse, at the cell that says it."""
    longest = DemandRound._meta.get_field("name").max_length
    if len(row.values["survey_name"]) > longest:
        yield ("survey_name", "too_long", f"调查名称超过 {longest} 个字，请核对")
    for one in FIELDS:
        if found := one.misfit(row, DemandRound._meta.get_field(one.attribute)):
            yield found
    for name, label in DAYS:
        if 0 < len(row.values.get(name) or "") < FULL_DATE:
            yield (name, "day_wanted", f"{label}要写到日，如 2026.03.05")


def write(plan, *, by, batch):
    """Write the plan."""
    create_rows(plan.new, by=by, batch=batch)
    names = sorted({name for _, changed in plan.changed for name in changed})
    change_rows([one for one, _ in plan.changed], names, by=by, batch=batch)
