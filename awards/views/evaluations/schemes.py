"""Schemes: the list, a new one, its items and weights, its progress, handing in and back, announcement, Excel."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from awards import actions, scoring
from awards.actions.evaluations import template_items
from awards.models import Evaluation, EvaluationItem, EvaluationScheme, Grade
from awards.views.evaluation_forms import (
    EvaluationSchemeForm,
    ItemFormSet,
    PublishForm,
    ReturnEvaluationForm,
)
from awards.views.evaluations.reading import (
    FILL,
    GRADE,
    MEANWHILE,
    RUN,
    STATES,
    TOWNSHIP_DIGITS,
    asked_township,
    is_run_by,
    narrowed,
    own_scheme,
    scheme_or_404,
    standing,
    states,
    told,
)
from core.periods import between
from core.scope import inside, scope_code
from core.views.access import business_page, page_for
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters.listing import download, workbook
from talent.views.sheet import Cell, Choice, Sheet, answer, upload_button
from talent.views.sheet import narrowed as narrowed_to_township

PUBLISHED, RUNNING = "published", "running"
KIND = Choice("kind", "考核对象：全部", tuple(EvaluationScheme.Kind.choices))
PROGRESS = Choice("state", "进展：全部", ((RUNNING, "进行中"), (PUBLISHED, "已公布")))
GRADES_SHOWN = (Grade.EXCELLENT, Grade.UNFIT)
SCHEMES = (("方案", 30), ("进展", 16), ("考核对象（个）", 12), ("已定等次（个）", 12))
DATES = (("数据时点", 12), ("开始", 12), ("截止", 12), ("方案文号", 24))
Part, Source = EvaluationItem.Part, EvaluationItem.Source
HEAD = (("乡镇", 12), ("村（社区）", 14), ("对象", 12), ("职务（身份）", 20))
TAIL = (
    ("总分", 8),
    ("乡镇内名次", 10),
    ("一票否决", 20),
    ("按分数应为", 10),
    ("乡镇建议等次", 12),
    ("等次", 10),
    ("定等次日期", 12),
    ("进度", 16),
)


@business_page
def listed(request):
    """Every scheme begun by the date, narrowed by year, kind and whether it is announced; `?division=` counts one township."""
    begun = EvaluationScheme.objects.visible_to(request.user).begun(request.on)
    years = begun.order_by("-year").values_list("year", flat=True).distinct()
    year = Choice("year", "考核年度：全部", tuple((one, f"{one} 年度") for one in years))
    rows, progress = _counted(request, begun), PROGRESS.asked(request)
    if asked := year.asked(request):
        rows = rows.filter(between(int(asked), int(asked), "year"))
    if kind := KIND.asked(request):
        rows = rows.filter(kind=kind)
    found = [row for row in rows if progress in ("", PUBLISHED if row.was_published(request.on) else RUNNING)]
    columns = (*SCHEMES, *((f"{grade.label}（个）", 10) for grade in GRADES_SHOWN), *DATES)
    sheet_of = Sheet("考核评价", "个方案", columns, [_listed_line(row, request.on) for row in found], _none(request))
    return answer(request, sheet_of, choices=(year, KIND, PROGRESS), buttons=_listed_buttons(request))


def _counted(request, schemes):
    """The schemes in order with how many are evaluated and graded."""
    seen = narrowed_to_township(request, Evaluation.objects.filter(scheme=OuterRef("pk"))).order_by()
    graded = seen.known_to(scope_code(request.user), request.on)
    return schemes.annotate(
        all=_of(seen), graded=_of(graded), **{grade.value: _of(graded.filter(grade_on=grade)) for grade in GRADES_SHOWN}
    ).order_by("-year", "kind", "pk")  # fmt: skip


def _listed_line(row, on):
    is_out = row.was_published(on)
    state = Cell(f"{row.published_on:%Y-%m-%d} 公布" if is_out else "进行中", tag="ok" if is_out else "blue")
    return [
        Cell(str(row), reverse("evaluation_scheme", args=[row.pk]), wrap=True), state, Cell(row.all), Cell(row.graded),
        *(Cell(getattr(row, grade.value)) for grade in GRADES_SHOWN), Cell(f"{row.as_of:%Y-%m-%d}"),
        Cell(f"{row.opens:%Y-%m-%d}"), Cell(f"{row.closes:%Y-%m-%d}"), Cell(row.document_no),
    ]  # fmt: skip


def _none(request):
    if any(request.GET.get(choice) for choice in ("year", "kind", "state")):
        return "没有符合条件的考核方案，换一个筛选条件看看。"
    if request.user.has_perm("awards.add_evaluationscheme"):
        return f"{request.on:%Y-%m-%d} 还没有考核方案。点右上角“新建考核方案”，系统按台账列出考核对象。"
    return f"{request.on:%Y-%m-%d} 还没有考核方案。县委组织部建立以后，本乡镇的考核对象列在这里。"


def _listed_buttons(request):
    found = upload_button(request, "evaluations", "上传考核得分汇总表")
    if not request.user.has_perm("awards.add_evaluationscheme"):
        return found
    return [
        *found, *upload_button(request, "evaluation_items", "上传考核指标表"),
        {"label": "新建考核方案", "url": reverse("evaluation_new"), "main": True},
    ]  # fmt: skip


def _of(rows):
    return Coalesce(Subquery(rows.values("scheme_id").annotate(found=Count("pk")).values("found")), 0)


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
    scheme = own_scheme(request, pk)
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
    scheme = own_scheme(request, pk)
    return told(
        request,
        pk,
        lambda: (
            f"已按 {scheme.as_of:%Y-%m-%d} 的台账核对，补上 {actions.prepare_evaluations(scheme, by=request.user)} 个对象。"
        ),
    )


@business_page
def scheme_page(request, pk):
    return render(request, "awards/evaluations/scheme.html", _context(request, scheme_or_404(request, pk)))


def _context(request, scheme, **forms):
    found, code = standing(request, scheme, request.on), asked_township(request)
    asked = {name: request.GET.get(name, "") for name in ("state", "grade")}
    lines = narrowed(found, code, asked)
    own = scope_code(request.user) or ""
    runs = is_run_by(request.user, scheme)
    return {
        "scheme": scheme,
        "items": list(scheme.items.order_by("pk")),
        "progress": _progress(scheme, found),
        **page_of(request, lines, 100),
        "townships": townships(request.user),
        "code": code if len(own) < TOWNSHIP_DIGITS else "",
        "asked": asked,
        "states": states(request.user).items(),
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


def _progress(scheme, found):
    """One line a township: how far its evaluations are, the grades given and the places for 优秀."""
    groups = {}
    for line in found:
        groups.setdefault(line.row.village.township, []).append(line)
    return [_township(scheme, township, lines) for township, lines in groups.items()]


def _township(scheme, township, lines):
    counted, grades = Counter(line.state for line in lines), Counter(line.grade_on for line in lines)
    return {
        "township": township,
        "all": len(lines),
        "states": [counted[state] for state in STATES],
        "grades": [grades[grade.value] for grade in Grade],
        "places": scoring.places(len(lines), scheme.excellent_percent),
        "returned": next((line.row.returned_for for line in lines if line.row.returned_for), ""),
    }


@require_POST
@page_for(FILL)
def hand_in(request, pk):
    """The township hands its evaluations in."""
    scheme, code = scheme_or_404(request, pk), scope_code(request.user) or ""
    if len(code) != TOWNSHIP_DIGITS:
        raise PermissionDenied
    return told(
        request, pk,
        lambda: f"已报县里：{len(actions.hand_in_evaluations(scheme, code, on=request.on, by=request.user))} 个对象。",
    )  # fmt: skip


@require_POST
@page_for(GRADE)
def give_back(request, pk):
    """The county returns a township's evaluations."""
    scheme, code = own_scheme(request, pk), asked_division(request) or ""
    form = ReturnEvaluationForm(request.POST)
    if not form.is_valid() or len(code) != TOWNSHIP_DIGITS or not inside(code, scheme.division_id):
        messages.error(request, "没有退回：请在“定等次”页选好乡镇，写明退回原因（至少 2 个字）。")
        return redirect("evaluation_scheme", pk=pk)
    reason = form.cleaned_data["reason"]
    return told(
        request,
        pk,
        lambda: f"已退回 {len(actions.return_evaluations(scheme, code, reason=reason, by=request.user))} 个对象。",
    )


@require_POST
@page_for(RUN)
def publish(request, pk):
    """Announce the results."""
    scheme, form = own_scheme(request, pk), PublishForm(request.POST)
    if form.is_valid():
        on = form.cleaned_data["on"]
        return told(
            request,
            pk,
            lambda: (
                actions.publish_evaluation(scheme, on=on, by=request.user) and f"已公布{scheme}结果（{on:%Y-%m-%d}）。"
            ),
        )
    return render(request, "awards/evaluations/scheme.html", _context(request, scheme, publish=form), status=400)


@business_page
def sheet(request, pk):
    """The scheme as Excel, narrowed as on the page."""
    scheme = scheme_or_404(request, pk)
    items = list(scheme.items.order_by("pk"))
    asked = {name: request.GET.get(name, "") for name in ("state", "grade")}
    lines = narrowed(standing(request, scheme, request.on), asked_township(request), asked)
    headings = (*HEAD, *((f"{item.title}{_unit(item)}", 14) for item in items if item.part != Part.VETO), *TAIL)
    title = f"{scheme}得分和等次"
    told = f"数据时点 {scheme.as_of:%Y-%m-%d}，得分和等次截至 {request.on:%Y-%m-%d}"
    rows = [_row(items, line) for line in lines]
    return download(workbook(title, headings, rows, by=request.user.name, told=told), f"{title}.xlsx")


def _unit(item):
    return f"（权重{item.weight}）" if item.part == Part.SCORE else f"（{item.get_part_display()}）"


def _row(items, line):
    row = line.row
    cells = [_cell(line, item) for item in items if item.part != Part.VETO]
    return (
        row.village.township.name, row.village.name, row.name, row.post, *cells,
        None if line.total is None else float(line.total), line.rank, "、".join(line.vetoes), line.suggested_label,
        row.get_proposed_display(),
        line.grade_label, f"{row.graded_on:%Y-%m-%d}" if line.grade_on else "", line.state_label,
    )  # fmt: skip


def _cell(line, item):
    if item.source == Source.BALLOTS:
        points = line.share
    else:
        score = line.scores.get(item.pk)
        points = score.points if score else None
    return None if points is None else float(points)
