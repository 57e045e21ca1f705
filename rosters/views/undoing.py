"""Undoing a batch: what would be taken back and what stays, then doing it; and what became of it."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from core import jobs
from core.admin.history import changes
from core.models import Job
from rosters import importer
from rosters.importer.undoing import UNDO
from rosters.models import Upload
from rosters.views import delivering
from rosters.views.access import roster_or_404, roster_page, upload_or_404

KEPT_PER_PAGE = 100
VERBS = {"create": "重新建立", "delete": "删除", "change": "改回"}


@roster_page
def undo(request, pk):
    """See what taking back this batch would do (GET), and do it (POST), at once or by the worker."""
    kept = upload_or_404(request, pk)
    if kept.status == Upload.Status.UNDONE:
        return redirect("roster_result", kept.undone_by.pk)
    if importer.why_not_undo(kept, request.user):
        return redirect("roster_result", pk)
    job = waiting(kept)
    if job is not None:
        return _to_progress(request, kept, job)
    try:
        if request.method == "POST":
            undone = delivering.undo(kept, by=request.user, shown=request.POST.get("shown", ""))
            if isinstance(undone, Job):
                return _to_progress(request, kept, undone)
            if undone.state != "changed":
                return redirect("roster_result", undone.upload.pk)
        outlook = importer.look(kept, by=request.user)
    except importer.NotNow as error:
        request.session["roster_problem"] = str(error)
        return redirect("roster_result", pk)
    return render(request, "rosters/undo.html", _looked_at(request, kept, outlook))


def waiting(kept):
    """The job that is to take this batch back, or None."""
    job = jobs.latest(UNDO, kept.pk)
    return job if job and job.is_open else None


def _to_progress(request, kept, job):
    if Job.objects.visible_to(request.user).filter(pk=job.pk).exists():
        return redirect("roster_progress", job.pk)
    request.session["roster_problem"] = "县委组织部正在后台撤销这一批。"
    return redirect("roster_result", kept.pk)


def _looked_at(request, kept, outlook):
    return {
        "upload": kept,
        "roster": roster_or_404(kept.kind),
        "outlook": outlook,
        "lines": [_line(*line) for line in outlook.lines],
        "more_lines": max(outlook.taken - len(outlook.lines), 0),
        "renewed": request.method == "POST" or "renewed" in request.GET,
        "large": importer.is_large(kept),
    }


def _line(entry, model, text):
    """(what happens, to what kind of row, to which, [(label, old, new)])."""
    told = changes(entry, model) if entry.verb == "change" else []
    return VERBS.get(entry.verb, entry.verb_label), model._meta.verbose_name, text, told


def own_result(request, kept):
    """The result of a batch without a file: an undo, or the posts ended of those who are not in a roster."""
    page = Paginator(kept.rows.order_by("order"), KEPT_PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "upload": kept,
        "roster": roster_or_404(kept.kind),
        "page": page,
        "rows": [row.values for row in page],
        "why_not_undo": importer.why_not_undo(kept, request.user),
        "undoing": waiting(kept),
        "problem": request.session.pop("roster_problem", ""),
    }
    return render(request, "rosters/undone.html" if kept.undoes_id else "rosters/ended.html", context)
