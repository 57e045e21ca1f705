"""What the worker does for rosters: reads received files, commits large ones, takes large batches back."""

from django.urls import reverse

from core import jobs
from core.scope import inside
from rosters import daily, importer
from rosters.importer import delivery
from rosters.importer.delivery import COMMIT, READ
from rosters.importer.undoing import UNDO
from rosters.models import Upload


def _page(job):
    return reverse("roster_progress", args=[job.first_id or job.pk])


def _names(found):
    uploads = Upload.objects.filter(pk__in=[job.target_id for job in found]).values_list("pk", "filename")
    names = dict(uploads)
    return {job.pk: names.get(job.target_id, "") for job in found}


def _read(job):
    jobs.say("读取")
    kept = importer.read_received(job.target_id)
    if delivery.WISH in job.args:
        return _settle(kept, importer.Wish(**job.args[delivery.WISH]), job.by)
    return None


def _settle(kept, wish, by):
    """Rows that another system gave. Its token may have been for less than its account is: for the upload's division."""
    if not inside(kept.division_id, by.division_id):
        raise jobs.Failed("这个接口账号已经不管这个单位，没有写入任何内容。")
    by.division = kept.division
    try:
        confirmed = importer.settle(kept, wish, by=by)
    except importer.NotNow as error:
        raise jobs.Failed(str(error)) from error
    return confirmed.state if confirmed else None


def _commit(job):
    """Returns how it ended: done, already, submitted, held, or changed when the preview is to be looked at again."""
    try:
        upload = Upload.objects.defer("content").get(pk=job.target_id)
        return importer.confirm(upload, by=job.by, shown=job.args.get("shown", "")).state
    except importer.NotNow as error:
        raise jobs.Failed(str(error)) from error


def _undo(job):
    """Returns how it ended: done, already, or changed when what would be taken back is to be looked at again."""
    try:
        upload = Upload.objects.defer("content").get(pk=job.target_id)
        return importer.undo(upload, by=job.by, shown=job.args.get("shown", "")).state
    except importer.NotNow as error:
        raise jobs.Failed(str(error)) from error


def _drop_unread(found, *, by):
    importer.drop_unread([job.target_id for job in found], by=by)


def _leave(found, *, by):
    """A commit or an undo that was taken back leaves the upload as it was, to be looked at."""


jobs.daily(daily.remind)
jobs.daily(daily.purge)
jobs.register(jobs.Kind(READ, "读取名册", run=_read, page=_page, names=_names, dropped=_drop_unread))
jobs.register(jobs.Kind(COMMIT, "名册入库", run=_commit, page=_page, names=_names, dropped=_leave))
jobs.register(jobs.Kind(UNDO, "撤销入库", run=_undo, page=_page, names=_names, dropped=_leave))
