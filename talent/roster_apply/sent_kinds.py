"""What technical specialists did in villages, and secondments, against what a roster says of them."""

from collections import defaultdict
from dataclasses import replace
from functools import partial

from core.text import tight
from rosters.problems import Problem
from talent import actions
from talent.models import Secondment, ServiceVisit, Stationing
from talent.parameters.stationed import GRADES
from talent.roster_apply import roles, words
from talent.roster_apply.role_kinds import RoleKind, choice, count, day, overlapping, text, told_overlap
from talent.roster_apply.townships import codes_of, placed
from villages.models import Division

TOWNSHIP_DIGITS = 9
WHOLE_DAY = len("2026-09-22")
OF_THE_ROLE = frozenset({"remarks", "village"})  # neither is the person's own here
NO_SPECIALIST = ("name", "not_specialist", "此人没有登记为科技特派员，请先在“驻村与挂职”里派驻，再报服务记录")
ACROSS_YEARS = ("visited_until", "across_years", "跨年度的服务请按年度分成两行，便于按年度统计")
ENDS_EARLY = ("visited_until", "end_before_start", "早于服务日期，请核对两个日期")
NO_HOST_VILLAGE = ("village", "missing_field:village", "跨村挂职请填写挂职村")


def always(role, scope):
    """An ended one is meant as well: its row says itself which one it is."""
    return True


def _stated(typed, kept):
    """The date that holds after a row: the kept one where the cell is blank or does not contradict it."""
    return words.day(typed) if typed and not words.same_day(kept, typed) else kept


def _kept_of(case, key_of):
    return next((role for role in reversed(case.kept) if key_of(role) == case.key), None)


# --- service visits


def _visit_of(visit):
    return (visit.village_id, visit.start.isoformat(), tight(visit.work))


def _new_visit(key, values, village, scope):
    """A visit of one day, or of all days from the first to the last, unless the row says how many."""
    start = words.day(values["visited_on"])
    end = words.day(values["visited_until"]) if values.get("visited_until") else start
    return ServiceVisit(village_id=village, start=start, end=end, days=(end - start).days + 1)


def _specialists(ids, scope):
    """The rows' people who are or were technical specialists."""
    stays = Stationing.objects.filter(role=Stationing.Role.SPECIALIST, person_id__in=ids)
    return set(stays.values_list("person_id", flat=True))


def _check_visit(case):
    typed = case.row.values
    for name, label in (("visited_on", "服务日期"), ("visited_until", "服务至")):
        if typed.get(name) and len(typed[name]) < WHOLE_DAY:
            return (name, "day_wanted", f"{label}要写到日，如 2026.09.22")
    now = _kept_of(case, _visit_of)
    if now is None and (case.person is None or case.person.pk not in case.around):
        return NO_SPECIALIST
    start = words.day(typed["visited_on"])
    if now is None and start > case.scope.as_of:
        return ("visited_on", "visit_in_future", f"晚于数据日期（{case.scope.as_of:%Y.%m.%d}），服务之后再报")
    end = _stated(typed.get("visited_until"), now.end if now else start)
    if end < start:
        return ENDS_EARLY
    if end.year != start.year:
        return ACROSS_YEARS
    most = (end - start).days + 1
    if not 1 <= (typed.get("visit_days") or (now.days if now else most)) <= most or typed.get("visit_days") == 0:
        return ("visit_days", "days_do_not_fit", f"服务天数应在 1 到 {most} 天之间，不能多于起止日期之间的天数")
    return None


VISITS = RoleKind(
    keys=lambda row: ((row.village_code, row.values["visited_on"], tight(row.values["visit_work"])),),
    kept=lambda ids, scope: ServiceVisit.objects.filter(person_id__in=ids),
    key_of=_visit_of,
    current=always,
    new=_new_visit,
    write=actions.record_service_visits,
    fields=(
        day("visited_until", "end"),
        count("visit_days", "days", "天数"),
        text("visit_work", "work"),
        count("visit_served", "served", "人次"),
        text("remarks"),
    ),
    show=("visited_on", lambda key, visit: f"{words.month(visit.start)} 服务 {visit.days} 天"),
    around=_specialists,
    check=_check_visit,
    left_out=OF_THE_ROLE,
    states_education=False,
)
compare_visits = partial(roles.compare, VISITS)


# --- secondments


def _secondment_of(role):
    return (role.village_id or "", tight(role.host_unit), f"{role.start:%Y-%m}")


def _key(row):
    stated = row.values.get("village") and row.village_code
    return ((stated or "", tight(row.values["host_unit"]), row.values["seconded_on"][: len("2026-09")]),)


def _new_secondment(key, values, village, scope):
    """The village only where the row names it: one who goes up to an office keeps the file at home."""
    return Secondment(village_id=key[0] or None, start=words.day(values["seconded_on"]))


def _check_secondment(case):
    typed, now = case.row.values, _kept_of(case, _secondment_of)
    start = _stated(typed["seconded_on"], now.start if now else None)
    due = _stated(typed.get("seconded_due"), now.due if now else None)
    end = _stated(typed.get("seconded_until"), now.end if now else None)
    if typed["secondment_kind"] == Secondment.Kind.ACROSS and not case.key[0]:
        return NO_HOST_VILLAGE
    for name, last, code, label in (
        ("seconded_due", due, "due_before_start", "计划期满"),
        ("seconded_until", end, "end_before_start", "挂职结束"),
    ):
        if last and last < start:
            return (name, code, f"早于挂职开始（{words.month(start)}），请核对挂职开始和{label}")
    grades, grade = GRADES.value(case.scope.as_of), typed.get("secondment_grade")
    if grade and grade not in grades and not (now and words.reads_as(now.grade, grade)):
        return ("secondment_grade", "unknown_grade", f"“{grade}”不是本县的考核等次，请填 {'、'.join(grades)}")
    return told_overlap(overlapping(case.kept, start, end, but=now), "seconded_on", "挂职开始")


SECONDED = RoleKind(
    keys=_key,
    kept=lambda ids, scope: Secondment.objects.filter(person_id__in=ids),
    key_of=_secondment_of,
    current=always,
    new=_new_secondment,
    write=actions.second,
    fields=(
        choice("secondment_kind", "kind", Secondment.Kind),
        text("home_unit"),
        text("home_post"),
        text("host_unit"),
        text("host_post"),
        text("secondment_mentor", "mentor"),
        day("seconded_on", "start"),
        day("seconded_due", "due"),
        day("seconded_until", "end"),
        text("secondment_grade", "grade"),
        text("appraisal"),
        text("remarks"),
    ),
    show=("host_unit", lambda key, role: role.host_unit),
    check=_check_secondment,
    left_out=OF_THE_ROLE,
    states_education=False,
)


def _at_once(rows):
    """{index: problem} of rows whose secondment meets that of an earlier row of the same person."""
    taken, met = defaultdict(list), {}
    for at, row in enumerate(rows):
        typed = row.values
        if row.refused or not typed.get("id_number") or not typed.get("seconded_on"):
            continue
        start, end = words.day(typed["seconded_on"]), words.day(typed.get("seconded_until") or "9999-12-31")
        for first, last, excel_row in taken[typed["id_number"]]:
            if start <= last and first <= end:
                message = f"与第 {excel_row} 行的挂职时间重叠，请核对挂职开始和挂职结束"
                met[at] = Problem("seconded_on", "period_overlap", "error", message)
                break
        else:
            taken[typed["id_number"]].append((start, end, row.excel_row))
    return met


def compare_secondments(rows, scope):
    """A Comparison; new ones are managed by the township of their village, the township named, or who hands them in."""
    rows = placed(rows, scope)
    met = _at_once(rows)
    apart = [replace(row, problems=[*row.problems, met[at]]) if at in met else row for at, row in enumerate(rows)]
    found = roles.compare(SECONDED, apart, scope)
    for at, problem in met.items():
        found.verdicts[at].problems.append(problem)
    named = codes_of(rows, scope)
    codes = {}
    for index, _, _ in found.plan.new:
        village = rows[index].village_code
        codes[index] = village[:TOWNSHIP_DIGITS] if village else named[index] or scope.code
    divisions = Division.objects.in_bulk(set(codes.values()), field_name="code")
    for index, _, role in found.plan.new:
        role.division = divisions[codes[index]]
    return found
