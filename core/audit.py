"""The append-only account of who did what: written in the same transaction as the change."""

import datetime
import decimal

from core import requests
from core.text import plain

SHORTEST_SECRET = 11  # a phone; anything shorter needs no search for one, and most cells are shorter


def _safe(value):
    """A JSON value for the log: dates as ISO text, everything else as text with ID numbers and phones masked."""
    from core.identity import mask_text

    if isinstance(value, str):
        text = plain(value)
        return mask_text(text) if len(text) >= SHORTEST_SECRET else text
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(key): _safe(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_safe(item) for item in value]
    if isinstance(value, datetime.date | decimal.Decimal):
        return str(value)
    return _safe(str(value))


class Snapshot(dict):
    """Values that are safe to log already, so that `line` need not search them again."""


def snapshot(obj):
    """The concrete fields of `obj` for an audit line; encrypted fields masked, derived digests left out."""
    from core.fields import DerivedField

    return Snapshot(
        (field.name, _safe(field.value_from_object(obj)))
        for field in obj._meta.concrete_fields
        if not (isinstance(field, DerivedField) or getattr(field, "auto_now", False))
        and field.name not in {"password", "digest"}
    )


def changes(before, after):
    """Two snapshots cut down to what differs."""
    names = [name for name in after if before.get(name) != after.get(name)]
    kind = Snapshot if isinstance(before, Snapshot) and isinstance(after, Snapshot) else dict
    return kind((name, before.get(name)) for name in names), kind((name, after.get(name)) for name in names)


def line(*, by, verb, obj=None, before=None, after=None, reason="", batch=None, about=""):
    """An unsaved AuditEntry; see `record`. For sets: build lines and hand them to `record_all`."""
    from core.models import AuditEntry

    served = requests.current()
    return AuditEntry(
        by=by if getattr(by, "pk", None) else None,
        by_name=getattr(by, "username", "") or "system",
        role=getattr(by, "role", ""),
        division_code=getattr(by, "division_id", None) or _place_of(obj),
        verb=verb,
        model=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        object_text=_safe(about or (str(obj) if obj is not None else ""))[:200],
        before=before if isinstance(before, Snapshot) else _safe(before or {}),
        after=after if isinstance(after, Snapshot) else _safe(after or {}),
        reason=_safe(reason)[:500],
        batch=batch,
        request_id=served.id if served else "",
        address=served.address if served else "",
    )


def _place_of(obj):
    """Where a row written by a command belongs, by the row's own column; "" when that is in another row."""
    path = getattr(type(obj), "scope_path", "")
    return getattr(obj, path) if path and "__" not in path else ""


def record(**what):
    """Write one line now. `verb` is one word (create, change, delete, dismiss, import, reveal, export, login …);
    `before`/`after` are dicts of what changed; `batch` the id of the upload that caused it."""
    entry = line(**what)
    entry.save(force_insert=True)
    return entry


def record_all(lines):
    """Write many lines with one statement per thousand."""
    from core.models import AuditEntry

    AuditEntry.objects.bulk_create(lines, batch_size=1000)
