"""A department's column as a workbook: handed out, handed in filled, looked at, written and taken back. The roster engine
does it; this is the door of those who hand in nothing else, so only their own files of this column are here."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from core.views.pages import page_of
from rosters import importer, listing, spec, writer
from rosters.limits import MAX_BYTES, MEGABYTE
from rosters.models import Upload, UploadRow
from talent.joint_review_column import Column
from talent.views.elections.access import review_page
from talent.views.elections.review import column_or_404

KIND = "joint_review"
CHANGED = "候选人或结论刚刚有变化，下面已重新比较，请再核对后入库。"
Status = Upload.Status


@review_page
@require_GET
def blank(request, pk):
    """The column as a workbook to fill in: who stands, the items, what is said so far; drop-downs for the results."""
    department, roster, code = column_or_404(request, pk), spec.get(KIND), request.user.division_id
    about = roster.target_text(department.pk)
    rows = roster.rows_to_export(code, request.on, department.pk)
    content = writer.template(roster, roster.choices(code, request.on), place=about, rows=rows)
    return listing.download(content, f"{about}联审结论.xlsx")


@review_page
def page(request, pk):
    """The user's latest file of this column and what became of it; POST hands in another, writes, drops or takes back."""
    department = column_or_404(request, pk)
    kept = _latest(request.user, department)
    if request.method == "POST":
        try:
            _do(request, department, kept)
        except importer.NotNow as refused:
            messages.error(request, str(refused))
        except importer.Busy:
            messages.error(request, "县里正在导入另一份名册，请过一会儿再试。")
        return redirect("joint_review_file", pk)
    return render(request, "talent/elections/column_file.html", _shown(request, department, kept))


def _latest(user, department):
    own = Upload.objects.filter(by=user, kind=KIND, target_id=department.pk, undoes=None).defer("content")
    return own.order_by("-pk").first()


def _do(request, department, kept):
    """Carry out the button that was pressed; one of an older page than the latest file does nothing."""
    if "send" in request.POST:
        _take(request, department)
    elif kept is None or request.POST.get("upload") != str(kept.pk):
        messages.error(request, "这份表之后又上传过一份，请按下面显示的办理。")
    elif "confirm" in request.POST:
        done = importer.confirm(kept, by=request.user, shown=request.POST.get("shown", ""))
        if done.state == "changed":
            messages.warning(request, CHANGED)
    elif "drop" in request.POST:
        importer.drop(kept, by=request.user)
    elif "undo" in request.POST:
        importer.undo(kept, by=request.user)


def _take(request, department):
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, "还没有选择文件。请选“下载本栏”得到、填好的 Excel。")
    elif file.size > MAX_BYTES:
        messages.error(request, f"文件超过 {MAX_BYTES // MEGABYTE} MB，请删去图片再上传。")
    else:
        importer.upload(by=request.user, kind=KIND, filename=file.name, content=file.read(), target_id=department.pk)


def _shown(request, department, kept):
    rows = (
        kept.rows.exclude(change=UploadRow.Change.UNCHANGED, outcome=UploadRow.Outcome.ACCEPT)
        if kept
        else UploadRow.objects.none()
    )
    found = page_of(request, rows.order_by("order"))
    labels = {column.field: column.label for column in spec.get(KIND).columns}
    return found | {
        "department": department,
        "round": department.round,
        "waiting": Column(department, request.user.division_id).waiting,
        "upload": kept,
        "is_open": bool(kept and kept.is_open),
        "is_written": bool(kept and kept.status == Status.COMMITTED),
        "unsure": bool(kept and kept.status == Status.UNSURE),
        "lines": [_line(row, labels) for row in found["page"]],
    }


def _line(row, labels):
    values = row.values or {}
    diff = [(labels.get(name, name), old or "（空）", new or "（空）") for name, (old, new) in (row.diff or {}).items()]
    return {
        "row": row,
        "name": values.get("name", ""),
        "item": values.get("review_item", ""),
        "diff": diff,
        "problems": [problem["message"] for problem in row.problems],
    }
