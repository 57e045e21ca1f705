"""Tables by township: rows are places, columns count things that each belong to one place, and the last row adds up."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from core.scope import scope_code
from rosters.listing import Table
from villages.models import Division, Village

TOWNSHIP, VILLAGE = 9, 12
TOTAL, ELSEWHERE, OWN = "合计", "已撤并的村", "own"


@dataclass(frozen=True)
class Column:
    """A counted column: `count` takes the things of a place. Without it the ledger does not know: the cell stays empty."""

    group: str
    label: str
    count: Callable | None = None
    width: int = 9

    @property
    def heading(self):
        return ((self.group, self.label) if self.group else self.label), self.width

    def value(self, things):
        return None if self.count is None else self.count(things)


def area(user, code=None):
    """The name of the division that is reported on."""
    found = Division.objects.visible_to(user).filter(code=code).first() if code else None
    return found.name if found else user.division.name


@dataclass(frozen=True)
class Places:
    """The rows: the townships of a county, or the villages of one township; `names` is code → name in order."""

    names: dict
    digits: int

    @classmethod
    def of(cls, user, on, code=None):
        """One query."""
        if len(code or scope_code(user)) >= TOWNSHIP:
            found, digits = Village.objects.visible_to(user).existing(on), VILLAGE
        else:
            found, digits = Division.objects.visible_to(user).townships(), TOWNSHIP
        found = found.below(code) if code else found
        return cls(dict(found.order_by("code").values_list("code", "name")), digits)

    @property
    def label(self):
        return "村（社区）" if self.digits == VILLAGE else "乡镇"

    @property
    def own(self):
        """How the row is called of what belongs to no village or no township."""
        return "乡镇本级" if self.digits == VILLAGE else "县级"

    def rows(self, things):
        """[(name, things there)] of every place, of villages gone where things are left there, and of all."""
        there = defaultdict(list)
        for thing in things:
            code = thing.place[: self.digits]
            there[code if code in self.names else OWN if len(code) < self.digits else ""].append(thing)
        rows = [(name, there[code]) for code, name in self.names.items()]
        rows += [(label, there[key]) for key, label in ((OWN, self.own), ("", ELSEWHERE)) if there[key]]
        return [*rows, (TOTAL, list(things))]


def counting(**wanted):
    """How many of the things have every attribute as given; a set of values where any of them will do."""

    def count(things):
        return sum(all(_is(getattr(thing, name), value) for name, value in wanted.items()) for thing in things)

    return count


def _is(value, wanted):
    return value in wanted if isinstance(wanted, frozenset) else value == wanted


def adding(name):
    """The sum of an attribute."""
    return lambda things: sum(getattr(thing, name) for thing in things)


def table(title, places, things, columns, *, told="", foot=(), name=""):
    """The Table of the things by place."""
    headings = ((places.label, 16), *(column.heading for column in columns))
    rows = [(label, *(column.value(own) for column in columns)) for label, own in places.rows(things)]
    return Table(title, headings, rows, told, foot, name)
