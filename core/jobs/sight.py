"""What a page says about the background: does anything run, and how long will it take?"""

from django.db import connection
from django.db.models import F, Sum

from core.jobs import locks
from core.models import Job

REMEMBERED = 20  # finished jobs of a kind from which the time of the next is guessed


def workers_running():
    """How many workers are alive, by the lock that each holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({locks.HELD}) AS held WHERE first = %s", [locks.WORKER])
        return cursor.fetchone()[0]


def remaining_seconds(jobs):
    """A guess for the open ones of `jobs` (all of one kind), from how fast the kind went last; None when nothing is known."""
    left = sum(job.size for job in jobs if job.is_open)
    if not left:
        return 0
    pace = _seconds_a_unit(jobs[0].kind)
    if pace is None:
        return None
    begun = sum(job.seconds for job in jobs if job.status == Job.Status.RUNNING and job.seconds is not None)
    return max(pace * left / max(workers_running(), 1) - begun, 1)


def _seconds_a_unit(kind):
    newest = Job.objects.filter(kind=kind, status=Job.Status.DONE, started_at__isnull=False).order_by("-pk")[
        :REMEMBERED
    ]
    found = Job.objects.filter(pk__in=newest.values("pk")).aggregate(
        took=Sum(F("finished_at") - F("started_at")), size=Sum("size")
    )
    return found["took"].total_seconds() / found["size"] if found["size"] else None
