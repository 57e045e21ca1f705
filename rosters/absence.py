"""People who are kept but do not stand in a roster that says it lists everybody: who they are, and ending their posts."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

TOWNSHIP = 9  # digits


@dataclass(frozen=True)
class Absent:
    """Somebody who serves in a village on the roster's date and has no row there. `rows` are the records that would end;
    `since` is the latest beginning of them: nothing can end before it. `key` names the person in that village."""

    key: str
    place: str
    name: str
    holds: str
    since: datetime.date
    rows: tuple


def covered(code):
    """The villages of which a complete roster of the division `code` lists everybody, in words: a township's covers all its
    villages, a county's those that stand in it."""
    return "本乡镇各村" if len(code) >= TOWNSHIP else "表上所列各村"


@dataclass(frozen=True)
class Absence:
    """How a kind of roster finds and ends those who are not in it.

    find  (rows, Scope) → [Absent]; `rows` are all of the file, those with problems too
    end   (records, on=, reason=, document_no=, by=, batch=) → writes it; `on` is the last day
    word  what ending is called, as in 免职; `state` is what those who are kept are, as in 在任, `what` what they hold, as in 职务
    people who should all be in a complete roster, as in 在任干部"""

    find: Callable
    end: Callable
    word: str
    state: str
    what: str
    reasons: tuple
    people: str
    numbered: bool = False
