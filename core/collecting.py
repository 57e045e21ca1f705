"""Working on large sets: without the cyclic garbage collector running through all of it again and again, and without
holding the same text a thousand times."""

import gc
import threading
from contextlib import ContextDecorator


class Paused(ContextDecorator):
    """With it (or decorated by it) no cyclic collection runs in the process. It cost a quarter of an import's time: what
    a set of rows allocates lives until the end of the set anyway, and what is dropped goes by its reference count."""

    _lock = threading.Lock()
    _depth = 0

    def __enter__(self):
        with Paused._lock:
            if Paused._depth == 0:
                gc.disable()
            Paused._depth += 1

    def __exit__(self, *error):
        with Paused._lock:
            Paused._depth -= 1
            if Paused._depth == 0:
                gc.enable()


LONGEST_SHARED = 30


def sharing():
    """A function that gives back a JSON value with equal texts as one object: of the words of a roster few are different.
    Numbers are not kept, they hardly repeat, nor are long texts."""
    known = {}

    def share(value):
        kind = type(value)
        if kind is str:
            repeats = len(value) <= LONGEST_SHARED and not value[:-1].isdigit()
            return known.setdefault(value, value) if repeats else value
        if kind is list:
            return [share(part) for part in value]
        if kind is dict:
            return {known.setdefault(name, name): share(part) for name, part in value.items()}
        return value

    return share
