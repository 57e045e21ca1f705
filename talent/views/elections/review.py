"""The joint review (县级联审): the table of people by departments, its setup, and a department's own column."""

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.periods import dated_by
from core.stamps import MEANWHILE, NAME, is_stale, stamp_input
from core.text import plain
from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters.listing import download, workbook
from talent import actions
from talent.joint_review_column import Column
from talent.models import Candidate, JointReviewDepartment, JointReviewMark
from talent.views.elections.access import closed, county_page, is_running, review_page, round_or_404
from talent.views.elections.candidates import REVIEWS, by_review
from talent.views.elections.forms import ReviewSetupForm

# A person is a field per item and two more; a form may not have more than a thousand.
PEOPLE_ON_A_PAGE = 60
WORDS = {"found": ("bad", "有"), "waiting": ("same", "未填"), "unknown": ("warn", "不掌握"), "clear": ("ok", "无")}


@business_page
@require_GET
def matrix(request, pk):
    """Who is reviewed × which department, each cell the worst of what the department said."""
    held = round_or_404(request, pk)
    rows, asked = _people(request, held)
    kept = page_of(request, rows)
    departments = _departments(held)
    context = kept | {
        "round": held,
        "departments": departments,
        "lines": _lines(held, kept["page"], departments, request.on),
        "townships": townships(request.user),
        "code": asked["division"] or "",
        "states": REVIEWS,
        "state": asked["state"],
        "query": request.GET.urlencode(),
        "can_fill": request.user.has_perm("talent.change_jointreviewmark") and is_running(held),
    }
    return render(request, "talent/elections/matrix.html", context)


@business_page
@require_GET
def export(request, pk):
    """The table as Excel (联审汇总表)."""
    held = round_or_404(request, pk)
    rows, _ = _people(request, held)
    departments = _departments(held)
    headings = (
        ("乡镇", 12),
        ("村（社区）", 14),
        ("姓名", 10),
        *((row.name, 12) for row in departments),
        ("否决原因", 50),
    )
    cells = [
        (line["township"], line["village"], line["name"], *(cell["word"] for cell in line["cells"]), line["reason"])
        for line in _lines(held, rows, departments, request.on)
    ]
    title = f"{held}县级联审汇总表"
    told = f"{request.user.division}　{request.on:%Y-%m-%d} 时点"
    return download(workbook(title, headings, cells, by=request.user.name, told=told), f"{title}.xlsx")


def _departments(held):
    return list(held.departments.annotate(size=Count("items")).order_by("pk"))


def _people(request, held):
    """(one row per person and village that stands, what was asked)."""
    asked = {"division": asked_division(request), "state": request.GET.get("state", "")}
    rows = Candidate.objects.visible_to(request.user).at(request.on).filter(round=held)
    rows = rows.below(asked["division"]) if asked["division"] else rows
    rows = (
        by_review(rows, asked["state"], request.on)
        .order_by("village_id", "person__pinyin", "person_id")
        .values("person_id", "person__name", "village_id", "village__name", "village__township__name")
    )
    return rows.distinct(), asked


def _lines(held, rows, departments, on):
    rows = list(rows)
    people = {row["person_id"] for row in rows}
    reasons = actions.blocks(held, people, on)
    marks = JointReviewMark.objects.filter(
        dated_by(on, "decided_on"), item__department__round=held, person_id__in=people
    ).order_by()
    found = defaultdict(dict)
    for person, department, result, count in marks.values_list("person_id", "item__department_id", "result").annotate(
        Count("pk")
    ):
        found[person, department][result] = count
    return [
        {
            "person": row["person_id"],
            "name": row["person__name"],
            "village": row["village__name"],
            "township": row["village__township__name"],
            "reason": reasons.get(row["person_id"], ""),
            "cells": [_cell(found[row["person_id"], one.pk], one) for one in departments],
        }
        for row in rows
    ]


def _cell(results, department):
    """The worst of a department's results: 有, then unfilled, then 不掌握, then 无."""
    if results.get("found"):
        state = "found"
    elif sum(results.values()) < department.size:
        state = "waiting"
    else:
        state = "unknown" if results.get("unknown") else "clear"
    css, word = WORDS[state]
    return {"css": css, "word": word}


@county_page
@transaction.atomic
def setup(request, pk):
    """Departments, items and accounts of this round."""
    held = round_or_404(request, pk)
    if closed(request, held):
        return redirect("joint_review", pk)
    form = ReviewSetupForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_columns(form.chosen(), by=request.user)
            actions.set_up_review(held, form.cleaned_data["lines"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "本轮联审的部门、事项和填报账号已保存。")
            return redirect("joint_review", pk)
    return render(request, "talent/elections/review_setup.html", {"round": held, "form": form})


@review_page
@require_GET
def columns(request):
    """The columns that the user fills in, with how many people wait."""
    found = JointReviewDepartment.objects.fillable_by(request.user, timezone.localdate())
    found = found.select_related("round").order_by("-round__start", "round_id", "pk")
    kept = page_of(request, found)
    waiting = (
        {row.pk: Column(row, request.user.division_id).waiting for row in kept["page"]}
        if not _is_county(request)
        else {}
    )
    lines = [{"department": row, "waiting": waiting.get(row.pk)} for row in kept["page"]]
    return render(request, "talent/elections/columns.html", kept | {"lines": lines})


def _is_county(request):
    return request.user.has_perm("talent.change_jointreviewmark")


def column_or_404(request, pk):
    """A department whose column the user fills in today."""
    found = JointReviewDepartment.objects.fillable_by(request.user, timezone.localdate())
    return get_object_or_404(found.select_related("round", "account"), pk=pk)


@review_page
@transaction.atomic
def column(request, pk):
    """One department's column: a row per person, a choice per item; what was typed stays when it is wrong."""
    department = column_or_404(request, pk)
    filled = Column(department, request.user.division_id)
    kept = page_of(request, filled.people(), PEOPLE_ON_A_PAGE)
    problems, marks = [], _marks(department, kept["page"])
    if request.method == "POST" and is_stale(request.POST.get(NAME), marks):
        problems = [MEANWHILE]
    elif request.method == "POST":
        try:
            written = actions.record_marks(department.round, filled.typed(kept["page"], request.POST), by=request.user)
        except ValidationError as refused:
            problems = refused.messages
        else:
            _told(request, written)
            return redirect(request.get_full_path())
    context = kept | {
        "department": department,
        "round": department.round,
        "items": filled.items,
        "lines": filled.lines(kept["page"], request.POST if problems else None),
        "problems": problems,
        "stamp": stamp_input(marks),
        "waiting": filled.waiting,
        "head": _head(request, problems),
        "is_county": _is_county(request),
        "is_open": is_running(department.round),
    }
    return render(request, "talent/elections/column.html", context, status=400 if problems else 200)


def _marks(department, people):
    """What the column says of the people of a page."""
    keys = [key for _, _, key in people]
    return [JointReviewMark.objects.filter(item__department=department, person__in=keys)]


def _head(request, problems):
    given = request.POST if problems else {}
    return {
        "decided_on": given.get("decided_on", timezone.localdate().isoformat()),
        "document_no": plain(given.get("document_no", "")),
        "reviewer": plain(given.get("reviewer", request.user.name)),
        "rest_clear": "rest_clear" in given,
    }


def _told(request, written):
    if not written.marks:
        messages.info(request, "没有改动。")
        return
    messages.success(request, f"已保存 {written.marks} 条结论。")
    if written.fallen:
        messages.warning(request, f"因有否决结论，已取消正式候选人资格：{'、'.join(written.fallen)}。")
