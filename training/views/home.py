"""The home page of training: the plan's progress, coverage by township, and the list of classes."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import render

from core import indicators
from core.scope import ancestors
from core.views.access import business_page
from core.views.figures import cell, tile
from core.views.pages import page_of
from rosters import listing
from training.models import Enrollment, TrainingSession
from training.views.plans import lines_of, plans_of

FIGURES = ("people_trained", "training_uncovered", "person_times_trained", "degree_students")
STATES = (("planned", "未开班"), ("running", "办班中"), ("held", "已结业"))
STATE_TAGS = {"planned": "blue", "running": "ok", "held": "same"}
HEADINGS = (
    ("班次", 40), ("期次", 8), ("培训对象", 16), ("层级", 8), ("主办单位", 20), ("开班", 12), ("结业", 12), ("学时", 8),
    ("名单（人次）", 12), ("参训（人次）", 12), ("状态", 10),
)  # fmt: skip


@business_page
def training(request):
    """Classes of a year with filters; figures, the plan and coverage for the date of the site."""
    asked = _asked(request)
    rows = sessions_of(request.user, request.on, **asked)
    if request.GET.get("excel"):
        return _excel(request, rows, asked["year"])
    plans = plans_of(request.user, request.on.year)
    over = [plan for plan in plans if plan.division_id in ancestors(request.user.division_id)]
    context = {
        "tiles": [tile(indicators.figure(key, request.user, request.on)) for key in FIGURES],
        "plan": over[0] if over else None,
        "lines": lines_of(over, request.on, request.user),
        "several": len(over) > 1,
        "below": len(plans) - len(over),
        "can_plan": request.user.has_perm("training.fill_trainingplan"),
        "coverage": coverage(request.user, request.on),
        "years": _years(request),
        "levels": TrainingSession.Level.choices,
        "class_types": TrainingSession.ClassType.choices,
        "states": STATES,
        "asked": asked,
        "can_add": request.user.has_perm("training.add_trainingsession"),
        **page_of(request, rows),
    }
    return render(request, "training/home.html", context)


def _asked(request):
    year = request.GET.get("year", "")
    known = {
        "level": TrainingSession.Level.values,
        "class_type": TrainingSession.ClassType.values,
        "state": dict(STATES),
    }
    asked = {name: request.GET.get(name, "") for name in known}
    chosen = {name: value if value in known[name] else "" for name, value in asked.items()}
    usable = year.isascii() and year.isdigit() and len(year) == 4 and int(year)
    return chosen | {"year": int(year) if usable else request.on.year}


def _years(request):
    held = TrainingSession.objects.visible_to(request.user).order_by("-start__year")
    return sorted({request.on.year, *held.values_list("start__year", flat=True).distinct()}, reverse=True)


def counted(enrollments):
    """A subquery: how many of the enrolments a class has."""
    of = enrollments.filter(session=OuterRef("pk")).order_by().values("session").annotate(people=Count("pk"))
    return Coalesce(Subquery(of.values("people")), 0)


def sessions_of(user, on, *, year, level="", class_type="", state=""):
    """The classes of a year, each with the people of the user's area on its list and trained, and its state on the date."""
    seen = Enrollment.objects.visible_to(user)
    found = TrainingSession.objects.visible_to(user).filter(start__year=year).annotate(
        listed=counted(seen.listed()), trained=counted(seen.trained())
    )  # fmt: skip
    if level:
        found = found.filter(level=level)
    if class_type:
        found = found.filter(class_type=class_type)
    rows = list(found.order_by("-start", "name", "number", "pk"))
    for row in rows:
        row.state = state_of(row, on)
        row.state_label, row.state_tag = dict(STATES)[row.state], STATE_TAGS[row.state]
    return [row for row in rows if not state or row.state == state]


def state_of(session, on):
    if session.start > on:
        return "planned"
    return "running" if session.end >= on else "held"


def coverage(user, on):
    """One dict a township: how many are to be trained, were trained (people), were not yet, and person-times."""
    board = indicators.board_by_township(
        user, on, keys=("people_trained", "training_uncovered", "person_times_trained")
    )
    return [
        {
            "township": township,
            "people": figures["people_trained"],
            "rate": cell(figures["people_trained"]),
            "uncovered": figures["training_uncovered"],
            "times": figures["person_times_trained"],
        }
        for township, figures in board
    ]


def _excel(request, rows, year):
    lines = [
        (row.name, row.number, row.get_class_type_display(), row.get_level_display(), row.organiser, f"{row.start}",
         f"{row.end}", float(row.hours), row.listed, row.trained, row.state_label)
        for row in rows
    ]  # fmt: skip
    title = f"{request.user.division.name}{year} 年培训班次"
    content = listing.workbook(title, HEADINGS, lines, by=request.user.name, told=f"时点 {request.on}")
    return listing.download(content, f"{title}.xlsx")
