"""Who is being served right now: the id and address that the audit log and the log lines carry."""

import contextvars
from dataclasses import dataclass


@dataclass(frozen=True)
class Served:
    id: str
    address: str


_served = contextvars.ContextVar("served", default=None)


def current():
    """The request being served, or None in a command."""
    return _served.get()


def begin(served):
    """Mark `served` as the current request; give the token to `finish` afterwards."""
    return _served.set(served)


def finish(token):
    _served.reset(token)
