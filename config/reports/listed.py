"""Things of a table that are the very rows behind a figure: the table then adds up to what the board says."""

from dataclasses import dataclass

from core import indicators


@dataclass(frozen=True)
class Row:
    """A row behind the figure `what`, at the first place where it belongs, with its details in words."""

    place: str
    what: str
    amount: float
    details: tuple = ()

    def says(self, label):
        return dict(self.details).get(label)


def rows(key, user, on, code=None, part="numerator", what=""):
    """[Row] behind the figure `key` (or `what`, as a table calls it)."""
    return [
        Row(row["places"][0], what or key, row["amount"], tuple(row["details"].items()))
        for row in indicators.rows(key, user, on, code, part)
        if row["places"]
    ]


def of(what, label="", word=""):
    """How many rows of `what` there are, or of those whose detail `label` says `word`."""
    return lambda things: sum(
        isinstance(one, Row) and one.what == what and (not label or one.says(label) == word) for one in things
    )


def summed(what):
    """The sum of the amounts of `what`."""
    return lambda things: sum(one.amount for one in things if isinstance(one, Row) and one.what == what)
