"""A limit across all web processes: at most so many requests do this kind of work at the same moment."""

import contextlib
import zlib

from django.db import connection

from core.jobs import locks

MOST_PLACES = 64
MOST_NAMES = locks.BIGGEST // MOST_PLACES


@contextlib.contextmanager
def slot(name, count):
    """Yields True while one of `count` places under `name` is held, False when all are taken. Never waits.

    The place is a lock of the session: a killed process leaves none behind."""
    mine = next((key for key in _keys(name, count) if _ask("pg_try_advisory_lock", key)), None)
    try:
        yield mine is not None
    finally:
        # A session that broke meanwhile has let go of the place by ending.
        if mine is not None and connection.is_usable():
            _ask("pg_advisory_unlock", mine)


def _keys(name, count):
    # Stable across processes, unlike hash(); two names that meet would only share their places.
    first = zlib.crc32(name.encode()) % MOST_NAMES
    return [first * MOST_PLACES + place for place in range(count)]


def _ask(function, key):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [locks.SLOT, key])
        return cursor.fetchone()[0]
