"""Putting uploads away: dropped by hand, or gone when their day has come."""

from django.db import transaction

from core import audit
from rosters.importer.reviewing import changeable
from rosters.models import Upload, UploadRow


@transaction.atomic
def drop(upload, *, by):
    """Put away an upload that is not to be committed. Returns False when it was handed in meanwhile, or is another's to correct."""
    statuses = changeable(upload, by, Upload.EDITABLE)
    dropped = Upload.objects.filter(pk=upload.pk, status__in=statuses).update(status=Upload.Status.DROPPED)
    if dropped:
        audit.record(by=by, verb="change", obj=upload, after={"status": Upload.Status.DROPPED}, batch=upload.pk)
    return bool(dropped)


@transaction.atomic
def drop_unread(pks, *, by):
    """Put away files that wait to be read, with their jobs taken back. What was read meanwhile stays."""
    waiting = Upload.objects.filter(pk__in=pks, status=Upload.Status.QUEUED).defer("content")
    dropped = list(waiting.select_for_update().order_by("pk"))
    Upload.objects.filter(pk__in=[kept.pk for kept in dropped]).update(status=Upload.Status.DROPPED)
    after = [audit.Snapshot(status=Upload.Status.DROPPED)] * len(dropped)
    audit.record_all(dropped, after=after, by=by, verb="change")


@transaction.atomic
def purge(on):
    """Let go of files and row contents whose day has come; counts, who and when stay. Returns how many files went.

    The journal of what a batch wrote stays too: a batch can be taken back after its file is gone."""
    going = list(Upload.objects.expired(on).defer("content").select_for_update().order_by("pk"))
    rows = UploadRow.objects.filter(upload__in=going)
    rows.filter(upload__status__in=Upload.WRITTEN).update(values=None, typed=None, corrections=None, diff=None)
    rows.exclude(upload__status__in=Upload.WRITTEN).delete()
    gone = Upload.objects.filter(pk__in=[kept.pk for kept in going])
    open_still = [Upload.Status.QUEUED, *Upload.EDITABLE, Upload.Status.SUBMITTED]
    gone.filter(status__in=open_still).update(status=Upload.Status.DROPPED)
    gone.update(content=None)
    return len(going)
