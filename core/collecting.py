"""Working on large sets: without the cyclic garbage collector running through all of it again and again, and without
holding the same text a thousand times."""

import gc
import threading
from contextlib import ContextDecorator
from operator import attrgetter, itemgetter

from django.db.models.base import ModelState


class Paused(ContextDecorator):
    """With it (or decorated by it) no cyclic collection runs in the process. It cost a quarter of an import's time: what
    a set of rows allocates lives until the end of the set anyway, and what is dropped goes by its reference count."""

    _lock = threading.Lock()
    _depth = 0

    def __enter__(self):
        with Paused._lock:
            if Paused._depth == 0:
                gc.disable()
            Paused._depth += 1

    def __exit__(self, *error):
        with Paused._lock:
            Paused._depth -= 1
            if Paused._depth == 0:
                gc.enable()


ROWS_AT_ONCE = 2000  # that the database hands over of a large set
LONGEST_SHARED = 16  # what is longer hardly repeats: ID numbers, remarks


def sharing():
    """A function that gives back a list or dict of JSON values with equal texts, and equal names, as one object: of the
    words of a roster few are different."""
    known = {}
    one = known.setdefault

    def share(values):
        if type(values) is dict:
            return {
                one(name, name): one(value, value) if type(value) is str and len(value) <= LONGEST_SHARED else value
                for name, value in values.items()
            }
        return [one(value, value) if type(value) is str and len(value) <= LONGEST_SHARED else value for value in values]

    return share


def packing():
    """A function: a dict → its names, one object for all dicts with the same ones, and its values, in one tuple: a third of
    the room, for what is only kept a while. `unpacked` gives the dict back."""
    one = {}.setdefault

    def pack(values):
        names = tuple(values)
        return (one(names, names), *values.values())

    return pack


def unpacked(packed):
    return dict(zip(packed[0], packed[1:], strict=True))


def getter(names):
    """A function: a model's instance → the tuple of its attributes `names`."""
    if len(names) < 2:  # itemgetter makes no tuple of one
        return lambda row: tuple(getattr(row, name) for name in names)
    kept, asked = itemgetter(*names), attrgetter(*names)

    def values(row):
        try:
            return kept(vars(row))  # the descriptor of a foreign key's attribute is slow
        except KeyError:  # a deferred one
            return asked(row)

    return values


def unsaved(model, rows):
    """Unsaved instances of `model` for dicts {attribute: value}, as model(**row) makes them in five times as long. A
    foreign key is given by its attribute (person_id); no signal is sent."""
    fields = model._meta.concrete_fields
    blank = {field.attname: field.get_default() for field in fields}
    varying = [field for field in fields if field.has_default() and callable(field.default)]
    made = []
    for row in rows:
        if not row.keys() <= blank.keys():
            raise TypeError(f"{model.__name__} has no attributes {', '.join(sorted(row.keys() - blank.keys()))}")
        instance = model.__new__(model)
        instance._state = ModelState()
        values = vars(instance)
        for name, value in blank.items():  # one by one and in this order: all instances share the table of names
            values[name] = row.get(name, value)
        for field in varying:
            if field.attname not in row:
                values[field.attname] = field.get_default()
        made.append(instance)
    return made


def in_pieces(queryset, *names):
    """The instances of a large set as the database hands them over piece by piece, equal values of the fields `names` as
    one object."""
    one = {}.setdefault
    for row in queryset.iterator(ROWS_AT_ONCE):
        for name in names:
            value = getattr(row, name)
            setattr(row, name, one(value, value))
        yield row
