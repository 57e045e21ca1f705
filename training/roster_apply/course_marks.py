"""Marks of courses of a class against those kept: a row is a course with how many people gave each mark."""

from dataclasses import dataclass, field

from core.text import tight
from rosters.comparison import Comparison, Verdict
from talent.roster_apply.role_kinds import restate
from training import actions
from training.models import CourseFeedback, TrainingSession
from training.roster_apply.trainees import GONE
from training.roster_apply.words import number, whole_problem

NOT_YOURS = ("marked_course", "marks_of_host", "课程评价由办班的单位登记，这里不能改动")
SEVERAL = ("marked_teacher", "several_courses", "这一期有几门同名的课程，请填上授课人")
MOST = 9999
FIELDS = tuple(number(f"mark_{name}", name, clears=True) for name, _ in CourseFeedback.MARKS)


@dataclass
class Plan:
    rows: list = field(default_factory=list)


def identities(values, fields, context):
    """The same course of the same teacher is the same row."""
    if not values.get("marked_course"):
        return []
    return [("course", tight(values["marked_course"]), tight(values.get("marked_teacher") or ""))]


def compare(rows, scope):
    """A Comparison of rows with the marks kept of the session `scope.target_id`."""
    verdicts, plan = [Verdict() for _ in rows], Plan()
    session = TrainingSession.objects.filter(pk=scope.target_id).first()
    if session is None:
        for verdict in verdicts:
            verdict.refuse(GONE[0].replace("name", "marked_course"), *GONE[1:])
        return Comparison(verdicts)
    courses = list(session.courses.select_related("teacher").order_by("pk"))
    found = session.feedback.select_related("course").order_by("pk")
    kept = {one.course_id: one for one in (found.select_for_update(of=("self",)) if scope.lock else found)}
    for row, verdict in zip(rows, verdicts, strict=True):
        if not row.refused:
            _take(row, verdict, courses, kept, session, plan, scope)
    return Comparison(verdicts, plan)


def _take(row, verdict, courses, kept, session, plan, scope):
    for name, _ in CourseFeedback.MARKS:
        if found := whole_problem(f"mark_{name}", row.values.get(f"mark_{name}"), "人数", 0, MOST):
            verdict.refuse(*found)
    meant = _meant(row, courses)
    if not meant:
        verdict.refuse("marked_course", "not_of_the_class", _not_there(row, courses))
    elif len(meant) > 1:
        verdict.refuse(*SEVERAL)
    if verdict.refused:
        return None
    one = kept.get(meant[0].pk) or CourseFeedback(session=session, course=meant[0])
    names = restate(one, row, FIELDS, verdict.diff)
    if names and session.division_id != scope.code:
        return verdict.refuse(*NOT_YOURS)
    fresh = one.pk is None
    if fresh and names:
        kept[one.course_id] = one
        verdict.diff = {"marked_course": (None, str(one.course))}
    verdict.change = ("new" if fresh else "changed") if names else "unchanged"
    if names and (fresh or one.pk):
        plan.rows.append(one)
    return None


def _meant(row, courses):
    name, teacher = tight(row.values["marked_course"]), tight(row.values.get("marked_teacher") or "")
    found = [one for one in courses if tight(one.name) == name]
    return [one for one in found if not teacher or tight(one.teacher.name if one.teacher else "未定") == teacher]


def _not_there(row, courses):
    offered = "、".join(one.name for one in courses)
    told = f"，请填写：{offered}" if offered else "，请先在班次里选课程"
    return f"这一期没有选“{row.values['marked_course']}”这门课程{told}"


def write(plan, *, by, batch):
    """Write the plan."""
    actions.keep_feedback(plan.rows, by=by, batch=batch)
