"""What tables that the county keeps share: a row is one thing, told by its key; a township reads and changes nothing."""

from dataclasses import dataclass, field
from decimal import Decimal

from rosters.comparison import Comparison, Verdict
from talent.roster_apply import words
from talent.roster_apply.role_kinds import RoleField

COUNTY_DIGITS = 6
CENT = Decimal("0.01")
MOST = Decimal(10) ** 8


@dataclass
class Plan:
    """New rows and changed ones."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)

    def note(self, one, names, is_new):
        if is_new:
            self.new.append(one)
        elif names:
            self.changed.append(one)


def judged(rows, plan, problems, take):
    """A Comparison: `problems(row)` is what the database would refuse, `take(row, verdict)` decides the rest."""
    verdicts = [Verdict() for _ in rows]
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.refused:
            continue
        for problem in problems(row):
            verdict.refuse(*problem)
        if not verdict.refused:
            take(row, verdict)
    return Comparison(verdicts, plan)


def money(field, attribute):
    """Yuan with two digits."""
    return RoleField(
        field, attribute, keep=lambda typed: Decimal(str(typed)).quantize(CENT), show=lambda value: f"{value:,.2f}",
        empty=Decimal(0), clears=True,
    )  # fmt: skip


def wrong_money(row, names):
    for name in names:
        if row.values.get(name) is not None and not 0 <= Decimal(str(row.values[name])) < MOST:
            yield (name, "amount_out_of_range", "金额不能是负数，也不能超过一亿元，请按元填写")


def whole_day(field, attribute):
    """A date that is told to the day."""
    return RoleField(
        field, attribute, keep=words.day, show=lambda value: f"{value:%Y-%m-%d}" if value else None, empty=None
    )
