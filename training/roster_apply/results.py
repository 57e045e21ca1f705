"""Scores and results of a class against who is on its list: a row is what the class came to for somebody."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q

from rosters.comparison import Comparison, Verdict, outside
from talent.roster_apply import who
from talent.roster_apply.role_kinds import RoleField, choice, restate, text
from training import actions
from training.models import Attendance, Enrollment, TrainingSession
from training.models.session import clashes, double_booking
from training.parameters.classes import ATTENDANCE_SHARE, PASS_SCORE
from training.results import suggested
from training.roster_apply.trainees import GONE, LISTED_ELSEWHERE
from training.roster_apply.words import shown

NOT_LISTED = ("name", "not_in_session", "此人不在这一期班次的名单里，请先上传学员名册，再登记成绩和结果")
NOT_YOURS = ("name", "results_of_host", "成绩和结果由办班的单位登记，这里不能改动")
Result = Enrollment.Result
FIELDS = (
    RoleField("test_score", "score", keep=lambda value: Decimal(str(value)), show=shown, empty=None),
    choice("class_result", "result", Result), text("remarks"),
)  # fmt: skip


@dataclass
class Plan:
    rows: list = field(default_factory=list)


def compare(rows, scope):
    """A Comparison of rows with the list of the session `scope.target_id`."""
    verdicts, plan = [Verdict() for _ in rows], Plan()
    session = TrainingSession.objects.filter(pk=scope.target_id).first()
    if session is None:
        for verdict in verdicts:
            verdict.refuse(*GONE)
        return Comparison(verdicts)
    known = who.identify(rows, verdicts, scope, lambda values: True)
    kept = _Kept(session, {key: person.pk for key, person in known.people.items()}, scope)
    for row, verdict, key in zip(rows, verdicts, known.keys, strict=True):
        if not row.refused and not verdict.refused:
            _take(row, verdict, kept.enrollments.get(kept.people.get(key)), kept, plan, scope)
    return Comparison(verdicts, plan)


class _Kept:
    """Who of these people is on the list, with the half-days signed, and who is elsewhere on the days of the class."""

    def __init__(self, session, people, scope):
        self.session, self.people = session, people
        listed = Enrollment.objects.listed().filter(session=session, person_id__in=list(people.values()))
        listed = listed.select_related("person", "session").order_by("pk")
        found = list(listed.select_for_update(of=("self",)) if scope.lock else listed)
        present = Q(state=Attendance.State.PRESENT)
        signed = Attendance.objects.filter(enrollment__in=[row.pk for row in found]).order_by().values("enrollment_id")
        halves = {
            row["enrollment_id"]: row for row in signed.annotate(all=Count("pk"), there=Count("pk", filter=present))
        }
        for row in found:
            counted = halves.get(row.pk, {"all": 0, "there": 0})
            row.halves, row.present = counted["all"], counted["there"]
        self.enrollments = {row.person_id: row for row in found}
        self.elsewhere = clashes([row.person_id for row in found if row.result == Result.ABSENT], session)
        self.share, self.line = ATTENDANCE_SHARE.value(scope.as_of), PASS_SCORE.value(scope.as_of)


def _take(row, verdict, one, kept, plan, scope):
    if one is None:
        return verdict.refuse(*NOT_LISTED)
    if outside(one.village_id, scope.code):
        return verdict.refuse(*LISTED_ELSEWHERE)
    for problem in _problems(row):
        verdict.refuse(*problem)
    if verdict.refused:
        return None
    names = restate(one, row, FIELDS, verdict.diff) | _settle(one, row, verdict, kept, scope)
    if one.result != Result.ABSENT and one.person_id in kept.elsewhere:
        return verdict.refuse("class_result", "double_booking", f"此人{double_booking(kept.elsewhere[one.person_id])}")
    if names and kept.session.division_id != scope.code:
        return verdict.refuse(*NOT_YOURS)
    verdict.change = "changed" if names else "unchanged"
    if names:
        plan.rows.append(one)
    return None


def _settle(one, row, verdict, kept, scope):
    """What a row that tells a score and no result comes to, once the class is over."""
    silent = row.values.get("class_result") or row.values.get("test_score") in (None, "")
    if silent or one.result != Result.ENROLLED or kept.session.end > scope.as_of:
        return set()
    one.result = suggested(one, kept.share, kept.line)
    verdict.diff["class_result"] = (Result.ENROLLED.label, Result(one.result).label)
    verdict.hint("class_result", "result_assumed", f"没有填结果，按到课率和成绩记为“{Result(one.result).label}”")
    return {"result"}


def _problems(row):
    for one in FIELDS:
        if found := one.misfit(row, Enrollment._meta.get_field(one.attribute)):
            yield found
    score = row.values.get("test_score")
    if score not in (None, "") and (not 0 <= score <= 100 or round(score, 1) != score):
        yield ("test_score", "score_unlikely", "测试成绩请填 0 到 100，最多一位小数")


def write(plan, *, by, batch):
    """Write the plan."""
    actions.keep_results(plan.rows, by=by, batch=batch)
