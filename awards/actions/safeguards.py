"""Writes about safeguards: the standards of a year, what people had in it."""

from django.db import transaction

from awards.models import SafeguardRecord, SafeguardStandard
from core.writes import change_rows, create_rows

AMOUNTS = ("basic", "performance", "allowance", "document_no")
LEFT_OUT = {"id", "person", "year"}
RECORD_FIELDS = tuple(field.name for field in SafeguardRecord._meta.concrete_fields if field.name not in LEFT_OUT)


@transaction.atomic
def set_standards(standards, *, by):
    """Put unsaved standards in place of those of the same division, year and post."""
    divisions = {row.division_id for row in standards}
    found = SafeguardStandard.objects.select_for_update().filter(division_id__in=divisions).order_by("pk")
    kept = {(row.division_id, row.year, row.post): row for row in found}
    new, changed = [], []
    for row in standards:
        was = kept.get((row.division_id, row.year, row.post))
        if was is None:
            new.append(row)
            continue
        for name in AMOUNTS:
            setattr(was, name, getattr(row, name))
        changed.append(was)
    create_rows(new, by=by)
    change_rows(changed, list(AMOUNTS), by=by)


@transaction.atomic
def write_standards(new, changed, *, by, batch=None):
    """Standards from a roster, checked by its comparison under a lock."""
    create_rows(new, by=by, batch=batch)
    change_rows(changed, list(AMOUNTS), by=by, batch=batch)


def record_safeguards(records, *, by, batch=None):
    """Insert unsaved records, one a person and year."""
    return create_rows(records, by=by, batch=batch)


def change_safeguards(records, *, by):
    return change_rows(records, list(RECORD_FIELDS), by=by)
