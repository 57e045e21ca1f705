"""Who is being served right now: the id and address that the audit log and the log lines carry."""

import contextvars
import ipaddress
from dataclasses import dataclass

from django.conf import settings


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


def client_address(meta):
    """The address of the one who asks, from a request's `META`.

    Behind the county's own proxies (TRUSTED_PROXIES) it is the last one in X-Forwarded-For that is none of them. From anybody
    else that header is only what a client claims, and counts for nothing (security.md A3)."""
    address = meta.get("REMOTE_ADDR", "")
    for claimed in reversed(meta.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        if not _is_ours(address) or _parsed(claimed) is None:
            break
        address = str(_parsed(claimed))
    return address


def _is_ours(address):
    found = _parsed(address)
    return found is not None and any(found in network for network in settings.TRUSTED_PROXIES)


def is_loopback(address):
    """Whether `address` is this machine's own, or none at all."""
    found = _parsed(address)
    return found is None or found.is_loopback


def _parsed(text):
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        return None
