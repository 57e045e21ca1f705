"""The date that moves the whole site (数据时点): chosen in the bar, kept in the session."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

EARLIEST = datetime.date(1900, 1, 1)  # nobody here was born before; and a year or day earlier is always a date too

LATEST = datetime.date(2999, 12, 31)  # and years or days later are dates as well


def parse_date(text):
    """`text` (YYYY-MM-DD) as a date, or None when it is not one that this ledger can speak of."""
    try:
        on = datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
    return on if EARLIEST <= on <= LATEST else None


def within_reach(on):
    """Refuse a typed date from which the ledger could not count on: what is reckoned from it would be no date."""
    if not EARLIEST <= on <= LATEST:
        raise ValidationError(f"请填 {EARLIEST.year} 年到 {LATEST.year} 年之间的日期。")


def has_come(on):
    """Refuse the typed day of something done that is yet to come."""
    if on > timezone.localdate():
        raise ValidationError("这一天还没有到，办完以后再登记。")


def recorded_on(request):
    """The day from which something counts that is recorded without a date of its own: the chosen one, at most today."""
    return min(request.on, timezone.localdate())


def chosen_date(request):
    """The date in `?on=`, else the one chosen earlier in this session, else today."""
    today = timezone.localdate()
    asked = request.GET.get("on")
    if asked is None:
        return parse_date(request.session.get("on")) or today
    on = parse_date(asked)
    if not request.user.is_authenticated:  # nobody's session is begun by a date, nor by a token's request
        return on or today
    if on is None or on == today:
        request.session.pop("on", None)
        return today
    request.session["on"] = on.isoformat()
    return on
