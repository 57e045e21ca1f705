"""People who are kept but do not stand in a roster that says it lists everybody: who they are, and ending their posts."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

TOWNSHIP_DIGITS = 9


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


@dataclass(frozen=True)
class Absence:
    """How a kind of roster finds and ends those who are not in it.

    find  (rows, Scope) → [Absent]; `rows` are all of the file, those with problems too
    end   (records, on=, reason=, document_no=, by=, batch=) → writes it; `on` is the last day
    word  what ending is called, as in 免职; `state` is what those who are kept are, as in 在任, `what` what they hold, as in 职务
    whom  those whom a complete roster lists, in words"""

    find: Callable
    end: Callable
    word: str
    state: str
    what: str
    reasons: tuple
    whom: str
    numbered: bool = False

    def asked(self, code=""):
        """The words beside the box that says that a roster of the division `code` is complete: a township's is for all of
        its villages, any other for those that it names."""
        where = "本乡镇各村" if len(code) >= TOWNSHIP_DIGITS else "所列各村"
        return f"这份名册已列全：{where}的{self.whom}都在表上"
