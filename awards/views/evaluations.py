"""The yearly evaluation: schemes, one scheme with its progress, the sheets, grades, what-if, appeals, Excel."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from awards import actions, scoring
from awards.actions.evaluations import template_items
from awards.models import Evaluation, EvaluationAppeal, EvaluationItem, EvaluationScheme, Grade
from awards.views.evaluation_forms import (
    AppealAnswerForm,
    AppealForm,
    BallotForm,
    EvaluationSchemeForm,
    GradeForm,
    ItemFormSet,
    PublishForm,
    ReturnEvaluationForm,
    ScoreSheetForm,
    WeightsForm,
)
from core.scope import inside, scope_code
from core.views.access import business_page, page_for
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters.listing import download, workbook

TOWNSHIP_DIGITS = 9
SHEET_SIZE = 25
MEANWHILE = "保存时发现数据刚有变动，没有保存。请刷新后再办理。"
STATES = {"open": "未评完", "whole": "已评完，未报县", "handed": "已报县，未定等次", "graded": "已定等次"}
CSS = {"excellent": "ok", "competent": "same", "basic": "warn", "unfit": "bad"}
FILL, GRADE, RUN = "awards.fill_evaluation", "awards.grade_evaluation", "awards.change_evaluationscheme"
Part, Source = EvaluationItem.Part, EvaluationItem.Source


# --- which scheme and whose rows


def _scheme(request, pk):
    return get_object_or_404(EvaluationScheme.objects.visible_to(request.user).select_related("division"), pk=pk)


def _own(request, pk):
    """The scheme where the user's office runs it; 404 elsewhere."""
    scheme = _scheme(request, pk)
    if not _runs(request.user, scheme):
        raise Http404
    return scheme


def _runs(user, scheme):
    return user.has_perm(RUN) and inside(scheme.division_id, user.division_id)


def _lines(request, scheme):
    """The Lines that the reader sees; ranks and places are those of whole townships either way."""
    code = scope_code(request.user) or ""
    if inside(scheme.division_id, code):
        return scoring.lines(scheme)
    return scoring.lines(scheme, Evaluation.objects.visible_to(request.user).filter(scheme=scheme))


def _shown(request, scheme):
    """The Lines with how each stood on the date: `state`, `grade_on` and its words."""
    graded = dict(scheme.evaluations.graded(request.on).values_list("pk", "grade_on"))
    found = _lines(request, scheme)
    for line in found:
        line.grade_on = graded.get(line.row.pk, "")
        line.grade_label, line.css = Grade(line.grade_on).label if line.grade_on else "", CSS.get(line.grade_on, "")
        line.state = _state(line, request.on)
        line.state_label = STATES[line.state]
    return found


def _state(line, on):
    if line.grade_on:
        return "graded"
    if line.row.handed_in_on and line.row.handed_in_on <= on:
        return "handed"
    return "open" if line.missing else "whole"


def _asked_township(request):
    """The code in ?division=, for whoever sees more than one township; a clerk's is the own."""
    code = scope_code(request.user) or ""
    return code if len(code) >= TOWNSHIP_DIGITS else asked_division(request) or ""


# --- the list, a new scheme, its items


@business_page
def listed(request):
    rows = EvaluationScheme.objects.visible_to(request.user).begun(request.on)
    seen = Evaluation.objects.visible_to(request.user).filter(scheme=OuterRef("pk")).order_by()
    graded = Q(graded_on__lte=request.on)
    rows = rows.annotate(
        all=_of(seen, Count("pk")),
        graded=_of(seen, Count("pk", filter=graded)),
        excellent=_of(seen, Count("pk", filter=graded & Q(grade=Grade.EXCELLENT))),
        unfit=_of(seen, Count("pk", filter=graded & Q(grade=Grade.UNFIT))),
    )
    lines = [
        {"scheme": one, "published": one.was_published(request.on)} for one in rows.order_by("-year", "kind", "pk")
    ]
    return render(request, "awards/evaluations/list.html", {"lines": lines})


def _of(rows, aggregate):
    counted = rows.values("scheme_id").annotate(found=aggregate).values("found")
    return Coalesce(Subquery(counted), 0)


@page_for("awards.add_evaluationscheme")
def new(request):
    """A new scheme with the county's template of items, and everybody to be evaluated."""
    initial = {"year": request.on.year, "as_of": request.on, "opens": request.on}
    form = EvaluationSchemeForm(request.POST or None, division=request.user.division, on=request.on, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                scheme = actions.set_up_evaluation(form.instance, by=request.user)
        except ValidationError as refused:
            form.add_error(None, [*refused.messages, "考核指标样表在“参数设置”里改。"])
        except IntegrityError:
            form.add_error(None, MEANWHILE)
        else:
            messages.success(
                request, f"已建立{scheme}，按台账列出 {scheme.evaluations.count()} 个考核对象。请核对指标和权重。"
            )
            return redirect("evaluation_scheme", pk=scheme.pk)
    context = {"form": form, "items": template_items(request.on)}
    return render(request, "awards/evaluations/new.html", context, status=400 if form.errors else 200)


@page_for(RUN)
def edit(request, pk):
    """Change a scheme, its items and their weights until somebody is graded."""
    scheme = _own(request, pk)
    posted = request.POST or None
    form = EvaluationSchemeForm(posted, instance=scheme, division=scheme.division, on=request.on)
    formset = ItemFormSet(posted, instance=EvaluationScheme.objects.get(pk=pk), queryset=scheme.items.order_by("pk"))
    if request.method == "POST" and form.is_valid() and formset.is_valid() and _changed(request, form, formset):
        messages.success(request, "已保存考核方案。")
        return redirect("evaluation_scheme", pk=pk)
    wrong = request.method == "POST"
    context = {"scheme": scheme, "form": form, "formset": formset}
    return render(request, "awards/evaluations/edit.html", context, status=400 if wrong else 200)


def _changed(request, form, formset):
    formset.save(commit=False)
    try:
        with transaction.atomic():
            actions.change_evaluation(
                form.instance, created=formset.new_objects, changed=[row for row, _ in formset.changed_objects],
                deleted=formset.deleted_objects, by=request.user,
            )  # fmt: skip
    except ValidationError as refused:
        form.add_error(None, refused.messages)
    except IntegrityError:
        form.add_error(None, MEANWHILE)
    else:
        return True
    return False


@require_POST
@page_for(RUN)
def prepare(request, pk):
    """Take in who came into the ledger after the scheme was set up."""
    scheme = _own(request, pk)
    return _told(
        request,
        pk,
        lambda: (
            f"已按 {scheme.as_of:%Y-%m-%d} 的台账核对，补上 {actions.prepare_evaluations(scheme, by=request.user)} 个对象。"
        ),
    )


def _told(request, pk, do):
    """Do it and tell what was done, or why not."""
    try:
        messages.success(request, do())
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("evaluation_scheme", pk=pk)


# --- one scheme


@business_page
def scheme_page(request, pk):
    return render(request, "awards/evaluations/scheme.html", _context(request, _scheme(request, pk)))


def _context(request, scheme, **forms):
    found, code = _shown(request, scheme), _asked_township(request)
    asked = {name: request.GET.get(name, "") for name in ("state", "grade")}
    lines = _narrowed(found, code, asked)
    own = scope_code(request.user) or ""
    runs = _runs(request.user, scheme)
    return {
        "scheme": scheme,
        "items": list(scheme.items.order_by("pk")),
        "progress": _progress(scheme, found),
        **page_of(request, lines, 100),
        "townships": townships(request.user),
        "code": code if len(own) < TOWNSHIP_DIGITS else "",
        "asked": asked,
        "states": STATES.items(),
        "grades": Grade.choices,
        "total": len(found),
        "runs": runs,
        "published": scheme.was_published(request.on),
        "fills": request.user.has_perm(FILL) and not scheme.published_on,
        "hands_in": len(own) == TOWNSHIP_DIGITS and request.user.has_perm(FILL) and not scheme.published_on,
        "has_ballots": any(item.source == Source.BALLOTS for item in scheme.items.all()),
        "publish": forms.get("publish") or PublishForm(initial={"on": request.on}),
        "late": request.on > scheme.closes and any(line.state != "graded" for line in found),
    }


def _narrowed(found, code, asked):
    return [
        line for line in found
        if inside(line.row.village_id, code or line.row.village_id) and asked["state"] in ("", line.state)
        and asked["grade"] in ("", line.grade_on)
    ]  # fmt: skip


def _progress(scheme, found):
    """One line a township: how far its evaluations are, the grades given and the places for 优秀."""
    groups = {}
    for line in found:
        groups.setdefault(line.row.village.township, []).append(line)
    return [_township(scheme, township, lines) for township, lines in groups.items()]


def _township(scheme, township, lines):
    states, grades = Counter(line.state for line in lines), Counter(line.grade_on for line in lines)
    return {
        "township": township,
        "all": len(lines),
        "states": [states[state] for state in STATES],
        "grades": [grades[grade.value] for grade in Grade],
        "places": scoring.places(len(lines), scheme.excellent_percent),
        "returned": next((line.row.returned_for for line in lines if line.row.returned_for), ""),
    }


# --- the sheets


@page_for(FILL)
def scores(request, pk):
    """The score sheet: many objects at once, the township's points or the county's beside them."""
    scheme = _scheme(request, pk)
    context = _sheet(request, scheme)
    items, county = list(scheme.items.order_by("pk")), request.user.has_perm(GRADE)
    form = ScoreSheetForm(request.POST or None, lines=context["page"].object_list, items=items, county=county)
    if request.method == "POST" and form.is_valid():
        try:
            written = actions.give_points(scheme, form.given(), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"已保存，{len(written)} 处得分有变动。")
            return redirect(request.get_full_path())
    context |= {
        "form": form, "rows": form.rows(), "county": county, "ballot_item": next((one for one in items if one.source == Source.BALLOTS), None),
        "scored": [one for one in form.items if one.part == Part.SCORE],
    }  # fmt: skip
    return render(request, "awards/evaluations/scores.html", context, status=400 if form.errors else 200)


def _sheet(request, scheme):
    """The page of objects to fill in of the chosen township, in order of village."""
    code = _asked_township(request)
    lines = [line for line in _shown(request, scheme) if inside(line.row.village_id, code or line.row.village_id)]
    shown = {"code": code} if townships(request.user) else {"code": ""}
    return {"scheme": scheme, "townships": townships(request.user), **shown, **page_of(request, lines, SHEET_SIZE)}


@page_for(FILL)
def ballots(request, pk):
    """Satisfaction: the counts of issued, returned and valid ballots and what they say, never a single vote."""
    scheme = _scheme(request, pk)
    context, county = _sheet(request, scheme), request.user.has_perm(GRADE)
    posted = request.POST if request.method == "POST" else None
    rows = []
    for line in context["page"].object_list:
        may = not line.row.grade and (county or not line.row.handed_in_on)
        form = BallotForm(posted, instance=line.row, prefix=f"b{line.row.pk}") if may else None
        rows.append({"line": line, "form": form})
    forms = [row["form"] for row in rows if row["form"]]
    refused = ""
    valid = [form.is_valid() for form in forms] if posted is not None else [False]
    if all(valid):
        try:
            written = actions.count_ballots(
                scheme, [form.instance for form in forms if form.has_changed()], by=request.user
            )
        except ValidationError as error:
            refused = error.messages[0]
        else:
            messages.success(request, f"已保存 {len(written)} 个对象的测评票数。")
            return redirect(request.get_full_path())
    wrong = bool(refused) or any(form.errors for form in forms)
    for row in rows:
        share = scoring.satisfaction(row["line"].row, scheme.fair_percent) if not wrong else None
        row["share"] = "" if share is None else f"{share}%"
    context |= {"rows": rows, "refused": refused, "wrong": wrong}
    return render(request, "awards/evaluations/ballots.html", context, status=400 if wrong else 200)


@require_POST
@page_for(FILL)
def hand_in(request, pk):
    """The township hands its evaluations in."""
    scheme, code = _scheme(request, pk), scope_code(request.user) or ""
    if len(code) != TOWNSHIP_DIGITS:
        raise PermissionDenied
    return _told(
        request, pk,
        lambda: f"已报县里：{len(actions.hand_in_evaluations(scheme, code, on=request.on, by=request.user))} 个对象。",
    )  # fmt: skip


@require_POST
@page_for(GRADE)
def give_back(request, pk):
    """The county returns a township's evaluations."""
    scheme, code = _own(request, pk), asked_division(request) or ""
    form = ReturnEvaluationForm(request.POST)
    if not form.is_valid() or len(code) != TOWNSHIP_DIGITS or not inside(code, scheme.division_id):
        messages.error(request, "没有退回：请在“定等次”页选好乡镇，写明退回原因（至少 2 个字）。")
        return redirect("evaluation_scheme", pk=pk)
    reason = form.cleaned_data["reason"]
    return _told(
        request,
        pk,
        lambda: f"已退回 {len(actions.return_evaluations(scheme, code, reason=reason, by=request.user))} 个对象。",
    )


# --- grades, what-if, announcement


@page_for(GRADE)
def grades(request, pk):
    """The grades of one township: what the scores lead to is proposed, the places for 优秀 are watched over."""
    scheme = _own(request, pk)
    found = _shown(request, scheme)
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
        "scheme": scheme, "form": form, "rows": form.rows(), "offered": offered, "code": code, "all": len(lines),
        "places": scoring.places(len(lines), scheme.excellent_percent), "back": ReturnEvaluationForm(),
        "handed": any(line.state == "handed" for line in lines),
    }  # fmt: skip
    return render(request, "awards/evaluations/grades.html", context, status=400 if form.errors else 200)


@page_for(RUN)
def what_if(request, pk):
    """Other weights on the same scores: whose rank or grade would change. Nothing is written."""
    scheme = _own(request, pk)
    items = list(scheme.items.order_by("pk"))
    asked = any(name.startswith("w_") for name in request.GET)
    form = WeightsForm(request.GET if asked else None, items=items)
    moved = scoring.moves(scheme, form.weights()) if asked and form.is_valid() else None
    context = {
        "scheme": scheme, "form": form, "moved": moved,
        "regraded": sum(move.changes_grade for move in moved or ()), "unscored": scheme.evaluations.count() == 0,
    }  # fmt: skip
    return render(request, "awards/evaluations/what_if.html", context, status=400 if asked and form.errors else 200)


@require_POST
@page_for(RUN)
def publish(request, pk):
    """Announce the results."""
    scheme, form = _own(request, pk), PublishForm(request.POST)
    if form.is_valid():
        on = form.cleaned_data["on"]
        return _told(
            request,
            pk,
            lambda: (
                actions.publish_evaluation(scheme, on=on, by=request.user) and f"已公布{scheme}结果（{on:%Y-%m-%d}）。"
            ),
        )
    return render(request, "awards/evaluations/scheme.html", _context(request, scheme, publish=form), status=400)


HEAD = (("乡镇", 12), ("村（社区）", 14), ("对象", 12), ("职务（身份）", 20))
TAIL = (
    ("总分", 8),
    ("乡镇内名次", 10),
    ("一票否决", 20),
    ("按分数应为", 10),
    ("等次", 10),
    ("定等次日期", 12),
    ("进度", 16),
)


@business_page
def sheet(request, pk):
    """The scheme as Excel, narrowed as on the page."""
    scheme = _scheme(request, pk)
    items = list(scheme.items.order_by("pk"))
    asked = {name: request.GET.get(name, "") for name in ("state", "grade")}
    lines = _narrowed(_shown(request, scheme), _asked_township(request), asked)
    headings = (*HEAD, *((f"{item.title}{_unit(item)}", 14) for item in items if item.part != Part.VETO), *TAIL)
    title = f"{scheme}得分和等次"
    told = f"数据时点 {scheme.as_of:%Y-%m-%d}，等次截至 {request.on:%Y-%m-%d}"
    rows = [_row(scheme, items, line) for line in lines]
    return download(workbook(title, headings, rows, by=request.user.name, told=told), f"{title}.xlsx")


def _unit(item):
    return f"（权重{item.weight}）" if item.part == Part.SCORE else f"（{item.get_part_display()}）"


def _row(scheme, items, line):
    row = line.row
    cells = [_cell(scheme, line, item) for item in items if item.part != Part.VETO]
    return (
        row.village.township.name, row.village.name, row.name, row.post, *cells,
        None if line.total is None else float(line.total), line.rank, "、".join(line.vetoes), line.suggested_label,
        line.grade_label, f"{row.graded_on:%Y-%m-%d}" if line.grade_on else "", line.state_label,
    )  # fmt: skip


def _cell(scheme, line, item):
    if item.source == Source.BALLOTS:
        points = scoring.satisfaction(line.row, scheme.fair_percent)
    else:
        score = line.scores.get(item.pk)
        points = score.points if score else None
    return None if points is None else float(points)


# --- one object and its appeals


@business_page
def one(request, pk):
    """One object: every score with its evidence, ballots, total, grade, appeals; POST appeals."""
    row = get_object_or_404(
        Evaluation.objects.visible_to(request.user).select_related("scheme__division", "person", "village__township"),
        pk=pk,
    )
    whole = scoring.lines(row.scheme, Evaluation.objects.filter(scheme=row.scheme).below(row.village.township_id))
    line = next(found for found in whole if found.row.pk == row.pk)
    graded = Evaluation.objects.graded(request.on).filter(pk=pk).values_list("grade_on", flat=True).first()
    may = request.user.has_perm("awards.add_evaluationappeal") and row.scheme.was_published(request.on)
    form = None
    if may:
        appealed = EvaluationAppeal(evaluation=row, old_grade=row.grade)
        form = AppealForm(request.POST or None, instance=appealed, initial={"received_on": request.on})
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _appealed(request, form):
            return redirect("evaluation", pk=pk)
    context = {
        "row": row, "line": line, "cells": _cells(row.scheme, line), "grade": Grade(graded).label if graded else "",
        "css": CSS.get(graded, ""), "share": scoring.satisfaction(row, row.scheme.fair_percent), "form": form,
        "appeals": row.appeals.filter(received_on__lte=request.on).order_by("received_on", "pk"), "count": len(whole),
        "published": row.scheme.was_published(request.on),
    }  # fmt: skip
    return render(
        request, "awards/evaluations/one.html", context, status=400 if form is not None and form.errors else 200
    )


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
    return render(request, "awards/evaluations/appeal.html", {"row": row, "form": form}, status=400 if wrong else 200)
