"""Noting what a batch does, so that it can be undone: full values, a sealed blob for a thousand rows."""

from functools import cache
from itertools import islice, repeat

from core.collecting import getter
from core.copying import ROWS_A_PIECE, copy_values, json_texts
from core.fields import DerivedField, JsonText, json_text
from core.models import JournalEntry

ROWS_A_BLOB = 1000


def texts_of(rows, names=None):
    """For each of some rows of one model {attname: value} as a JSON text, made column by column: of the concrete fields, or
    of those named; nothing that derives from a sibling. Dates and decimal numbers are their text."""
    rows = iter(rows)
    while piece := list(islice(rows, ROWS_A_PIECE)):
        noted, values = _noted(type(piece[0]), None if names is None else frozenset(names))
        columns = [json_texts(given, json_text) for given in zip(*map(values, piece), strict=True)]
        text = ",".join(f'"{name}":%s' for name in noted)
        yield from ("{" + text % row + "}" for row in zip(*columns, strict=True))


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


def note(batch, rows, verb, before=(), after=()):
    """Keep [[pk, before, after]] of rows of one model for the batch; nothing without a batch or without rows. `before` and
    `after` are texts as of `texts_of`, in the order of the rows."""
    if batch is None or not rows:
        return
    nothing = repeat("null")  # without an end
    told = zip(json_texts([row.pk for row in rows]), before or nothing, after or nothing, strict=False)
    steps = map("[{0[0]},{0[1]},{0[2]}]".format, told)
    blobs = iter(lambda: list(islice(steps, ROWS_A_BLOB)), [])
    shared = {"batch": batch, "model": rows[0]._meta.label_lower, "verb": verb}
    texts = ((JsonText(f"[{','.join(blob)}]"),) for blob in blobs)
    copy_values(JournalEntry, shared, ["rows"], texts, at_once=1)
