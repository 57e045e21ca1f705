"""Writes about people sent in, their assessments and visits, secondments and kinship: by set, each with its audit line."""

from django.db import transaction

from core.writes import change_rows, create_rows


def station(stays, *, by, batch=None):
    """Insert unsaved stays of people sent into villages."""
    return create_rows(stays, by=by, batch=batch)


def withdraw(stays, *, on, by, kind="", reason="", batch=None):
    """End stays of people sent in; `on` is the last day in the village, `kind` one of Stationing.EndKind."""
    for row in stays:
        row.end, row.end_kind, row.end_reason = on, kind, reason
    return change_rows(stays, ["end", "end_kind", "end_reason"], by=by, batch=batch)


@transaction.atomic
def assess_stays(assessments, *, by, batch=None):
    """Keep yearly assessments: unsaved ones are added, the others changed. Returns how many were written."""
    new = [row for row in assessments if row.pk is None]
    kept = [row for row in assessments if row.pk is not None]
    begun, changed = create_rows(new, by=by, batch=batch), change_rows(kept, ["grade", "remarks"], by=by, batch=batch)
    return len(begun) + len(changed)


def record_service_visits(visits, *, by, batch=None):
    """Insert unsaved service visits of technical specialists."""
    return create_rows(visits, by=by, batch=batch)


def second(secondments, *, by, batch=None):
    """Insert unsaved secondments."""
    return create_rows(secondments, by=by, batch=batch)


def settle_secondments(secondments, *, by):
    """Keep what was added to secondments while they ran or at their end: dates, mentor, appraisal, grade."""
    names = ["host_post", "mentor", "due", "end", "grade", "appraisal", "remarks"]
    return change_rows(secondments, names, by=by)


def add_kinships(kinships, *, by):
    """Insert unsaved kinships."""
    return create_rows(kinships, by=by)
