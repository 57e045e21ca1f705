"""What is done once a day by itself: filled by the `jobs` module of each app, done by the workers."""

import logging
from collections.abc import Callable

from django.db import connection, transaction

from core.jobs import locks

log = logging.getLogger(__name__)
_chores: list[Callable] = []


def daily(chore):
    """Makes a chore known: `chore(day)` is done once each day, and again when a worker begins, when it finds nothing to do."""
    _chores.append(chore)


def do(day):
    """Everything for the date `day`, each chore for itself; what another worker is at is left to it."""
    for number, chore in enumerate(_chores):
        try:
            with transaction.atomic():
                if _is_ours(number):
                    chore(day)
        except Exception:  # a fault of one must neither end the worker nor keep it from the others and from its jobs
            if not connection.is_usable():  # the database has gone: the worker waits for it and begins the day anew
                raise
            log.exception("每天的例行工作 %s 出错", chore.__name__)


def _is_ours(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [locks.DAILY, number])
        return cursor.fetchone()[0]
