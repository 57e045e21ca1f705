"""Saying how far a job is, from anywhere below it; outside a job nobody listens and nothing happens."""

import contextlib
import contextvars

_listener = contextvars.ContextVar("listener", default=None)


def say(words, done=0):
    """Tell what is being done now, and how much of the job's size is done. May end the job, so never in mid-write to
    anything but the database: its transaction is rolled back."""
    listener = _listener.get()
    if listener is not None:
        listener(words, done)


@contextlib.contextmanager
def heard_by(listener):
    """Within the block, `listener(words, done)` gets what is said."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
