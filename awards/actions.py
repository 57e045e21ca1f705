"""Writes about award schemes, rounds, nominations and awards: by set, each with its audit line."""

from core.writes import create_rows


def set_up_schemes(schemes, *, by):
    """Insert unsaved award schemes."""
    return create_rows(schemes, by=by)


def give_awards(awards, *, by, batch=None):
    """Insert unsaved awards, each to one person or one collective."""
    return create_rows(awards, by=by, batch=batch)


def open_rounds(rounds, *, by):
    """Insert unsaved rounds of award schemes."""
    return create_rows(rounds, by=by)


def nominate(nominations, *, by, batch=None):
    """Insert unsaved nominations, each of one person or one collective."""
    return create_rows(nominations, by=by, batch=batch)
