"""What a party branch owes in the year of a date, what of it was held, and what is missing.

The same duties as rows in SQL (figures, checks) and as cells of a matrix (the page), from one list of slots."""

import calendar
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, Q, TextField

from core.parameters import read_once
from core.periods import dated_by, year_to_date
from villages.models import BranchSize, MeetingKind, MeetingRecord
from villages.parameters.party import COMMITTEE_FROM, DUTIES, MONTH_DAY, QUARTER_DAYS, QUORUM

# Whoever comes to a lecture or a theme day listens; these resolve and judge.
NEED_QUORUM = tuple(kind.value for kind in MeetingKind if kind not in {MeetingKind.LECTURE, MeetingKind.THEME})
MONTHS = range(1, 13)
# Who owes the meetings of a committee or of groups follows from the branch's size: kind → the number that decides.
SIZED = {MeetingKind.COMMITTEE: "full_members", MeetingKind.GROUP: "groups"}


@dataclass(frozen=True)
class Slot:
    """`times` meetings of `kind` from `first` to `last`; falls due in `month`, and is told as missing from `told_from`."""

    kind: MeetingKind
    month: int
    first: date
    last: date
    times: int
    told_from: date

    def is_due(self, on):
        return on >= self.told_from

    @property
    def text(self):
        return f"{self.month}月{self.kind.label}"


def slots(on):
    """Everything that may be owed in the year of `on`, in order of month; what is not asked for (0 times) is left out."""
    day, days = MONTH_DAY.value(on), QUARTER_DAYS.value(on)
    asked = [(kind, months, times.value(on)) for kind, (months, times) in DUTIES.items()]
    return [
        _slot(on.year, kind, month, months, times, day, days)
        for month in MONTHS
        for kind, months, times in asked
        if times and month % months == 0
    ]


def due_slots(on):
    """The slots whose gap is told on the day `on`."""
    return [slot for slot in slots(on) if slot.is_due(on)]


def missing(on):
    """What a branch lacks on the day `on`, as an SQL array of texts in order of month.

    One expression for all slots: a condition for each of them would be forty subqueries in every figure and check."""
    with read_once(on):
        due = due_slots(on)
        return Missing(due, on, QUORUM.value(on), COMMITTEE_FROM.value(on))


SQL = """ARRAY(
    SELECT slot.told
    FROM unnest(%s::text[], %s::text[], %s::date[], %s::date[], %s::integer[]) WITH ORDINALITY
        AS slot(told, kind, first, last, times, place)
    WHERE {since} <= slot.first AND ({until} IS NULL OR {until} >= slot.last)
        AND (slot.kind NOT IN ('committee', 'group') OR COALESCE((
            SELECT CASE slot.kind WHEN 'committee' THEN size.full_members >= %s ELSE size.groups > 0 END
            FROM villages_branchsize AS size
            WHERE size.branch_id = {branch} AND size.start <= LEAST(slot.last, %s)
            ORDER BY size.start DESC LIMIT 1), false))
        AND (
            SELECT count(*) FROM villages_meetingrecord AS met
            WHERE met.branch_id = {branch} AND met.kind = slot.kind AND met.held_on BETWEEN slot.first AND LEAST(slot.last, %s)
                AND (met.kind <> ALL(%s) OR met.present > met.expected * %s / 100)
        ) < slot.times
    ORDER BY slot.place)"""


class Missing(Func):
    """Slots that the branch of the row owes (there for the whole period, of the size that the duty is for) and lacks."""

    output_field = ArrayField(TextField())

    def __init__(self, due, on, quorum, least):
        self.due, self.on, self.quorum, self.least = due, on, quorum, least
        super().__init__(F("pk"), F("start"), F("end"))

    def as_sql(self, compiler, connection):
        columns = [compiler.compile(one)[0] for one in self.source_expressions]
        values = [
            [slot.text for slot in self.due], [slot.kind.value for slot in self.due], [slot.first for slot in self.due],
            [slot.last for slot in self.due], [slot.times for slot in self.due],
        ]  # fmt: skip
        names = dict(zip(("branch", "since", "until"), columns, strict=True))
        return SQL.format(**names), [*values, self.least, self.on, self.on, list(NEED_QUORUM), self.quorum]


def _slot(year, kind, month, months, times, day, days):
    last = date(year, month, calendar.monthrange(year, month)[1])
    first = date(year, month - months + 1, 1)
    told = last.replace(day=day) if months == 1 else last - timedelta(max(days - 1, 0))
    return Slot(kind, month, first, last, times, told)


def held(on):
    """Meetings held by the day `on` that count: with a quorum where one is needed."""
    enough = Q(present__gt=F("expected") * QUORUM.value(on) / 100)  # whole numbers: more than the part rounded down
    return MeetingRecord.objects.filter(dated_by(on, "held_on")).filter(~Q(kind__in=NEED_QUORUM) | enough)


def _least(kind, on):
    return COMMITTEE_FROM.value(on) if kind == MeetingKind.COMMITTEE else 1


@dataclass(frozen=True)
class MonthCell:
    """A branch's month: how many of the duties that fall due in it were fulfilled, and the slots that are missing.

    `state` is done, missing, open (not to be told yet) or none (nothing falls due)."""

    state: str
    done: int = 0
    owed: int = 0
    missing: tuple = ()

    @property
    def text(self):
        """The cell in words, as on the page and in Excel."""
        if self.state == "missing":
            return "缺" + "、".join(slot.kind.label for slot in self.missing)
        return {"done": f"{self.done}/{self.owed}", "open": f"{self.done}/{self.owed} 未到期", "none": "—"}[self.state]


def matrix(branches, on, kind=""):
    """{branch's key: [a MonthCell for each month of the year of `on`]}, of one kind of meeting or all. Three queries."""
    keys = [branch.pk for branch in branches]
    with read_once(on):
        sizes, counts = sizes_of(keys), _counts(keys, on)
        asked = [slot for slot in slots(on) if not kind or slot.kind == kind]
        return {branch.pk: [_cell(branch, month, asked, sizes, counts, on) for month in MONTHS] for branch in branches}


def sizes_of(keys):
    """branch's key → its BranchSize rows in order of date."""
    found = defaultdict(list)
    for size in BranchSize.objects.filter(branch__in=keys).order_by("start"):
        found[size.branch_id].append(size)
    return found


def _counts(keys, on):
    counted = held(on).filter(year_to_date(on, "held_on"), branch__in=keys)
    return Counter((key, kind, day.month) for key, kind, day in counted.values_list("branch_id", "kind", "held_on"))


def _cell(branch, month, asked, sizes, counts, on):
    owed = [slot for slot in asked if slot.month == month and _owes(branch, slot, sizes[branch.pk], on)]
    if not owed or date(on.year, month, 1) > on:
        return MonthCell("none")
    lacking = [slot for slot in owed if _held(branch, slot, counts) < slot.times]
    told = tuple(slot for slot in lacking if slot.is_due(on))
    state = "missing" if told else "open" if lacking else "done"
    return MonthCell(state, len(owed) - len(lacking), len(owed), told)


def _held(branch, slot, counts):
    return sum(counts[branch.pk, slot.kind, month] for month in range(slot.first.month, slot.last.month + 1))


def _owes(branch, slot, sizes, on):
    if branch.start > slot.first or (branch.end and branch.end < slot.last):
        return False
    if slot.kind not in SIZED:
        return True
    size = size_on(sizes, min(slot.last, on))
    return size is not None and getattr(size, SIZED[slot.kind]) >= _least(slot.kind, on)


def size_on(sizes, on):
    """The last of the sizes, which are in order of date, that holds on the day `on`; None before the first."""
    return next((size for size in reversed(sizes) if size.start <= on), None)
