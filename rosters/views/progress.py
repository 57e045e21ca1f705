"""How far the worker is with files that were received, with a large commit or the undo of one."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from core import jobs
from core.models import Job
from core.views.jobs import remaining_words
from rosters import spec
from rosters.importer.delivery import COMMIT, READ
from rosters.importer.undoing import UNDO
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
UNDO_ENDS = {
    "done": ("ok", "已恢复 {taken} 处。", "看撤销结果", True),
    "already": ("ok", "这一批先前已经撤销，没有再做一次。", "看撤销结果", True),
    "changed": ("warn", "打开撤销页之后数据有了变化，还没有撤销，请再看一遍。", "再看一遍", False),
}
COMMIT_WORDS = {
    "bar": "入库进度",
    "received": "要入库的已记下",
    "begins": "开始入库",
    "waits": "排队等候入库",
    "cancelled": "已取消，没有写入任何内容。",
    "failed": "没有入库。",
    "back": "回到核对",
}
UNDO_WORDS = {
    "bar": "撤销进度",
    "received": "要撤销的已记下",
    "begins": "开始撤销",
    "waits": "排队等候撤销",
    "cancelled": "已取消，什么都没有撤销。",
    "failed": "没有撤销。",
    "back": "回到撤销页",
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
    def title(self):
        """The kind that the file was taken for; "" until it is read."""
        read = self.job.status == Job.Status.DONE and not self.is_refused and self.upload
        return spec.get(self.upload.kind).title if read and self.upload.kind else ""

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
    first = Job.objects.visible_to(request.user).filter(pk=pk, first=None, kind__in=PARTS).first()
    if first is None:
        raise Http404
    found = list(Job.objects.together(first).select_related("by"))
    context = {"first": first, "jobs": found, **_state(found), **PARTS[first.kind](found)}
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
    job, upload = _alone(found)
    context = {"upload": upload, "job": job, "words": COMMIT_WORDS, "back": reverse("roster_preview", args=[upload.pk])}
    if job.status != Job.Status.DONE:
        return context
    css, words, label, to_result = ENDS.get(job.outcome, ENDS["done"])
    address = reverse("roster_result", args=[upload.pk]) if to_result else context["back"]
    return {**context, "end": _end(job, css, words.format(rows=upload.writes), label, address)}


def _undo(found):
    job, upload = _alone(found)
    context = {"upload": upload, "job": job, "words": UNDO_WORDS, "back": reverse("roster_undo", args=[upload.pk])}
    if job.status != Job.Status.DONE:
        return context
    css, words, label, to_result = UNDO_ENDS.get(job.outcome, UNDO_ENDS["done"])
    if not (to_result and upload.status == Upload.Status.UNDONE):
        return {**context, "end": _end(job, css, words.format(taken=job.size), label, context["back"])}
    batch = upload.undone_by
    address = reverse("roster_result", args=[batch.pk])
    return {**context, "end": _end(job, css, words.format(taken=batch.count("taken")), label, address)}


def _alone(found):
    """The one job of its kind and the batch that it works on."""
    job = found[0]
    job.name = ""  # the page's heading
    return job, Upload.objects.defer("content", "tables").get(pk=job.target_id)


def _end(job, css, words, label, address):
    return {
        "css": css,
        "words": words,
        "label": label,
        "link": f"{address}?renewed=1" if job.outcome == "changed" else address,
    }


PARTS = {READ: _files, COMMIT: _commit, UNDO: _undo}
