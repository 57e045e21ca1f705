"""核对: upload another office's roster, look at what differs, take it away."""

from pathlib import PurePosixPath

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core import audit
from core.dates import parse_date
from core.scope import scope_code
from core.text import plain
from rosters import offered, reconcile, reconcile_sheet
from rosters.limits import MAX_BYTES, MEGABYTE, Refused
from rosters.models import ReconciledRow, Reconciliation
from rosters.views import targets
from rosters.views.access import roster_or_404, roster_page, workbook_response

COUNTY_DIGITS = 6
ROWS_PER_PAGE = 200
RECENT = 20


@roster_page
def file_upload(request):
    """Choose (GET) and compare (POST) a file; the last comparisons stand below."""
    if len(scope_code(request.user) or "") < COUNTY_DIGITS:
        return render(request, "rosters/reconcile_upload.html", {"above_county": True}, status=403)
    kinds = reconcile.kinds(request.user)
    context = {
        "groups": offered.grouped(kinds),
        "targets": targets.to_compare(request, kinds),
        "today": timezone.localdate(),
        "megabytes": MAX_BYTES // MEGABYTE,
    }
    context["recent"] = Reconciliation.objects.visible_to(request.user).select_related("by", "division")[:RECENT]
    if request.method != "POST":
        return render(request, "rosters/reconcile_upload.html", context)
    file, kind = request.FILES.get("file"), request.POST.get("kind", "")
    as_of = parse_date(request.POST.get("as_of") or timezone.localdate().isoformat())
    target_id = targets.compared(context["targets"], kind)
    problem = _problem(file, kind, as_of, kinds, target_id)
    if not problem:
        try:
            found = reconcile.reconcile(
                by=request.user, kind=kind, filename=file.name, content=file.read(), as_of=as_of, target_id=target_id
            )
            return redirect("reconcile", found.pk)
        except Refused as refused:
            problem = refused.message
    return render(request, "rosters/reconcile_upload.html", {**context, "problem": problem}, status=400)


def _problem(file, kind, as_of, kinds, target_id):
    if file is None:
        return "还没有选择文件，或者文件太大。"
    if kind not in {roster.slug for roster in kinds}:
        return "请选择名册种类。"
    target = next(roster.target for roster in kinds if roster.slug == kind)
    if target and target_id is None:
        return f"请选择{target.label}，再核对。"
    return "" if as_of else "“按哪一天核对”请填一个日期，如 2024-12-31。"


def reconciliation_or_404(request, pk):
    """The comparison in the user's scope, or 404."""
    found = Reconciliation.objects.visible_to(request.user).select_related("by", "division")
    return get_object_or_404(found, pk=pk)


@roster_page
@require_GET
def found(request, pk):
    """Who differs where and why, who is on one side only."""
    kept = reconciliation_or_404(request, pk)
    roster = roster_or_404(kept.kind)
    states = dict(ReconciledRow.State.choices)
    shown = request.GET.get("show", ReconciledRow.State.DIFFERENT.value)
    rows = kept.rows.filter(state=shown) if shown in states else kept.rows.all()
    page = Paginator(rows.order_by("order"), ROWS_PER_PAGE).get_page(request.GET.get("p"))
    total = sum(kept.counts.values())
    chips = [(key, label, kept.counts.get(key, 0), key == shown) for key, label in states.items()]
    context = {
        "kept": kept,
        "roster": roster,
        "page": page,
        "lines": [reconcile_sheet.line(roster, row) for row in page],
        "chips": [*chips, ("all", "全部", total, shown not in states)],
        "shown": shown,
        "total": total,
        "may_export": request.user.has_perm(roster.export_permission),
        "problem": request.session.pop("reconcile_problem", ""),
    }
    return render(request, "rosters/reconcile.html", context)


@roster_page
def workbook(request, pk):
    """The comparison as a workbook: numbers masked (GET), or in full for a reason (POST)."""
    kept = reconciliation_or_404(request, pk)
    roster = roster_or_404(kept.kind)
    full = request.method == "POST"
    reason = plain(request.POST.get("reason", ""))
    if full and not (reason and request.user.has_perm(roster.export_permission)):
        request.session["reconcile_problem"] = "号码完整的核对表要写明用途，才能下载。"
        return redirect("reconcile", pk)
    if full:
        told = {"rows": sum(kept.counts.values())}
        audit.record(by=request.user, verb="export", obj=kept, after=told, reason=reason)
    content = reconcile_sheet.workbook(kept, roster, by=request.user, full=full)
    return workbook_response(content, f"{PurePosixPath(kept.filename).stem}（核对结果）.xlsx")
