"""The append-only account of who did what: written in the same transaction as the change."""

import datetime
import decimal
from functools import cache
from itertools import islice, repeat

from django.db.models import BinaryField, ForeignKey
from django.utils import timezone

from core import requests
from core.collecting import getter
from core.copying import ROWS_A_PIECE, copy_values, json_texts
from core.fields import JsonText, json_text
from core.identity import mask_text
from core.text import plain

PLAIN = {type(None), bool, int, float}
NOTHING = (None, "")  # most values of a new row
SHORTEST_SECRET = 11  # a phone; anything shorter needs no search for one, and most cells are shorter


def _safe(value):
    """A JSON value for the log: dates as ISO text, everything else as text with ID numbers and phones masked."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is str:
        return _safe_text(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime.date | decimal.Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _safe(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_safe(item) for item in value]
    return _safe_text(str(value))


def _safe_text(text):
    text = plain(text)
    return mask_text(text) if len(text) >= SHORTEST_SECRET else text


class Snapshot(dict):
    """Values that are safe to log already, so that nothing need search them again."""


@cache
def _logged(model):
    """(names, a function for their values, functions that make them safe) of the fields that a snapshot has."""
    from core.fields import DerivedField

    fields = [
        field
        for field in model._meta.concrete_fields
        if not (isinstance(field, DerivedField | BinaryField) or getattr(field, "auto_now", False))
        and field.name not in {"password", "digest"}
    ]
    values = getter([field.attname for field in fields])
    return [field.name for field in fields], values, [_safe_for(field) for field in fields]


def _safe_for(field):
    """`_safe` for the values of one field, short for what hides no number: one of its choices, the key of another row."""
    plainly = PLAIN | {str} if isinstance(field, ForeignKey) else PLAIN
    known = {"", *(value for value, _ in field.flatchoices)}

    def safe(value):
        kind = type(value)
        return value if kind in plainly or (kind is str and value in known) else _safe(value)

    return safe


def snapshot(obj):
    """The concrete fields of `obj` for an audit line; encrypted fields masked, digests and files left out."""
    names, values, safe = _logged(type(obj))
    fields = zip(names, safe, values(obj), strict=True)
    return Snapshot({name: value if value in NOTHING else make(value) for name, make, value in fields})


def filled(rows):
    """For each of some rows of one model what it has a value in: all that there is to tell of a row that is made or
    deleted. As JSON texts, made some hundred rows at a time, column by column: these are most of all lines."""
    rows = iter(rows)
    while piece := list(islice(rows, ROWS_A_PIECE)):
        names, values, safe = _logged(type(piece[0]))
        columns = zip(names, safe, zip(*map(values, piece), strict=True), strict=True)
        members = [
            _members(name, make, given) for name, make, given in columns if set(map(type, given)) != {type(None)}
        ]
        for row in zip(*members, strict=True):
            yield JsonText("{" + ",".join(filter(None, row)) + "}")


def _members(name, make_safe, values):
    """`"name":value` for each of a field's values, "" where there is none."""
    texts = json_texts(values, lambda value: json_text(make_safe(value)))
    return [f'"{name}":{text}' if value not in NOTHING else "" for value, text in zip(values, texts, strict=True)]


def changes(before, after):
    """Two snapshots cut down to what differs."""
    names = [name for name in after if before.get(name) != after.get(name)]
    kind = Snapshot if isinstance(before, Snapshot) and isinstance(after, Snapshot) else dict
    return kind((name, before.get(name)) for name in names), kind((name, after.get(name)) for name in names)


def _shared(by, verb, obj, reason, batch):
    """What all lines of one doing have in common; `obj` is any of its objects."""
    served = requests.current()
    return {
        "model": obj._meta.label_lower if obj is not None else "",
        "by_id": by.pk if getattr(by, "pk", None) else None,
        "by_name": getattr(by, "username", "") or "system",
        "role": getattr(by, "role", ""),
        "verb": verb,
        "reason": _safe(reason)[:500],
        "batch": batch,
        "request_id": served.id if served else "",
        "address": served.address if served else "",
    }


OWN = ("division_code", "object_id", "object_text", "before", "after")


def _own(obj, before, after, place, about=""):
    """What a line says of one object, in the order of OWN; `place` is the division of whoever did it."""
    return (
        place or _place_of(obj),
        str(obj.pk) if obj is not None else "",
        _safe(about or (str(obj) if obj is not None else ""))[:200],
        before if isinstance(before, Snapshot | JsonText) else _safe(before or {}),
        after if isinstance(after, Snapshot | JsonText) else _safe(after or {}),
    )


def _place_of(obj):
    """Where a row written by a command belongs, by the row's own column; "" when that is in another row."""
    path = getattr(type(obj), "scope_path", "")
    return getattr(obj, path) if path and "__" not in path else ""


def record(*, by, verb, obj=None, before=None, after=None, reason="", batch=None, about=""):
    """Write one line now. `verb` is one word (create, change, delete, dismiss, import, reveal, export, login …);
    `before`/`after` are dicts of what changed; `batch` the id of the upload that caused it."""
    from core.models import AuditEntry

    own = _own(obj, before, after, getattr(by, "division_id", None), about)
    entry = AuditEntry(**_shared(by, verb, obj, reason, batch), **dict(zip(OWN, own, strict=True)))
    entry.save(force_insert=True)
    return entry


def record_all(rows, *, by, verb, before=(), after=(), reason="", batch=None):
    """Write a line for each of some rows of one model, with one statement. `before` and `after` are what is told of each
    row, in the same order; made one by one they are taken while the lines are copied, so that must not ask the database."""
    from core.models import AuditEntry

    if not rows:
        return
    shared = {"at": timezone.now(), **_shared(by, verb, rows[0], reason, batch)}
    place, nothing = getattr(by, "division_id", None), repeat(Snapshot())
    texts = [str(row) for row in rows]  # these may ask for a name
    told = zip(rows, before or nothing, after or nothing, texts, strict=False)  # nothing has no end
    copy_values(AuditEntry, shared, OWN, (_own(row, old, new, place, text) for row, old, new, text in told))
