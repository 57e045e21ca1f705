"""The grades of a township, what it proposes itself, and what other weights would change."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse

from awards import actions, scoring
from awards.views.evaluation_forms import (
    GradeForm,
    ProposalForm,
    ReturnEvaluationForm,
    WeightsForm,
)
from awards.views.evaluations.reading import (
    FILL,
    GRADE,
    RUN,
    TOWNSHIP_DIGITS,
    own_scheme,
    scheme_or_404,
    standing,
    with_files,
)
from core.scope import scope_code
from core.views.access import page_for
from core.views.figures import asked_division


@page_for(GRADE)
def grades(request, pk):
    """The grades of one township: what the scores lead to is proposed, the places for 优秀 are watched over."""
    scheme = own_scheme(request, pk)
    found = standing(request, scheme)
    offered = sorted({line.row.village.township for line in found}, key=lambda one: one.code)
    code = asked_division(request) or (offered[0].code if offered else "")
    lines = sorted(
        (line for line in found if line.township_id == code), key=lambda line: (line.rank or len(found), line.row.pk)
    )
    form = GradeForm(request.POST or None, lines=lines, initial={"on": request.on})
    if request.method == "POST" and form.is_valid():
        try:
            written = actions.grade_evaluations(scheme, form.grades(), on=form.cleaned_data["on"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"已保存，{len(written)} 个对象的等次有变动。")
            return redirect(f"{reverse('evaluation_grades', args=[pk])}?division={code}")
    context = {
        "scheme": scheme, "form": form, "rows": with_files(form.rows()), "offered": offered, "code": code, "all": len(lines),
        "places": scoring.places(len(lines), scheme.excellent_percent), "back": ReturnEvaluationForm(),
        "handed": any(line.state == "handed" for line in lines),
    }  # fmt: skip
    return render(request, "awards/evaluations/grades.html", context, status=400 if form.errors else 200)


@page_for(FILL)
def proposals(request, pk):
    """The grades that the township proposes of what it has not handed in yet, within its places for 优秀."""
    scheme, code = scheme_or_404(request, pk), scope_code(request.user) or ""
    if len(code) != TOWNSHIP_DIGITS:
        raise PermissionDenied
    found = standing(request, scheme)
    lines = sorted(
        (line for line in found if not line.row.grade and not line.row.handed_in_on),
        key=lambda line: (line.rank or len(found), line.row.pk),
    )
    form = ProposalForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        try:
            written = actions.propose_grades(scheme, code, form.grades(), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"已保存，{len(written)} 个对象的建议等次有变动。")
            return redirect("evaluation_proposals", pk=pk)
    context = {
        "scheme": scheme, "form": form, "rows": form.rows(), "all": len(found),
        "places": scoring.places(len(found), scheme.excellent_percent),
        "handed": [line for line in found if line.row.handed_in_on and line.row.proposed],
    }  # fmt: skip
    return render(request, "awards/evaluations/proposals.html", context, status=400 if form.errors else 200)


@page_for(RUN)
def what_if(request, pk):
    """Other weights on the same scores: whose rank or grade would change. Nothing is written."""
    scheme = own_scheme(request, pk)
    items = list(scheme.items.order_by("pk"))
    asked = any(name.startswith("w_") for name in request.GET)
    form = WeightsForm(request.GET if asked else None, items=items)
    moved = scoring.moves(scheme, form.weights()) if asked and form.is_valid() else None
    context = {
        "scheme": scheme, "form": form, "moved": moved,
        "regraded": sum(move.changes_grade for move in moved or ()), "unscored": scheme.evaluations.count() == 0,
    }  # fmt: skip
    return render(request, "awards/evaluations/what_if.html", context, status=400 if asked and form.errors else 200)
