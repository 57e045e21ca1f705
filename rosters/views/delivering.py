"""What is done while somebody waits at the page, and what the worker does: small things now, the rest with a progress bar."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core import jobs
from core.models import Job
from rosters import importer
from rosters.importer import delivery
from rosters.importer.undoing import UNDO
from rosters.limits import MAX_BYTES, MEGABYTE

SMALL = 300 * 1024  # bytes of a file that is read while the page waits: some hundred rows, about a second
FEW_ROWS = 2_000  # that are written while the page waits
# So many requests at a time, over all web processes: at the deadline the others stay free to show pages.
READING = 2
WRITING = 2
PATIENCE = 1.5  # seconds that a page waits for its county's turn to write


def by_script(request):
    """True for a part of a folder, sent by static/folder.js."""
    return request.headers.get("Accept") == "application/json"


def refuse(request, context, problem):
    """The upload page again with what is wrong; the same as JSON for the script."""
    if by_script(request):
        return JsonResponse({"problem": problem}, status=400)
    return render(request, "rosters/upload.html", {**context, "problem": problem}, status=400)


def deliver(request, context, files):
    """Take in the files of a POST: one small file is read now, everything else is received for the worker."""
    alone = len(files) == 1 and not by_script(request)
    kept = read_now(request.user, files[0]) if alone else None
    if kept:
        return redirect("roster_preview", kept.pk)
    wanted, skipped = (files, []) if alone else delivery.sort_out(files)
    skipped += _left_at_home(request)
    first = _first(request)
    if not wanted and first is None:
        return refuse(request, context, f"{len(skipped)} 个文件都不是名册（{skipped[0][1]}等），没有读取。")
    first = delivery.deliver(wanted, skipped, by=request.user, first=first)
    if first is None:
        most = f"一次最多 {delivery.MOST_FILES} 个文件、合计 {delivery.MOST_BYTES // MEGABYTE} MB"
        return refuse(request, context, f"{most}，请把文件夹分几次上传。")
    page = reverse("roster_progress", args=[first.pk])
    return JsonResponse({"batch": first.pk, "page": page}) if by_script(request) else redirect(page)


def read_now(user, file):
    """The upload, read; None when that is work for the worker. Without a worker nothing that is small waits."""
    if SMALL < len(file["content"]) <= MAX_BYTES:  # what is larger is refused without being opened
        return None
    with jobs.slot("roster_read", READING) as free:
        if free or not jobs.workers_running():
            return importer.upload(by=user, **file)
    return None


def _left_at_home(request):
    """[[name, why]] of the folder's files that the script did not send."""
    names, sizes = request.POST.getlist("skipped"), request.POST.getlist("skipped_size")
    given = zip(names, sizes, strict=False)
    told = [(name, delivery.skipped_because(name, int(size) if size.isdecimal() else 0)) for name, size in given]
    return [[importer.path_name(name), why or "没有上传"] for name, why in told]


def _first(request):
    """The first job of the user's own lot that this POST goes on with, or None."""
    batch = request.POST.get("batch", "")
    if not (batch.isascii() and batch.isdecimal()) or len(batch) > 18:
        return None
    return Job.objects.filter(pk=batch, by=request.user, kind=delivery.READ, first=None).first()


def confirm(kept, *, by, choices, shown):
    """Commit now: Confirmed; or, what is large or would have to wait long, by the worker: its Job. Raises NotNow."""
    return _now_or_later(
        kept.writes > FEW_ROWS,
        lambda: importer.confirm(kept, by=by, choices=choices, shown=shown),
        lambda: _commit_later(kept, by, choices, shown),
    )


def undo(kept, *, by, shown):
    """Take a batch back now: Undone; or, a large one or one that would have to wait long, by the worker: its Job.

    Raises NotNow."""
    return _now_or_later(
        importer.is_large(kept),
        lambda: importer.undo(kept, by=by, shown=shown),
        lambda: jobs.enqueue(
            UNDO, by=by, target_id=kept.pk, size=max(importer.changes_of(kept), 1), args={"shown": shown}
        ),
    )


def _now_or_later(large, now, later):
    """`now()`, or `later()` for what is large or whose turn does not come soon. Without a worker nothing small waits."""
    if large:
        return later()
    with jobs.slot("roster_confirm", WRITING) as free:
        if not jobs.workers_running():
            return now()
        if not free:
            return later()
        try:
            with importer.patience(PATIENCE):
                return now()
        except importer.Busy:
            return later()


def _commit_later(kept, by, choices, shown):
    if choices is not None:
        importer.choose(kept, choices, by=by)
    size = max(kept.rows_total, 1)
    return jobs.enqueue(delivery.COMMIT, by=by, target_id=kept.pk, size=size, args={"shown": shown})
