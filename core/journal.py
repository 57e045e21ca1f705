"""Noting what a batch does, so that it can be undone: full values, a sealed blob for a thousand rows."""

from functools import cache
from itertools import islice

from core.collecting import getter
from core.copying import copy_values
from core.fields import DerivedField
from core.models import JournalEntry

ROWS_A_BLOB = 1000


def values_of(row, names=None):
    """{attname: value} of the concrete fields of `row`, or of those named; nothing that derives from a sibling. The
    journal's field writes what JSON does not know, dates and decimal numbers, as their text."""
    noted, values = _noted(type(row), None if names is None else frozenset(names))
    return dict(zip(noted, values(row), strict=True))


@cache
def _noted(model, names):
    noted = [
        field.attname
        for field in model._meta.concrete_fields
        if not isinstance(field, DerivedField)
        and not getattr(field, "auto_now", False)
        and (names is None or field.name in names)
    ]
    return noted, getter(noted)


def note(batch, model, verb, rows):
    """Keep [[pk, before, after]] of one model for the batch; nothing without a batch or without rows. `rows` may be made
    one by one, but without asking the database."""
    if batch is None:
        return
    rows = iter(rows)
    blobs = iter(lambda: list(islice(rows, ROWS_A_BLOB)), [])
    shared = {"batch": batch, "model": model._meta.label_lower, "verb": verb}
    copy_values(JournalEntry, shared, ["rows"], ((blob,) for blob in blobs), at_once=1)
