"""Writes of one county queue up; what the database refuses for a moment is tried again, or told in words."""

import contextlib
import contextvars

from django.db import IntegrityError, OperationalError, connection

from core.jobs import say

LOCK = 0x58434149  # with the county's code the key of the lock that makes imports of a county queue up
TRIES = 3
NOT_AVAILABLE = "55P03"
RETRY = {"40001", "40P01", NOT_AVAILABLE}  # serialisation failure, deadlock, lock not available

_patience = contextvars.ContextVar("patience", default=None)


class NotNow(Exception):
    """A write that did not happen, in words for the clerk; nothing was written."""


class Busy(Exception):
    """Another import of the county goes on; nothing was written."""


@contextlib.contextmanager
def patience(seconds):
    """Within the block, waiting for a turn ends with Busy after so many seconds: a page does not wait as the worker does."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


def lock_county(code):
    """Wait for the turn of the county that `code` lies in; it lasts until the transaction ends. Raises Busy."""
    say("等候轮到")
    seconds = _patience.get()
    with connection.cursor() as cursor:
        if seconds is not None:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{int(seconds * 1000)}ms"])
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, int(code[:6])])
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) == NOT_AVAILABLE:
                raise Busy from error
            raise
        if seconds is not None:
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")


def in_turn(write, *args):
    """`write(*args)`, which is one transaction, tried again when it met another one. Raises NotNow, or Busy."""
    for attempt in range(1, TRIES + 1):
        try:
            return write(*args)
        except IntegrityError as error:
            raise NotNow("写入时数据与别处刚做的改动冲突，没有写入任何内容，请刷新后再核对一次。") from error
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) not in RETRY:
                raise
            if attempt == TRIES:
                raise NotNow("同时有别的改动正在写入，没有写入任何内容，请稍后再按一次。") from error
    return None
