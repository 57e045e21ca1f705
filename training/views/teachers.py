"""师资和课程: who teaches what, in how many classes by the date, and what trainees thought of it."""

from django.db.models import Prefetch
from django.shortcuts import render

from core.views.access import business_page
from core.views.pages import page_of
from rosters import listing
from training.models import Course, CourseFeedback, Teacher, TrainingSession

HEADINGS = (
    ("姓名", 12), ("类别", 18), ("单位", 24), ("职务职称", 18), ("授课方向", 24), ("课程", 28), ("主题", 18), ("学时", 8), ("已授课（期）", 12),
    ("评价（人）", 10), ("平均分", 10),
)  # fmt: skip
NOBODY = "none"


@business_page
def teachers_page(request):
    """A row a course with its teacher, teachers without a course and courses without a teacher too."""
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:50]
    kind = kind if kind in {*Teacher.Kind.values, NOBODY} else ""
    rows = [row for row in course_rows(request.user, request.on) if _fits(row, kind, words)]
    if request.GET.get("excel"):
        return _excel(request, rows)
    people = len({row["teacher"].pk for row in rows if row["teacher"]})
    context = {
        "kinds": (*Teacher.Kind.choices, (NOBODY, "未定授课人")), "asked": {"kind": kind, "q": words}, "people": people,
        "courses": sum(row["course"] is not None for row in rows), **page_of(request, rows),
    }  # fmt: skip
    return render(request, "training/teachers.html", context)


def _fits(row, kind, words):
    teacher, course = row["teacher"], row["course"]
    if kind and kind != (teacher.kind if teacher else NOBODY):
        return False
    said = [teacher and (teacher.name, teacher.unit, teacher.specialty), course and (course.name, course.topic)]
    return not words or any(words in text for texts in said if texts for text in texts)


def course_rows(user, on):
    """One dict a course by teacher: `held` classes begun by the date and the marks given in classes ended by it."""
    begun = TrainingSession.objects.visible_to(user).filter(start__lte=on).only("pk", "end").order_by("pk")
    marks = CourseFeedback.objects.filter(session__end__lte=on).order_by("pk")
    courses = Course.objects.visible_to(user).order_by("name", "pk").prefetch_related(
        Prefetch("sessions", begun, "begun"), Prefetch("feedback", marks, "marked")
    )  # fmt: skip
    by_teacher = {}
    for course in courses:
        by_teacher.setdefault(course.teacher_id, []).append(course)
    teachers = [*Teacher.objects.visible_to(user).order_by("division_id", "name", "pk"), None]
    return [
        _row(teacher, course)
        for teacher in teachers
        for course in by_teacher.get(teacher.pk if teacher else None, [None] if teacher else [])
    ]


def _row(teacher, course):
    answers = sum(one.answers for one in course.marked) if course else 0
    points = (
        sum(getattr(one, name) * mark for one in course.marked for name, mark in CourseFeedback.MARKS) if course else 0
    )
    average = round(points / answers, 2) if answers else None
    return {
        "teacher": teacher, "course": course, "held": len(course.begun) if course else 0, "answers": answers, "average": average,
    }  # fmt: skip


def _excel(request, rows):
    lines = [(*_of_teacher(row["teacher"]), *_of_course(row)) for row in rows]
    title = f"{request.user.division.name}师资和课程"
    content = listing.workbook(title, HEADINGS, lines, by=request.user.name, told=f"时点 {request.on}")
    return listing.download(content, f"{title}.xlsx")


def _of_teacher(one):
    return (one.name, one.get_kind_display(), one.unit, one.position, one.specialty) if one else ("", "", "", "", "")


def _of_course(row):
    course = row["course"]
    if course is None:
        return ("", "", "", 0, 0, "")
    average = "" if row["average"] is None else row["average"]
    return (course.name, course.topic, float(course.hours), row["held"], row["answers"], average)
