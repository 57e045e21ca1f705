"""What is done once a day by itself: filled by the `jobs` module of each app, done by the workers."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection, transaction

from core.jobs import locks

log = logging.getLogger(__name__)
_chores: list[Callable] = []


def daily(chore):
    """Decorator: `chore(day)` is done once each day, and again when a worker begins; a second time it finds nothing to do."""
    _chores.append(chore)
    return chore


def do(day):
    """Everything for the date `day`, each chore for itself; what another worker is at is left to it."""
    for number, chore in enumerate(_chores):
        try:
            with transaction.atomic():
                if _is_ours(number):
                    chore(day)
        except (OperationalError, InterfaceError):
            raise
        except Exception:  # a fault of one must neither end the worker nor keep the others from being done
            log.exception("每天的例行工作 %s 出错", chore.__name__)


def _is_ours(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [locks.DAILY, number])
        return cursor.fetchone()[0]
