"""A table of partner colleges and majors against those kept: a row is a college with one of its majors."""

from decimal import Decimal
from functools import partial

from core.scope import ancestors
from talent.roster_apply import catalogues
from talent.roster_apply.catalogues import Plan, Said, misfits, settle
from talent.roster_apply.role_kinds import RoleField, exact_day, restate, text
from training import actions
from training.models import Major, PartnerCollege
from training.roster_apply.words import COUNTY_DIGITS, shown

NOT_YOURS = ("coop_college", "college_of_county", "合作院校由县委组织部登记，这里不能改动")
NO_LEVEL = ("coop_target", "missing_field:coop_target", "专业层次没有填，请填专科或本科")
BACKWARDS = ("coop_end", "end_before_start", "合作止早于合作起，请核对这两个时间")
WRONG_YEARS = ("coop_years", "years_unlikely", "学制请填 0.5 到 10 年，最多一位小数")
MOST_YEARS, MOST_YUAN = 10, 1_000_000


OF_COLLEGE = (
    text("coop_academy", "academy"), text("coop_contact", "contact"), exact_day("coop_start", "start"),
    exact_day("coop_end", "end"),
)  # fmt: skip
OF_MAJOR = (
    text("coop_mode", "study_mode"),
    RoleField("coop_years", "years", keep=lambda value: Decimal(str(value)), show=shown),
    RoleField("coop_tuition", "tuition", keep=int, show=shown, empty=None),
    RoleField("coop_subsidy", "subsidy", keep=int, show=shown, empty=None),
)
NAMES = (("coop_college", PartnerCollege, "name"), ("coop_major", Major, "name"))
AMOUNTS = (("coop_tuition", "学费"), ("coop_subsidy", "补助"))


def identities(values, fields, context):
    """The same major and level of the same college is the same row."""
    key = (values.get("coop_college"), values.get("coop_major"), values.get("coop_target"))
    return [("college", *key)] if values.get("coop_college") else []


def compare(rows, scope):
    """A Comparison of rows with the colleges that serve the division."""
    return catalogues.compare(rows, _Kept(scope), _problems, partial(_take, scope))


class _Kept:
    """The colleges of the division and those above it with their majors, each read with one query."""

    def __init__(self, scope):
        self.plan = Plan()
        found = PartnerCollege.objects.filter(division__in=ancestors(scope.code)).order_by("division_id", "pk")
        found = found.select_for_update(of=("self",)) if scope.lock else found
        self.colleges = {one.name: one for one in found}  # of two of a name the nearest
        majors = Major.objects.filter(college__in=[one.pk for one in self.colleges.values()]).order_by("pk")
        self.majors = {(one.college.name, one.name, one.target): one for one in majors.select_related("college")}


def _take(scope, row, verdict, kept):
    values = row.values
    college = kept.colleges.get(values["coop_college"])
    theirs = college is not None and college.pk and college.division_id != scope.code
    if college is None and len(scope.code) > COUNTY_DIGITS:
        return verdict.refuse(*NOT_YOURS)
    begun = college is None
    if begun:
        college = PartnerCollege(division_id=scope.code, name=values["coop_college"], start=scope.as_of)
    names = restate(college, row, OF_COLLEGE, verdict.diff)
    if college.end and college.end < college.start:
        return verdict.refuse(*BACKWARDS)
    major, of_major, fresh = _major(row, verdict, kept, college)
    if theirs and (names or of_major or fresh):
        return verdict.refuse(*NOT_YOURS)
    if begun:
        kept.colleges[college.name] = college
        if not values.get("coop_start"):
            verdict.hint("coop_start", "start_assumed", f"没有填，按数据日期 {scope.as_of:%Y.%m.%d} 记")
    if fresh:
        kept.majors[college.name, major.name, major.target] = major
    thing = Said(college, names, begun, "coop_college", college.name)
    return settle(verdict, kept.plan, thing, Said(major, of_major, fresh, "coop_major", str(major)))


def _major(row, verdict, kept, college):
    """(the major that the row names or None, the names of its changed fields, whether it is a new one)."""
    name, target = row.values.get("coop_major"), row.values.get("coop_target")
    if not name:
        return None, set(), False
    major = kept.majors.get((college.name, name, target))
    fresh = major is None
    if fresh:
        major = Major(college=college, name=name, target=target)
    return major, restate(major, row, OF_MAJOR, verdict.diff), fresh


def _problems(row):
    """What the database would refuse, at the cell that says it."""
    values = row.values
    if values.get("coop_major") and not values.get("coop_target"):
        yield NO_LEVEL
    yield from misfits(row, NAMES, ((OF_COLLEGE, PartnerCollege), (OF_MAJOR, Major)))
    years = values.get("coop_years")
    if years not in (None, "") and (not 0.5 <= years <= MOST_YEARS or round(years, 1) != years):
        yield WRONG_YEARS
    for name, label in AMOUNTS:
        amount = values.get(name)
        if amount not in (None, "") and (amount != int(amount) or not 0 <= amount <= MOST_YUAN):
            yield (name, "amount_unlikely", f"{label}请填 0 到 {MOST_YUAN:,} 之间的整数，单位是元")


def write(plan, *, by, batch):
    """Write the plan: colleges before their majors."""
    begun = {one.name: one for one in actions.add_colleges(plan.things, by=by, batch=batch)}
    for major in plan.parts:
        major.college = begun.get(major.college.name, major.college)
    actions.add_majors(plan.parts, by=by, batch=batch)
    plan.write_changes(PartnerCollege, Major, by=by, batch=batch)
