"""A list of yearly grades against the stays of those years: who was in the village then, and what is kept of it."""

from collections import defaultdict
from dataclasses import dataclass, field

from core.scope import inside
from rosters.cleaning import clean_one
from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from talent import actions
from talent.models import Stationing, StationingAssessment
from talent.models.stationing import TEAM_ROLES
from talent.parameters.stationed import GRADES
from talent.roster_apply import who, words
from talent.roster_apply.role_kinds import restate, text
from talent.rosters import persons

FIRST_YEAR = 1949
FIELDS = (text("stay_grade", "grade"), text("stay_opinion", "remarks"))
MODEL_FIELDS = tuple((one, StationingAssessment._meta.get_field(one.attribute)) for one in FIELDS)
NOT_THERE = (
    "name", "not_stationed_then",
    "此人这一年不在这个村驻村，请核对姓名、身份证号、村名和考核年度；没有登记派驻的，先上传驻村名册",
)  # fmt: skip
SEVERAL = ("id_number", "several_of_that_name", "没有身份证号，这个村驻过几位同名的人，请补上身份证号")
WHICH_ROLE = ("stay_role", "which_stay", "此人这一年在这个村有几个驻村职务，请填写驻村职务")
WRONG_YEAR = ("assessed_year", "bad_year", "年度请填四位年份，例如 2026")
NO_GRADE = ("stay_grade", "missing_field:stay_grade", "写了考核意见，请一并填写考核等次")
NOT_JUDGED = ("stay_grade", "not_judged", "考核等次没有填，这一行不登记")


@dataclass
class Plan:
    """The assessments that rows begin or change."""

    rows: list = field(default_factory=list)


def identities(values, fields, context):
    """The same person in the same village, post and year is the same row."""
    about = tuple(values.get(name) for name in ("township", "village", "stay_role", "assessed_year"))
    return [(*key, *about) for key in persons.identity_keys(values, fields, context)]


def compare(rows, scope):
    """A Comparison of rows with the stays in the villages of the scope."""
    verdicts, plan, said = [Verdict() for _ in rows], Plan(), set()
    years = [_year(row, scope) for row in rows]
    stays = _Stays(rows, {year for year in years if year}, scope)
    for row, verdict, year in zip(rows, verdicts, years, strict=True):
        if row.village_code and outside(row.village_code, scope.code):
            verdict.refuse(*OUTSIDE)
        elif not row.refused:
            _judge(row, verdict, year, stays, plan, said)
    return Comparison(verdicts, plan)


def _year(row, scope):
    """The year that a row is about, the last whole one where it says none; None where it cannot be one."""
    typed = row.values.get("assessed_year") or scope.as_of.year - 1
    return int(typed) if typed == int(typed) and FIRST_YEAR <= typed <= scope.as_of.year else None


class _Stays:
    """Who was in the villages of the rows in their years, with the grades kept, read once."""

    def __init__(self, rows, years, scope):
        codes = {row.village_code for row in rows if row.village_code and inside(row.village_code, scope.code)}
        self.of_person, self.of_name, self.kept = defaultdict(list), defaultdict(list), {}
        there = Stationing.objects.filter(village__in=codes, role__in=TEAM_ROLES).order_by("start", "pk")
        there = there.select_related("person", "village")
        for stay in there.select_for_update(of=("self",)) if scope.lock else there:
            for year in years & set(range(stay.start.year, (stay.end or scope.as_of).year + 1)):
                self.of_person[year, stay.village_id, stay.person_id].append(stay)
                self.of_name[year, stay.village_id, _name_of(stay)].append(stay)
        found = StationingAssessment.objects.filter(stationing__village__in=codes, year__in=years).order_by("pk")
        for kept in found.select_related("stationing__person", "stationing__village"):
            self.kept[kept.stationing_id, kept.year] = kept
        self.people = who.people_by_digest([who.digest_of(row) for row in rows], scope)
        self.grades = GRADES.value(scope.as_of)

    def find(self, row, year):
        """(stay, None) of a row, or (None, why there is none)."""
        if row.values.get("id_number"):
            person = self.people.get(who.digest_of(row))
            found = self.of_person.get((year, row.village_code, person.pk), []) if person else []
        else:
            found = self.of_name.get((year, row.village_code, row.values["name"]), [])
        if len({stay.person_id for stay in found}) > 1:
            return None, SEVERAL
        role = row.values.get("stay_role")
        found = [stay for stay in found if role in (None, stay.role)]
        if not found:
            return None, NOT_THERE
        if len({stay.role for stay in found}) > 1:
            return None, WHICH_ROLE
        return latest(found, lambda stay: (stay.pk, year) in self.kept), None

    def assessment(self, stay, year):
        """What is kept of the year, or a new one."""
        return self.kept.get((stay.pk, year)) or StationingAssessment(stationing=stay, year=year)


def latest(stays, is_judged):
    """Of somebody's stays in one post in one year the one that is meant: the judged one, else the latest."""
    return max(stays, key=lambda stay: (is_judged(stay), stay.start, stay.pk))


def _name_of(stay):
    """The name as a cell reads."""
    return clean_one(persons.NAME.kind, stay.person.name)[0]


def _judge(row, verdict, year, stays, plan, said):
    stay, problem = stays.find(row, year) if year else (None, WRONG_YEAR)
    if problem:
        verdict.refuse(*problem)
        return
    verdict.change = "unchanged"
    if (stay.pk, year) in said:
        verdict.warn("name", "differs_in_file", "与前面一行是同一人，按前面一行入库")
        return
    said.add((stay.pk, year))
    if row.values["name"] != _name_of(stay):
        verdict.warn("name", "name_differs", "此身份证号在系统中登记的是另一个姓名，请核对是否同一人")
    _state(row, verdict, stays.assessment(stay, year), stays.grades, plan)


def _state(row, verdict, kept, grades, plan):
    """Put on the assessment what the row says; refused where it cannot stand."""
    for problem in _problems(row, kept, grades):
        verdict.refuse(*problem)
    if verdict.refused:
        return
    names = restate(kept, row, FIELDS, verdict.diff)
    if names and not kept.grade:
        verdict.refuse(*NO_GRADE)
    elif names:
        verdict.change = "changed" if kept.pk else "new"
        plan.rows.append(kept)
    elif not kept.pk:
        verdict.hint(*NOT_JUDGED)
    if names and not row.values.get("assessed_year") and not verdict.refused:
        verdict.hint("assessed_year", "year_assumed", f"没有填，按数据日期的上一年度（{kept.year}）登记")


def _problems(row, kept, grades):
    yield from filter(None, (one.misfit(row, kept_in) for one, kept_in in MODEL_FIELDS))
    grade = row.values.get("stay_grade")
    if grade and grade not in grades and not words.reads_as(kept.grade, grade):
        yield ("stay_grade", "unknown_grade", f"“{grade[:12]}”不是本县的考核等次，请填 {'、'.join(grades)}")


def write(plan, *, by, batch):
    """Write the plan."""
    actions.assess_stays(plan.rows, by=by, batch=batch)
