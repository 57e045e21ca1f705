"""One evaluated object: its scores, ballots and grade, and the appeals against it."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render

from awards import actions, scoring
from awards.actions.evaluation_grades import appeal_until
from awards.models import Evaluation, EvaluationAppeal, EvaluationItem, Grade
from awards.parameters.evaluations import APPEAL_DAYS
from awards.views.evaluation_forms import (
    AppealAnswerForm,
    AppealForm,
    EvidenceForm,
)
from awards.views.evaluations.reading import CSS, FILL, GRADE
from core.periods import dated_by
from core.scope import scope_code
from core.views.access import business_page

Part, Source = EvaluationItem.Part, EvaluationItem.Source


@business_page
def one(request, pk):
    """One object: every score with its evidence, ballots, total, grade, appeals; POST appeals."""
    row = evaluation_or_404(request, pk)
    form = _appeal_form(request, row, request.POST or None)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _appealed(request, form):
            return redirect("evaluation", pk=pk)
    return page(request, row, form=form)


def evaluation_or_404(request, pk):
    rows = Evaluation.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("scheme__division", "person", "village__township"), pk=pk)


def _appeal_form(request, row, posted=None):
    if not (request.user.has_perm("awards.add_evaluationappeal") and row.scheme.was_published(request.on)):
        return None
    appealed = EvaluationAppeal(evaluation=row, old_grade=row.grade)
    return AppealForm(posted, instance=appealed, initial={"received_on": request.on})


def page(request, row, form=None, upload=None):
    """The page with the forms as they were sent; a wrong one answers 400."""
    whole = scoring.lines(
        row.scheme, Evaluation.objects.filter(scheme=row.scheme).below(row.village.township_id), on=request.on
    )
    line = next(found for found in whole if found.row.pk == row.pk)
    known = Evaluation.objects.known_to(scope_code(request.user), request.on)
    graded = known.filter(pk=row.pk).values_list("grade_on", flat=True).first()
    context = {
        "row": row, "line": line, "cells": _cells(row.scheme, line), "grade": Grade(graded).label if graded else "",
        "css": CSS.get(graded, ""), "share": line.share, "form": form or _appeal_form(request, row),
        "appeals": row.appeals.filter(dated_by(request.on, "received_on")).order_by("received_on", "pk"), "count": len(whole),
        "published": row.scheme.was_published(request.on),
        "corrections": row.corrections.select_related("by").order_by("corrected_on", "pk"),
        "files": row.evidence_files.defer("content").select_related("item", "by").order_by("item_id", "pk"),
        "upload": upload or _upload_form(request, row),
        "until": appeal_until(row.scheme) if row.scheme.published_on else None,
    }  # fmt: skip
    wrong = any(one is not None and one.errors for one in (form, upload))
    return render(request, "awards/evaluations/one.html", context, status=400 if wrong else 200)


def _upload_form(request, row):
    """The form for evidence while the scores may be changed, else None."""
    county = request.user.has_perm(GRADE)
    if not request.user.has_perm(FILL) or row.grade or row.scheme.published_on or (row.handed_in_on and not county):
        return None
    return EvidenceForm(scheme=row.scheme, county=county)


def _cells(scheme, line):
    return [
        {"item": item, "score": line.scores.get(item.pk), "counts": item.source == Source.BALLOTS}
        for item in scheme.items.order_by("pk")
        if item.part == Part.SCORE or (line.scores.get(item.pk) and line.scores[item.pk].points)
    ]


def _appealed(request, form):
    try:
        with transaction.atomic():
            actions.appeal(form.instance, by=request.user)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    messages.success(request, "已登记申诉，县委组织部复核后办结。")
    return True


@business_page
def appeal(request, pk):
    """One appeal; the county closes it once."""
    seen = EvaluationAppeal.objects.visible_to(request.user)
    row = get_object_or_404(
        seen.select_related("evaluation__scheme", "evaluation__person", "evaluation__village"), pk=pk
    )
    may = request.user.has_perm("awards.change_evaluationappeal") and row.closed_on is None
    form = AppealAnswerForm(request.POST or None, instance=row, initial={"closed_on": request.on}) if may else None
    if request.method == "POST" and form is None:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.close_appeal(form.instance, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "已办结申诉。")
            return redirect("evaluation", pk=row.evaluation_id)
    wrong = form is not None and form.errors
    due = row.received_on + timedelta(APPEAL_DAYS.value(row.received_on))
    context = {"row": row, "form": form, "due": due, "late": row.closed_on is None and due < request.on}
    return render(request, "awards/evaluations/appeal.html", context, status=400 if wrong else 200)
