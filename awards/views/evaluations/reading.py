"""Which scheme a page is about, whose rows it shows and how they stood on the date."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from awards import scoring
from awards.models import Evaluation, EvaluationScheme, EvidenceFile, Grade
from core.scope import inside, scope_code
from core.views.figures import asked_division

TOWNSHIP_DIGITS = 9
FILL, GRADE, RUN = "awards.fill_evaluation", "awards.grade_evaluation", "awards.change_evaluationscheme"
MEANWHILE = "保存时发现数据刚有变动，没有保存。请刷新后再办理。"
STATES = {"open": "未评完", "whole": "已评完，未报县", "handed": "已报县，未定等次", "graded": "已定等次"}
UNANNOUNCED = {"handed": "已报县，等次未公布", "graded": "等次已公布"}  # as a township is told
CSS = {"excellent": "ok", "competent": "same", "basic": "warn", "unfit": "bad"}


def scheme_or_404(request, pk):
    return get_object_or_404(EvaluationScheme.objects.visible_to(request.user).select_related("division"), pk=pk)


def own_scheme(request, pk):
    """The scheme where the user's office runs it; 404 elsewhere."""
    scheme = scheme_or_404(request, pk)
    if not is_run_by(request.user, scheme):
        raise Http404
    return scheme


def is_run_by(user, scheme):
    return user.has_perm(RUN) and is_run_from(user, scheme)


def is_run_from(user, scheme):
    """True when the user sees the whole of the scheme."""
    return inside(scheme.division_id, scope_code(user) or "")


def _lines(request, scheme, on):
    """The Lines that the reader sees; ranks and places are those of whole townships either way."""
    if is_run_from(request.user, scheme):
        return scoring.lines(scheme, on=on)
    return scoring.lines(scheme, Evaluation.objects.visible_to(request.user).filter(scheme=scheme), on=on)


def standing(request, scheme, scored_by=None):
    """The Lines with how each stood on the date: `state`, `grade_on` and its words; the scores of the day `scored_by`, the
    latest without it."""
    graded = dict(scheme.evaluations.known_to(scope_code(request.user), request.on).values_list("pk", "grade_on"))
    found, words = _lines(request, scheme, scored_by), states(request.user)
    for line in found:
        line.grade_on = graded.get(line.row.pk, "")
        line.grade_label, line.css = Grade(line.grade_on).label if line.grade_on else "", CSS.get(line.grade_on, "")
        line.state = _state(line, request.on)
        line.state_label = words[line.state]
    return found


def with_files(rows):
    """The rows of a sheet (dicts with a Line) with the number of `files` that are evidence for each. One query."""
    keys = [row["line"].row.pk for row in rows]
    found = EvidenceFile.objects.filter(evaluation__in=keys).order_by("evaluation_id").values_list("evaluation_id")
    counts = dict(found.annotate(Count("pk")))
    return [row | {"files": counts.get(row["line"].row.pk, 0)} for row in rows]


def states(user):
    """{state: how it is called}: what the county decided is no state of a township's before it is announced."""
    return STATES if len(scope_code(user) or "") < TOWNSHIP_DIGITS else STATES | UNANNOUNCED


def _state(line, on):
    if line.grade_on:
        return "graded"
    if line.row.handed_in_on and line.row.handed_in_on <= on:
        return "handed"
    return "open" if line.missing else "whole"


def asked_township(request):
    """The code in ?division=, for whoever sees more than one township; a clerk's is the own."""
    code = scope_code(request.user) or ""
    return code if len(code) >= TOWNSHIP_DIGITS else asked_division(request) or ""


def narrowed(found, code, asked):
    return [
        line for line in found
        if inside(line.row.village_id, code or line.row.village_id) and asked["state"] in ("", line.state)
        and asked["grade"] in ("", line.grade_on)
    ]  # fmt: skip


def told(request, pk, do):
    """Do it and tell what was done, or why not."""
    try:
        messages.success(request, do())
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("evaluation_scheme", pk=pk)
