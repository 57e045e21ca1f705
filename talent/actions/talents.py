"""Writes about the pool of rural talents: entering, leaving, what the clerk confirms once a year."""

import datetime

from django.db import transaction

from core.writes import change_rows, create_rows
from talent.models import TalentConfirmation

GONE = "年度确认：已不在"


def enter_talent_pool(talents, *, by, batch=None):
    """Insert unsaved places in the pool of rural talents."""
    return create_rows(talents, by=by, batch=batch)


def leave_talent_pool(talents, *, on, reason, by, batch=None):
    """Take talents out of the pool; `on` is their last day in it."""
    for talent in talents:
        talent.end, talent.end_reason = on, reason
    return change_rows(talents, ["end", "end_reason"], by=by, batch=batch)


@transaction.atomic
def confirm_talents(talents, *, is_here, on, by, remarks=""):
    """Answer "仍在库？" for the year of `on`; an earlier answer of the same year is replaced. Whoever is gone leaves the
    pool with the day before, or with the day of entry where that is later. Returns the confirmations."""
    kept = TalentConfirmation.objects.filter(talent__in=talents, year=on.year).select_for_update(of=("self",))
    answered = {row.talent_id: row for row in kept}
    given = {"is_here": is_here, "confirmed_on": on, "by": by, "remarks": remarks}
    for row in answered.values():
        for name, value in given.items():
            setattr(row, name, value)
    _name(answered, talents)
    change_rows(list(answered.values()), list(given), by=by)
    fresh = [TalentConfirmation(talent=one, year=on.year, **given) for one in talents if one.pk not in answered]
    create_rows(fresh, by=by)
    if is_here:
        _take_back([talent for talent in talents if talent.end_reason == GONE], by)
    else:
        _let_go(talents, on, by)
    return [*answered.values(), *fresh]


def _name(answered, talents):
    """Give kept answers the talents that their audit lines name."""
    for talent in talents:
        if talent.pk in answered:
            answered[talent.pk].talent = talent


def _take_back(talents, by):
    """Whoever was said to be gone by mistake is in the pool as before."""
    leave_talent_pool(talents, on=None, reason="", by=by)


def _let_go(talents, on, by):
    yesterday = on - datetime.timedelta(days=1)
    for last in {max(yesterday, talent.start) for talent in talents}:
        leaving = [talent for talent in talents if max(yesterday, talent.start) == last]
        leave_talent_pool(leaving, on=last, reason=GONE, by=by)
