"""Periodic checks: the list, a new one, one check with its findings, one finding followed up until it is closed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from awards import actions
from awards.models import Inspection, InspectionFinding, InspectionFollowUp
from awards.views.evaluation_forms import CloseFindingForm, FindingForm, FollowUpForm, InspectionForm
from core.periods import dated_by
from core.scope import inside
from core.views.access import business_page, page_for
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters.listing import download, workbook
from talent.views.sheet import Cell, Choice, Sheet, as_excel, excel, narrowed

MEANWHILE = "同样的内容刚刚已经登记，没有重复保存。请刷新后看一看。"
STATES = {"open": "未销号", "late": "逾期未销号", "closed": "已销号"}
CSS = {"open": "warn", "late": "bad", "closed": "ok"}
KIND = Choice("kind", "方式：全部", tuple(Inspection.Kind.choices))
LATE = Choice("state", "进度：全部", (("open", "没有到期"), ("late", "逾期未销号")))
CHECKS = (("检查", 30), ("方式", 10), ("日期", 12), ("检查人员", 24), ("通知文号", 20), ("问题", 8), ("未销号", 8))
HEADINGS = (
    ("检查", 28), ("检查日期", 12), ("乡镇", 12), ("村（社区）", 14), ("检查事项", 20), ("发现的问题", 40), ("整改责任人", 12), ("整改期限", 12),
    ("进度", 12), ("销号日期", 12), ("整改结果", 40),
)  # fmt: skip


@business_page
def listed(request):
    """What is open of all checks, and below every check by the date: narrowed by township, kind of check, how late and words."""
    checks, lines = _checks(request), _open_lines(request)
    if "xlsx" in request.GET:
        findings = Sheet(
            "没有销号的问题", "个问题", HEADINGS, [[Cell(text) for text in _row(line)] for line in lines], ""
        )
        return excel(
            request, "监督检查", findings, Sheet("历次检查", "次", CHECKS, [_check_row(row) for row in checks], "")
        )
    choices = [choice.shown(request) for choice in (KIND, LATE)]
    words, code = request.GET.get("q", ""), asked_division(request) or ""
    context = {
        "checks": checks, **page_of(request, lines, 100), "choices": choices, "words": words, "xlsx": as_excel(request),
        "townships": townships(request.user), "code": code,
        "is_narrowed": bool(words or code or any(choice["on"] for choice in choices)),
    }  # fmt: skip
    return render(request, "awards/inspections/list.html", context)


def _checks(request):
    """Every check by the date, with what was found in the area and what of it is open."""
    of_check = narrowed(request, InspectionFinding.objects.filter(inspection=OuterRef("pk"))).order_by()
    rows = Inspection.objects.visible_to(request.user).filter(dated_by(request.on, "on"))
    if kind := KIND.asked(request):
        rows = rows.filter(kind=kind)
    rows = rows.annotate(found=_of(of_check), open=_of(of_check.open(request.on)))
    return list(rows.order_by("-on", "-pk"))


def _open_lines(request):
    """What is open in the area, as it is shown; the first due first."""
    rows = narrowed(request, InspectionFinding.objects.all()).open(request.on)
    if kind := KIND.asked(request):
        rows = rows.filter(inspection__kind=kind)
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(
            Q(problem__contains=words) | Q(responsible__contains=words) | Q(village__name__contains=words)
        )
    late = LATE.asked(request)
    rows = rows.select_related("inspection", "item", "village__township").order_by("due", "pk")
    return [line for line in _shown(rows, request.on) if late in ("", line["state"])]


def _check_row(row):
    return [
        Cell(text) for text in (
            row.name, row.get_kind_display(), f"{row.on:%Y-%m-%d}", row.inspectors, row.document_no, row.found, row.open,
        )
    ]  # fmt: skip


def _of(rows):
    return Coalesce(Subquery(rows.values("inspection_id").annotate(found=Count("pk")).values("found")), 0)


def _shown(rows, on):
    lines = [{"row": row, "state": _state(row, on)} for row in rows]
    for line in lines:
        line["word"], line["css"] = STATES[line["state"]], CSS[line["state"]]
    return lines


def _state(row, on):
    if row.closed_on and row.closed_on <= on:
        return "closed"
    return "late" if row.due < on else "open"


@page_for("awards.add_inspection")
def new(request):
    form = InspectionForm(request.POST or None, division=request.user.division, initial={"on": request.on})
    if request.method == "POST" and form.is_valid():
        told, titles = f"已登记{form.instance.name}。发现的问题在这一页登记。", form.cleaned_data["titles"]
        if _did(request, form, lambda: actions.inspect(form.instance, titles, by=request.user), told):
            return redirect("inspection", pk=form.instance.pk)
    return render(request, "awards/inspections/new.html", {"form": form}, status=400 if form.errors else 200)


@business_page
def inspection(request, pk):
    """One check with what was found, narrowed by township and progress; the county enters a finding."""
    held = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    may = request.user.has_perm("awards.add_inspectionfinding") and inside(held.division_id, request.user.division_id)
    form = FindingForm(request.POST or None, held=held, user=request.user) if may else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            row = form.instance
            told = f"已登记{row.village.name}的问题，{row.due:%Y-%m-%d} 前整改。"
            if _did(request, form, lambda: actions.find_problems([row], by=request.user), told):
                return redirect("inspection", pk=pk)
    code, state = asked_division(request) or "", request.GET.get("state", "")
    lines = _lines(request, held, code, state)
    context = {
        "held": held, "items": held.items.order_by("pk"), "form": form, **page_of(request, lines, 100),
        "townships": townships(request.user), "code": code, "state": state, "states": STATES.items(),
    }  # fmt: skip
    return render(
        request, "awards/inspections/one.html", context, status=400 if form is not None and form.errors else 200
    )


def _lines(request, held, code, state):
    rows = InspectionFinding.objects.visible_to(request.user).filter(inspection=held)
    rows = rows.select_related("inspection", "item", "village__township").order_by("village_id", "pk")
    lines = _shown(rows, request.on)
    return [
        line
        for line in lines
        if inside(line["row"].village_id, code or line["row"].village_id) and state in ("", line["state"])
    ]


@business_page
def sheet(request, pk):
    """The findings of a check as Excel, narrowed as on the page."""
    held = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    lines = _lines(request, held, asked_division(request) or "", request.GET.get("state", ""))
    title = f"{held.name}问题清单"
    rows = [_row(line) for line in lines]
    told = f"进度截至 {request.on:%Y-%m-%d}"
    return download(workbook(title, HEADINGS, rows, by=request.user.name, told=told), f"{title}.xlsx")


def _row(line):
    row, closed = line["row"], line["state"] == "closed"
    return (
        row.inspection.name, f"{row.inspection.on:%Y-%m-%d}", row.village.township.name, row.village.name, row.item.title,
        row.problem, row.responsible, f"{row.due:%Y-%m-%d}", line["word"], f"{row.closed_on:%Y-%m-%d}" if closed else "",
        row.result if closed else "",
    )  # fmt: skip


def _finding(request, pk):
    rows = InspectionFinding.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("inspection", "item", "village__township"), pk=pk)


@business_page
def finding(request, pk):
    """One finding with its follow-up; the township and the county add to it while it is open."""
    row = _finding(request, pk)
    form = _follow_form(request, row)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _did(
            request, form, lambda: actions.follow_up(form.instance, by=request.user), "已登记整改进展。"
        ):
            return redirect("inspection_finding", pk=pk)
    return _finding_page(request, row, form)


def _follow_form(request, row):
    if not request.user.has_perm("awards.follow_inspectionfinding") or row.closed_on:
        return None
    step = InspectionFollowUp(finding=row, by_unit=request.user.division.name)
    posted = (
        request.POST if request.method == "POST" and request.resolver_match.url_name == "inspection_finding" else None
    )
    return FollowUpForm(posted, instance=step, initial={"on": request.on})


def _did(request, form, do, told):
    try:
        with transaction.atomic():
            do()
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    except IntegrityError:
        form.add_error(None, MEANWHILE)
        return False
    messages.success(request, told)
    return True


def _finding_page(request, row, form, closing=None):
    may_close = request.user.has_perm("awards.change_inspectionfinding") and row.closed_on is None
    if may_close and closing is None:
        closing = CloseFindingForm(initial={"on": request.on})
    context = {
        "row": row, "form": form, "closing": closing, "steps": row.follow_ups.filter(dated_by(request.on, "on")).order_by("on", "pk"),
        **_shown([row], request.on)[0],
    }  # fmt: skip
    wrong = any(one is not None and one.errors for one in (form, closing))
    return render(request, "awards/inspections/finding.html", context, status=400 if wrong else 200)


@require_POST
@page_for("awards.change_inspectionfinding")
def close(request, pk):
    """The county closes a finding (销号)."""
    row, form = _finding(request, pk), CloseFindingForm(request.POST)
    if form.is_valid() and _did(
        request, form, lambda: actions.close_finding(row, **form.cleaned_data, by=request.user), "已销号。"
    ):
        return redirect("inspection_finding", pk=pk)
    return _finding_page(request, row, _follow_form(request, row), form)
