"""Writes about divisions and villages, by set, each with its audit line."""

from django.db import transaction

from core.writes import change_rows, create_rows
from villages.models import DivisionName, VillageName


def add_divisions(divisions, *, by, batch=None):
    """Insert divisions, the containing ones first in the log."""
    return create_rows(sorted(divisions, key=lambda division: division.code), by=by, batch=batch)


def add_villages(villages, *, by, batch=None):
    return create_rows(villages, by=by, batch=batch)


@transaction.atomic
def rename_villages(names, *, until, by):
    """`names`: village → its new name. The former name is kept with `until`, the last day it was in use."""
    create_rows([VillageName(village=village, name=village.name, until=until) for village in names], by=by)
    for village, name in names.items():
        village.name = name
    return change_rows(list(names), ["name"], by=by)


@transaction.atomic
def rename_divisions(names, *, until, by):
    """`names`: division → its new name. The former name is kept with `until`, the last day it was in use."""
    create_rows([DivisionName(division=division, name=division.name, until=until) for division in names], by=by)
    for division, name in names.items():
        division.name = name
    return change_rows(list(names), ["name"], by=by)


def label_villages(labels, *, by):
    """Put villages in classes (软弱涣散, 示范 …) from their `start`."""
    return create_rows(labels, by=by)


def end_labels(labels, *, on, by):
    """Take villages out of classes; `on` is the last day in the class."""
    for label in labels:
        label.end = on
    return change_rows(labels, ["end"], by=by)


def record_figures(figures, *, by):
    """Add yearly figures of villages."""
    return create_rows(figures, by=by)


def begin_terms(terms, *, by):
    """Add terms (届)."""
    return create_rows(terms, by=by)
