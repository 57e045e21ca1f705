"""Writing sets of rows together with their audit lines: what rosters, pages and REST all end in."""

from django.db import transaction

from core import audit, journal
from core.copying import copy_rows, update_rows
from core.fields import DerivedField
from core.models import JournalEntry


def _derived(model, names):
    """Fields of `model` computed from one of `names`."""
    return [field for field in model._meta.concrete_fields if isinstance(field, DerivedField) and field.source in names]


def _differs(old, new, names):
    """By the values themselves: two phone numbers that are masked alike are two."""
    fields = [new._meta.get_field(name) for name in names]
    return any(
        getattr(old, field.attname) != getattr(new, field.attname)
        for field in fields
        if not getattr(field, "auto_now", False)
    )


def _change_of(old, new):
    return audit.changes(audit.snapshot(old), audit.snapshot(new))


@transaction.atomic
def create_rows(rows, *, by, batch=None, verb="create"):
    """Insert unsaved instances of one model with one statement, each with its audit line. Returns them with keys."""
    if not rows:
        return []
    created = copy_rows(rows)
    audit.record_all(created, after=audit.filled(created), by=by, verb=verb, batch=batch)
    journal.note(batch, created, JournalEntry.Verb.CREATE, after=journal.texts_of(created))
    return created


@transaction.atomic
def delete_rows(rows, *, by, batch=None, reason=""):
    """Delete saved instances of one model that nothing points at, each with its audit line."""
    if not rows:
        return
    model = type(rows[0])
    audit.record_all(rows, before=audit.filled(rows), by=by, verb="delete", batch=batch, reason=reason)
    journal.note(batch, rows, JournalEntry.Verb.DELETE, before=journal.texts_of(rows))
    model._default_manager.filter(pk__among=[row.pk for row in rows]).delete()


@transaction.atomic
def change_rows(rows, names, *, by, batch=None, verb="change", reason=""):
    """Update the fields `names` of instances of one model by set; rows that stand as they were are not written.

    Returns the instances really changed. The old values are read under a row lock, so the audit line tells the truth."""
    if not rows:
        return []
    model = type(rows[0])
    locked = model._default_manager.select_for_update().filter(pk__among=[row.pk for row in rows]).order_by("pk")
    kept = {row.pk: row for row in locked}
    changed = [row for row in rows if _differs(kept[row.pk], row, names)]
    told = {row.pk: _change_of(kept[row.pk], row) for row in changed}
    derived = _derived(model, names)
    for row in changed:
        for field in derived:
            field.pre_save(row, False)
    if changed:
        _update(model, changed, [*names, *(field.name for field in derived)])
        before, after = zip(*(told[row.pk] for row in changed), strict=True)
        audit.record_all(changed, before=before, after=after, by=by, verb=verb, batch=batch, reason=reason)
        old = journal.texts_of((kept[row.pk] for row in changed), names)
        journal.note(batch, changed, JournalEntry.Verb.CHANGE, old, journal.texts_of(changed, names))
    return changed


def _update(model, rows, names):
    """Write the fields of the rows; when all get the same values (one date, one reason) as a plain UPDATE, far cheaper."""
    same = {name: getattr(rows[0], name) for name in names}
    if all(getattr(row, name) == value for row in rows for name, value in same.items()):
        model._default_manager.filter(pk__among=[row.pk for row in rows]).update(**same)
    else:
        update_rows(rows, names)
