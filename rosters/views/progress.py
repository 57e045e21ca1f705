"""How far the worker is with files that were received, or with a large commit."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from core import jobs
from core.models import Job
from core.views.jobs import remaining_words
from rosters.importer.delivery import COMMIT, READ
from rosters.models import Upload
from rosters.views.access import roster_page

POLL = 1  # seconds between two looks of the page
POLL_IDLE = 5  # while no worker runs
# How a commit ended: (css, words, label of the link, whether it leads to the result).
ENDS = {
    "done": ("ok", "已入库 {rows} 行。", "看入库结果", True),
    "already": ("ok", "这份名册先前已经入库，没有再写一次。", "看入库结果", True),
    "submitted": ("ok", "已提交 {rows} 行，等县委组织部审核。", "看提交的名册", False),
    "held": ("warn", "选了“全部无误才入库”，还有行有问题，没有写入任何内容。", "去改正", False),
    "changed": ("warn", "核对之后系统里的数据有了变化，没有写入任何内容，请再核对一次。", "再核对一次", False),
}


@dataclass(frozen=True)
class Line:
    """A file of the lot, and the job that reads it."""

    job: Job
    upload: Upload | None

    @property
    def css(self):
        if self.job.status == Job.Status.DONE:
            return "bad" if self.is_refused else "warn" if self.is_unsure else "ok"
        return {"running": "blue", "failed": "bad"}.get(self.job.status, "same")

    @property
    def is_refused(self):
        return self.upload is not None and self.upload.status == Upload.Status.REFUSED

    @property
    def is_unsure(self):
        return self.upload is not None and self.upload.status == Upload.Status.UNSURE

    @property
    def words(self):
        if self.job.status != Job.Status.DONE:
            return self.job.get_status_display()
        return "未能读取" if self.is_refused else "待对列" if self.is_unsure else "已读取"


@roster_page
@require_GET
def progress(request, pk):
    """The bar of a lot; only its changing part for the script that asks every second."""
    first = Job.objects.visible_to(request.user).filter(pk=pk, first=None, kind__in=(READ, COMMIT)).first()
    if first is None:
        raise Http404
    found = list(Job.objects.together(first).select_related("by"))
    context = {"first": first, "jobs": found, **_state(found), **(_files if first.kind == READ else _commit)(found)}
    asked = request.headers.get("X-Part") == "progress"
    return render(request, "rosters/progress_state.html" if asked else "rosters/progress.html", context)


def _state(found):
    """How many are through, how long it takes yet, and whether anybody works at all."""
    through = sum(1 for job in found if not job.is_open)
    going = through < len(found)
    idle = going and not jobs.workers_running()
    return {
        "through": through,
        "total": len(found),
        "going": going,
        "idle": idle,
        "remaining": remaining_words(jobs.remaining_seconds(found)) if going and not idle else "",
        "poll": (POLL_IDLE if idle else POLL) if going else 0,
        "failed": [job for job in found if job.status == Job.Status.FAILED],
        "waiting": sum(1 for job in found if job.status == Job.Status.WAITING),
        "cancelled": sum(1 for job in found if job.status == Job.Status.CANCELLED),
    }


def _files(found):
    uploads = Upload.objects.defer("content", "tables").in_bulk([job.target_id for job in found])
    lines = [Line(job, uploads.get(job.target_id)) for job in found]
    for line in lines:
        line.job.name = line.upload.filename if line.upload and len(lines) > 1 else ""
    read = [line for line in lines if line.job.status == Job.Status.DONE]
    return {
        "lines": lines,
        "read": len(read),
        "refused": sum(1 for line in read if line.is_refused),
        "unsure": sum(1 for line in read if line.is_unsure),
        "skipped": found[0].args.get("skipped", []),
        "only": lines[0] if len(lines) == 1 else None,
    }


def _commit(found):
    job = found[0]
    upload = Upload.objects.defer("content", "tables").get(pk=job.target_id)
    job.name = ""  # the page's heading
    context = {"upload": upload, "job": job}
    if job.status != Job.Status.DONE:
        return context
    css, words, label, to_result = ENDS.get(job.outcome, ENDS["done"])
    address = reverse("roster_result" if to_result else "roster_preview", args=[upload.pk])
    link = f"{address}?renewed=1" if job.outcome == "changed" else address
    return {**context, "end": {"css": css, "words": words.format(rows=upload.writes), "label": label, "link": link}}
