"""Certificates that whoever holds the paper may verify without an account: what is told, how often, and what is written down.

A code has 12 of 32 letters and digits (60 random bits); nothing is told without the number and the whole code."""

import datetime
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core import audit
from core.tries import Tries

CODE_LENGTH = 12
MOST = 200  # tries of one address in a window, right or wrong
SOURCES = []


@dataclass(frozen=True)
class Printed:
    """What stands on a certificate, as far as anybody may know it. `ended_on` is the day from which it no longer holds."""

    kind: str
    number: str
    code: str
    name: str
    about: str
    year: int
    issued_on: datetime.date
    ended_on: datetime.date | None

    @property
    def holds(self):
        return self.ended_on is None or self.ended_on > timezone.localdate()


class TooMany(Exception):
    """The address has tried as often as it may."""


def source(function):
    """Register (number) → Printed or None; one query, whether there is such a certificate or not."""
    SOURCES.append(function)
    return function


def surname(name):
    """张三 as 张*: whose certificate it is, is for the one who holds it to know."""
    return name[:1] + "*" * (len(name) - 1)


def address(request):
    """Where a certificate is verified, as it is printed on it."""
    path = reverse("verify")
    return f"{settings.PUBLIC_ADDRESS}{path}" if settings.PUBLIC_ADDRESS else request.build_absolute_uri(path)


def verify(number, code):
    """The Printed of exactly this number and code, or None; raises TooMany. Every try is counted and written down, and a
    number that does not exist takes the same steps as a wrong code."""
    allowed, found = _tried("".join(number.split()).upper(), "".join(one for one in code.upper() if one.isalnum()))
    if not allowed:
        raise TooMany
    return found


@transaction.atomic
def _tried(number, code):
    """(False once the address has tried too often, what was found)."""
    tries = Tries("v")
    if tries.refused() or _too_many(tries):
        return False, None
    found = _matching(number, code)
    told = found.number if found else "编号和校验码对不上"  # what was typed may be anything: it is not written down
    audit.record(by=None, verb="verify" if found else "verify_failed", about=told)
    if found is None and tries.wrong():
        audit.record(by=None, verb="verify_locked", about="查验次数过多")
    return True, found


def _too_many(tries):
    """The address asks for more papers than anybody holds; one line a window, or whoever keeps trying fills the log."""
    asked = tries.count()
    if asked == MOST + 1:
        audit.record(by=None, verb="verify_locked", about="查验次数过多")
    return asked > MOST


def _matching(number, code):
    """Every source is asked and one code is compared, whatever was typed."""
    known = [one for one in (ask(number) for ask in SOURCES) if one is not None]
    meant = known[0].code if known else "-" * CODE_LENGTH
    return known[0] if hmac.compare_digest(meant.encode(), code.encode()) and known else None
