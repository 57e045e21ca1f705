"""Imports of one county queue up; a page does not wait long for its turn, the worker does."""

import contextlib
import contextvars

from django.db import OperationalError, connection

LOCK = 0x58434149  # with the county's code the key of the lock
NOT_AVAILABLE = "55P03"

_patience = contextvars.ContextVar("patience", default=None)


class Busy(Exception):
    """Another import of the county goes on; nothing was written."""


@contextlib.contextmanager
def patience(seconds):
    """Within the block, waiting for a turn ends with Busy after so many seconds."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


def take_turn(county):
    """Wait until no other import of `county` (six digits) is being written; ours is the turn until the transaction ends."""
    seconds = _patience.get()
    with connection.cursor() as cursor:
        if seconds is not None:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{int(seconds * 1000)}ms"])
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, int(county)])
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) == NOT_AVAILABLE:
                raise Busy from error
            raise
        if seconds is not None:
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
