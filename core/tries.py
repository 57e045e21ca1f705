"""Tries at what anybody may try without an account, counted by the address they come from, over all web processes (security.md A1)."""

import hashlib
import time

from django.db import connection

from core import requests
from core.models import Quota

WINDOW, LOCK = 15, 30  # minutes in which wrong tries add up; minutes for which the address is refused then
MOST_WRONG = 20


class Tries:
    """The tries of the address being served at one thing (`what`: one letter). Used inside a transaction: a lock on the address is
    held until its end, so that parallel tries are counted one by one. What is kept of an address is a digest."""

    def __init__(self, what):
        served = requests.current()
        self.caller = _caller(what, served.address if served else "")
        self.minute = int(time.time() // 60)
        with connection.cursor() as cursor:
            key = int.from_bytes(hashlib.sha256(self.caller.encode()).digest()[:8], signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])

    def refused(self):
        """Whether the address has tried wrongly too often, less than LOCK minutes ago."""
        return Quota.objects.filter(caller=f"l{self.caller}", minute__gt=self.minute - LOCK).exists()

    def count(self):
        """One more try; returns how many there were in this window."""
        return self._count("t")

    def wrong(self):
        """One more wrong try; True if the address is refused from now on."""
        Quota.objects.filter(caller__regex="^[ltw][a-z]:", minute__lt=self.minute - LOCK - WINDOW).delete()
        if self._count("w") < MOST_WRONG:
            return False
        Quota.count(f"l{self.caller}", self.minute)
        return True

    def _count(self, kind):
        return Quota.count(f"{kind}{self.caller}", self.minute - self.minute % WINDOW)


def forget(what, address):
    """Let an address try again; how many counters it had."""
    caller = _caller(what, address)
    return Quota.objects.filter(caller__in=[f"{kind}{caller}" for kind in "ltw"]).delete()[0]


def _caller(what, address):
    return f"{what}:" + hashlib.sha256(address.encode()).hexdigest()[:36]
