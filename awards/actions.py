"""Writes about award schemes and awards: by set, each with its audit line."""

from core.writes import create_rows


def set_up_schemes(schemes, *, by):
    """Insert unsaved award schemes."""
    return create_rows(schemes, by=by)


def give_awards(awards, *, by, batch=None):
    """Insert unsaved awards, each to one person or one collective."""
    return create_rows(awards, by=by, batch=batch)
