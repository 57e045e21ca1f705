"""Audit lines in words: which field, from what, to what."""

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField


def lines(entries, model):
    """[{entry, changes: [(label, old, new)]}] for audit entries about rows of `model`."""
    return [{"entry": entry, "changes": changes(entry, model)} for entry in entries]


def changes(entry, model):
    """[(label, old, new)] of one entry, in the words of the model's fields."""
    names = list(dict.fromkeys([*entry.before, *entry.after]))
    return [
        _change(entry, model, name)
        for name in names
        if name != "id" and (entry.before.get(name) or entry.after.get(name))
    ]


def _change(entry, model, name):
    try:
        field = model._meta.get_field(name)
    except (FieldDoesNotExist, AttributeError):
        return name, _text(entry.before.get(name)), _text(entry.after.get(name))
    shown = dict(field.flatchoices)
    old, new = entry.before.get(name), entry.after.get(name)
    if type(field) is DateField:
        old, new = _day(old), _day(new)
    return field.verbose_name, _text(shown.get(old, old)), _text(shown.get(new, new))


def _day(value):
    """A date as the field prints it: 2021.07 where it was given by the month, which is kept as its first day."""
    return value[: -len("-01")].replace("-", ".") if isinstance(value, str) and value.endswith("-01") else value


def _text(value):
    if value in (None, ""):
        return ""
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)
