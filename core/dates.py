"""The date that moves the whole site (数据时点): chosen in the bar, kept in the session."""

import datetime

from django.utils import timezone

EARLIEST = datetime.date(1900, 1, 1)  # nobody here was born before; and a year or day earlier is always a date too


def parse_date(text):
    """`text` (YYYY-MM-DD) as a date, or None when it is not one that this ledger can speak of."""
    try:
        on = datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
    return on if on >= EARLIEST else None


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
