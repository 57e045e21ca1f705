"""A sign-in sheet against who is in the class and what was signed already: a row is somebody's half-day, or whole day."""

from dataclasses import dataclass, field

from rosters.comparison import Comparison, Verdict, outside
from talent.roster_apply import who, words
from talent.rosters import persons
from training import actions
from training.models import Attendance, Enrollment, TrainingSession
from training.roster_apply.trainees import GONE, LISTED_ELSEWHERE

HALVES = {"am": ("am",), "pm": ("pm",)}
WHOLE_DAY = ("am", "pm")
NOT_LISTED = ("name", "not_in_session", "此人不在这一期班次的名单里，请先上传学员名册，再登记到课")
DAY_WANTED = ("attended_on", "day_wanted", "到课日期要写到日，如 2026.09.22")
STATES = dict(Attendance.State.choices)


@dataclass
class Plan:
    """`rows` are (row index, Attendance, kept or new)."""

    rows: list = field(default_factory=list)


def identities(values, fields, context):
    """The same person on the same half-day is the same row."""
    day = (values.get("attended_on"), values.get("half") or "day")
    return [(*key, *day) for key in persons.identity_keys(values, fields, context)]


def compare(rows, scope):
    """A Comparison of rows with the half-days of the session `scope.target_id`."""
    verdicts = [Verdict() for _ in rows]
    session = TrainingSession.objects.filter(pk=scope.target_id).first()
    if session is None:
        for verdict in verdicts:
            verdict.refuse(*GONE)
        return Comparison(verdicts)
    known = who.identify(rows, verdicts, scope, lambda values: True)
    people = {key: person.pk for key, person in known.people.items()}
    found = _Kept(session, people.values(), scope.lock)
    plan = Plan()
    for index, (row, verdict) in enumerate(zip(rows, verdicts, strict=True)):
        if row.refused or verdict.refused:
            continue
        enrollment = found.enrollments.get(people.get(known.keys[index]))
        if problem := _problem(row, enrollment, session, scope):
            verdict.refuse(*problem)
        else:
            _take(plan, index, row, verdict, enrollment, found.halves)
    return Comparison(verdicts, plan)


class _Kept:
    """The list of the class and what was signed, of these people, each read with one query."""

    def __init__(self, session, people, lock):
        listed = Enrollment.objects.listed().filter(session=session, person_id__in=list(people))
        listed = listed.select_related("person", "session").order_by("pk")
        if lock:
            listed = listed.select_for_update(of=("self",))
        self.enrollments = {row.person_id: row for row in listed}
        signed = Attendance.objects.filter(enrollment__in=[row.pk for row in self.enrollments.values()]).order_by("pk")
        self.halves = {(row.enrollment_id, row.date, row.half): row for row in signed}


def _problem(row, enrollment, session, scope):
    typed = row.values.get("attended_on")
    if enrollment is None:
        return NOT_LISTED
    if outside(enrollment.village_id, scope.code):
        return LISTED_ELSEWHERE
    if not typed:
        return ("attended_on", "missing_field:attended_on", "到课日期没有填，请填上课的那一天")
    if len(typed) < len("2026-09-22"):
        return DAY_WANTED
    if not session.start <= words.day(typed) <= session.end:
        return _outside(session)
    return None


def _outside(session):
    held = f"{session.start:%Y.%m.%d} 至 {session.end:%m.%d}"
    return ("attended_on", "outside_session", f"不在这一期的办班时间（{held}）内，请核对到课日期")


def _take(plan, index, row, verdict, enrollment, halves):
    day, state = words.day(row.values["attended_on"]), row.values.get("attendance_state") or Attendance.State.PRESENT
    verdict.change = "unchanged"
    for half in HALVES.get(row.values.get("half"), WHOLE_DAY):
        kept = halves.get((enrollment.pk, day, half))
        if kept is not None and kept.state == state:
            continue
        before = STATES[kept.state] if kept else None
        verdict.change = "new" if kept is None else "changed"
        verdict.diff["attendance_state"] = (before, STATES[state])
        fresh = Attendance(enrollment=enrollment, date=day, half=half, state=state)
        halves[enrollment.pk, day, half] = fresh
        plan.rows.append((index, fresh))


def write(plan, *, by, batch):
    """Write the plan."""
    rows = {(row.enrollment_id, row.date, row.half): row for _, row in plan.rows}
    actions.sign_in(list(rows.values()), by=by, batch=batch)
