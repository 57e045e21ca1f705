"""Work in the background: a table of jobs, any number of workers, no broker (docs/decisions/0008)."""

from core.jobs.chores import daily
from core.jobs.progress import say
from core.jobs.queue import cancel, enqueue, enqueue_all, latest, purge, retry
from core.jobs.registry import Failed, Kind, get, register
from core.jobs.sight import remaining_seconds, workers_running
from core.jobs.slots import slot

__all__ = [
    "Failed", "Kind", "cancel", "daily", "enqueue", "enqueue_all", "get", "latest", "purge", "register", "remaining_seconds", "retry", "say", "slot",
    "workers_running",
]  # fmt: skip
