"""A table of teachers and courses against those kept: a row is a teacher with one of the courses."""

from decimal import Decimal
from functools import partial

from core.scope import ancestors
from talent.roster_apply import catalogues
from talent.roster_apply.catalogues import Plan, Said, misfits, settle
from talent.roster_apply.role_kinds import RoleField, choice, restate, text
from training import actions
from training.models import Course, Teacher
from training.roster_apply.words import COUNTY_DIGITS, plain

NOBODY = "未定"  # stands for a course without a teacher
NOT_YOURS = ("teacher_name", "teacher_of_county", "师资和课程由县委组织部登记，这里不能改动")
SEVERAL = ("teacher_unit", "several_teachers", "师资库里有几位同名的授课人，请补上单位")
NO_COURSE = ("course_name", "missing_field:course_name", "授课人未定的，课程名称要填")
WRONG_HOURS = ("course_hours", "hours_unlikely", "课程学时请填 0 到 999，最多一位小数")
MOST_HOURS = 999
OF_TEACHER = (
    choice("teacher_kind", "kind", Teacher.Kind), text("teacher_position", "position"),
    text("teacher_specialty", "specialty"),
)  # fmt: skip
OF_COURSE = (
    text("course_topic", "topic"),
    RoleField(
        "course_hours", "hours", keep=lambda value: Decimal(str(value)), show=plain, empty=0, clears=True
    ),
)  # fmt: skip
NAMES = (("teacher_name", Teacher, "name"), ("teacher_unit", Teacher, "unit"), ("course_name", Course, "name"))


def identities(values, fields, context):
    """The same course of the same teacher is the same row."""
    key = (values.get("teacher_name"), values.get("teacher_unit"), values.get("course_name"))
    return [("teacher", *key)] if values.get("teacher_name") else []


def compare(rows, scope):
    """A Comparison of rows with the teachers and courses that serve the division."""
    return catalogues.compare(rows, _Kept(scope), _problems, partial(_take, scope))


class _Kept:
    """The teachers and courses of the division and those above it, each read with one query."""

    def __init__(self, scope):
        self.plan, over = Plan(), ancestors(scope.code)
        found = Teacher.objects.filter(division__in=over).order_by("division_id", "pk")
        found = found.select_for_update(of=("self",)) if scope.lock else found
        self.teachers = {}
        for one in found:
            self.teachers.setdefault(one.name, {})[one.unit] = one
        courses = Course.objects.filter(division__in=over).order_by("division_id", "pk").select_related("teacher")
        self.courses = {(_key(one.teacher), one.name): one for one in courses}

    def teacher(self, name, unit):
        """(the teacher that a row names or None, whether several fit)."""
        found = self.teachers.get(name, {})
        if unit:
            return found.get(unit), False
        if len(found) > 1:
            return found.get(""), "" not in found
        return next(iter(found.values()), None), False


def _key(teacher):
    return (teacher.name, teacher.unit) if teacher else None


def _take(scope, row, verdict, kept):
    values = row.values
    name, nobody = values["teacher_name"], values["teacher_name"] == NOBODY
    teacher, several = (None, False) if nobody else kept.teacher(name, values.get("teacher_unit"))
    if several:
        return verdict.refuse(*SEVERAL)
    begun = teacher is None and not nobody
    if begun:
        teacher = Teacher(division_id=scope.code, name=name, unit=values.get("teacher_unit") or "")
    of_teacher = restate(teacher, row, OF_TEACHER, verdict.diff) if teacher else set()
    course, of_course, fresh = _course(row, verdict, kept, teacher, scope)
    changed = [one for one, names in ((teacher, of_teacher), (course, of_course)) if names]
    theirs = any(one.division_id != scope.code for one in changed)
    if ((begun or fresh) and len(scope.code) > COUNTY_DIGITS) or theirs:
        return verdict.refuse(*NOT_YOURS)
    if begun:
        kept.teachers.setdefault(name, {})[teacher.unit] = teacher
    if fresh:
        kept.courses[_key(teacher), course.name] = course
    thing = Said(teacher, of_teacher, begun, "teacher_name", name)
    return settle(verdict, kept.plan, thing, Said(course, of_course, fresh, "course_name", values.get("course_name")))


def _course(row, verdict, kept, teacher, scope):
    """(the course that the row names or None, the names of its changed fields, whether it is a new one)."""
    name = row.values.get("course_name")
    if not name:
        return None, set(), False
    course = kept.courses.get((_key(teacher), name))
    fresh = course is None
    if fresh:
        course = Course(division_id=scope.code, name=name, teacher=teacher)
    return course, restate(course, row, OF_COURSE, verdict.diff), fresh


def _problems(row):
    """What the database would refuse, at the cell that says it."""
    values = row.values
    if values["teacher_name"] == NOBODY and not values.get("course_name"):
        yield NO_COURSE
    yield from misfits(row, NAMES, ((OF_TEACHER, Teacher), (OF_COURSE, Course)))
    hours = values.get("course_hours")
    if hours not in (None, "") and (not 0 <= hours <= MOST_HOURS or round(hours, 1) != hours):
        yield WRONG_HOURS


def write(plan, *, by, batch):
    """Write the plan: teachers before their courses."""
    begun = {_key(one): one for one in actions.add_teachers(plan.things, by=by, batch=batch)}
    for course in plan.parts:
        course.teacher = begun.get(_key(course.teacher), course.teacher)
    actions.add_courses(plan.parts, by=by, batch=batch)
    plan.write_changes(Teacher, Course, by=by, batch=batch)
