"""What can be wrong with a cell, and how bad that is."""

from dataclasses import dataclass
from typing import NamedTuple

WARNINGS = frozenset({"birth_mismatch", "start_in_future", "age_over", "ethnicity_missing", "phone_format"})


# Not a problem: a word was read as somebody decided before. The clerk sees it at the cell.
MEANT = "meant"


class Found(NamedTuple):
    """What a cell's own check found: a code and, for the clerk, what was read and what to write instead.
    `texts` are the words nobody knows, to be asked about once for all rows; with the code MEANT those that were told."""

    code: str
    message: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem at one field of one row. `level` is error (the row is not imported), warn, or info (a hint only)."""

    field: str
    code: str
    level: str
    message: str
    texts: tuple[str, ...] = ()


def ditto(mark):
    """The note at a cell that was read as the one above it."""
    if not mark:
        return Found("ditto", "表里空着，照上一格读")
    return Found("ditto", f"表里写的是“{mark}”，{'照左一格读' if '左' in mark else '照上一格读'}")


def problem(field, code, message, texts=()):
    return Problem(field, code, "warn" if code in WARNINGS else "error", message, texts)


def hint(field, code, message, texts=()):
    return Problem(field, code, "info", message, texts)


def outcome(problems):
    """error, warn or accept, by the worst of a row's problems."""
    if not problems:
        return "accept"
    levels = {found.level for found in problems}
    return "error" if "error" in levels else "warn" if "warn" in levels else "accept"


def place_name(at, number):
    """How a row is called: 第 3 行, or C 列 where people stand in columns."""
    return f" {at}" if at else f"第 {number} 行"
