"""Handing work in, taking it back, asking for it again."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from core import audit
from core.jobs import registry
from core.models import Job


def enqueue(kind, *, by, target_id=None, size=1, first=None, place=0, args=None):
    """Hand in a job of the registered `kind`; an open one for the same target is returned instead of a second.

    Part of the caller's transaction: what is rolled back was never handed in."""
    registry.get(kind)
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=kind, by=by, division_id=by.division_id, target_id=target_id, size=size, first=first,
                place=place, args=args or {},
            )  # fmt: skip
    except IntegrityError:
        found = Job.objects.open().filter(kind=kind, target_id=target_id).first()
        if found is None:
            raise
        return found


def enqueue_all(kind, targets, *, by, first=None, place=0, args=None):
    """Hand in a job for each of the new rows `targets`, as one lot with `first` or with the first of them, which gets `args`.

    Returns the first job of the lot."""
    left = list(targets)
    if first is None and left:
        first = enqueue(kind, by=by, target_id=left.pop(0), args=args)
        place = 1
    Job.objects.bulk_create(
        Job(kind=kind, by=by, division_id=by.division_id, target_id=target, first=first, place=place + number)
        for number, target in enumerate(left)
    )
    return first


def latest(kind, target_id):
    """The newest job of a kind for one row, or None."""
    return Job.objects.filter(kind=kind, target_id=target_id).order_by("-pk").first()


@transaction.atomic
def cancel(jobs, *, by):
    """Take back what has not begun or has failed; what runs is asked to stop at its next step. Returns how many."""
    locked = list(jobs.select_for_update(of=("self",)).order_by("pk"))
    now = [job for job in locked if job.status in {Job.Status.WAITING, Job.Status.FAILED}]
    asked = [job for job in locked if job.status == Job.Status.RUNNING and not job.cancel_asked]
    Job.objects.filter(pk__in=[job.pk for job in now]).update(
        status=Job.Status.CANCELLED, finished_at=timezone.now(), step="", error=""
    )
    Job.objects.filter(pk__in=[job.pk for job in asked]).update(cancel_asked=True)
    put_away(now, by=by)
    before = [audit.Snapshot(status=job.status) for job in (*now, *asked)]
    after = [audit.Snapshot(status="cancelled")] * len(before)
    audit.record_all([*now, *asked], before=before, after=after, by=by, verb="change")
    return len(before)


def put_away(jobs, *, by):
    """Let each kind put away what its cancelled jobs were to work on."""
    for slug in sorted({job.kind for job in jobs}):
        registry.get(slug).dropped([job for job in jobs if job.kind == slug], by=by)


def retry(job, *, by):
    """Let a failed job be tried again from the beginning. Returns False when it has not failed, or another one does it."""
    try:
        return _retry(job, by)
    except IntegrityError:  # job_open_once: the same was handed in anew meanwhile
        return False


@transaction.atomic
def _retry(job, by):
    again = Job.objects.filter(pk=job.pk, status=Job.Status.FAILED).update(
        status=Job.Status.WAITING, tries=0, done=0, step="", error="", cancel_asked=False, finished_at=None
    )
    if again:
        audit.record(by=by, verb="change", obj=job, before={"status": "failed"}, after={"status": "waiting"})
    return bool(again)


def purge(before):
    """Forget jobs that ended before that day, with what was handed in with them. Returns how many."""
    old = Job.objects.filter(finished_at__date__lt=before, first=None).exclude(others__status__in=Job.OPEN)
    return old.delete()[1].get("core.Job", 0)
