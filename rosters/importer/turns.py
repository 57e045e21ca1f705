"""Writes of one county queue up; what the database refuses for a moment is tried again, or told in words."""

from django.db import IntegrityError, OperationalError, connection

LOCK = 0x58434149  # with the county's code the key of the lock that makes imports of a county queue up
TRIES = 3
RETRY = {"40001", "40P01", "55P03"}  # serialisation failure, deadlock, lock not available


class NotNow(Exception):
    """A write that did not happen, in words for the clerk; nothing was written."""


def lock_county(code):
    """Wait for the turn of the county that `code` lies in; it lasts until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, int(code[:6])])


def in_turn(write, *args):
    """`write(*args)`, which is one transaction, tried again when it met another one. Raises NotNow."""
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
