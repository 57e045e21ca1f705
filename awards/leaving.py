"""Leaving allowance (离任生活补贴): years in post as the appointments prove them, why somebody gets none, how much."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from awards import eligibility
from awards.parameters.safeguards import (
    LEAVE_AGE,
    LEAVE_BOTH,
    LEAVE_EXCLUDED,
    LEAVE_MOST,
    LEAVE_ONE,
    LEAVE_OTHER,
    LEAVE_YEARS,
)
from core.periods import begun, months_before
from talent.models import Appointment, EndReason
from talent.models.appointment import TWO_COMMITTEES, Post

DAY = timedelta(1)
DAYS_A_MONTH = 30
MONTHS = 12
CENT = Decimal("0.01")
BOTH, ONE, OTHER = "both", "one", "other"
CLASSES = {BOTH: "书记兼主任", ONE: "书记或主任", OTHER: "其他“两委”成员"}
LEADERS = {Post.PARTY_SECRETARY.value, Post.VILLAGE_DIRECTOR.value}


@dataclass(frozen=True)
class Terms:
    """What the county sets, on a date."""

    years: int
    age: int
    most: int
    yuan: dict
    excluded: tuple

    @classmethod
    def on(cls, day):
        yuan = {BOTH: LEAVE_BOTH.value(day), ONE: LEAVE_ONE.value(day), OTHER: LEAVE_OTHER.value(day)}
        return cls(LEAVE_YEARS.value(day), LEAVE_AGE.value(day), LEAVE_MOST.value(day), yuan, LEAVE_EXCLUDED.value(day))


@dataclass
class Line:
    """Somebody with posts of the two committees: whole months by class of post, what stands against, yuan a month.

    Periods without a document no. and a term prove nothing: they are counted in `unproven` only."""

    person: object
    village: object
    left_on: object
    months: dict
    unproven: int
    against: list = field(default_factory=list)
    monthly: Decimal = Decimal(0)

    @property
    def is_serving(self):
        return self.left_on is None

    @property
    def total(self):
        return sum(self.months.values())

    @property
    def yearly(self):
        return self.monthly * MONTHS


def lines(seen, on):
    """[Line] of everybody whose latest post of the two committees lies in the seats `seen` (scoped), in order of places."""
    history = defaultdict(list)
    people = seen.filter(begun(on), post__in=TWO_COMMITTEES).values("person")
    seats = Appointment.objects.filter(begun(on), person__in=people, post__in=TWO_COMMITTEES)
    for seat in seats.select_related("person", "village__township").order_by("person_id", "start", "pk"):
        history[seat.person_id].append(seat)
    shown = set(seen.filter(begun(on), post__in=TWO_COMMITTEES).values_list("pk", flat=True).order_by())
    terms, told = Terms.on(on), eligibility.breaches(list(history), on)
    found = (_line(rows, shown, terms, told, on) for rows in history.values())
    return sorted(filter(None, found), key=lambda line: (line.village.code, line.person.pk))


def _line(seats, shown, terms, told, on):
    last = max(seats, key=lambda seat: (seat.end is None or seat.end >= on, seat.end or on, seat.pk))
    if last.pk not in shown:
        return None
    left_on = None if last.end is None or last.end >= on else last.end
    proven = [seat for seat in seats if seat.document_no or seat.term_id is not None]
    line = Line(last.person, last.village, left_on, months_by_class(proven, on), len(seats) - len(proven))
    line.against = _against(line, seats, terms, told, on)
    if not line.against:
        line.monthly = _amount(line.months, terms)
    return line


def months_by_class(seats, on):
    """Whole months in each class of post until the day `on`; a day with several posts counts once, in the best class.

    Full months by the calendar; the days that are left over make a month for every thirty."""
    months, days = dict.fromkeys(CLASSES, 0), dict.fromkeys(CLASSES, 0)
    for name, begin, stop in _spells(seats, on):
        full = (stop.year - begin.year) * MONTHS + stop.month - begin.month - (stop.day < begin.day)
        months[name] += full
        days[name] += (stop - months_before(begin, -full)).days
    return {name: months[name] + days[name] // DAYS_A_MONTH for name in CLASSES}


def _spells(seats, on):
    """[(class, first day, day after the last)] without gaps or overlaps within one."""
    periods = [(seat.start, _next(min(seat.end or on, on)), seat.post) for seat in seats]
    found = []
    for begin, stop in pairwise(sorted({edge for first, last, _ in periods for edge in (first, last)})):
        posts = {post for start, until, post in periods if start <= begin and until >= stop}
        if not posts:
            continue
        if found and found[-1][0] == _class_of(posts) and found[-1][2] == begin:
            begin = found.pop()[1]
        found.append((_class_of(posts), begin, stop))
    return found


def _next(day):
    return day + DAY if day < date.max else day


def _class_of(posts):
    if posts >= LEADERS:
        return BOTH
    return ONE if posts & LEADERS else OTHER


def _against(line, seats, terms, told, on):
    """Why somebody gets no allowance, each in words."""
    if line.is_serving:
        return ["仍在任"]
    found = []
    if line.total < terms.years * MONTHS:
        found.append(f"任职累计 {years_text(line.total)}，不满 {terms.years} 年")
    age = line.person.age(on)
    if age is None:
        found.append("没有出生日期，年龄无法核对")
    elif age < terms.age:
        found.append(f"{age} 周岁，未满 {terms.age} 周岁")
    reasons = {seat.get_end_reason_display() for seat in seats if seat.end_reason}
    if EndReason.DIED.label in reasons:
        found.append("已去世")
    found += [f"曾因{reason}离任" for reason in terms.excluded if reason in reasons]
    return found + told.get(line.person.pk, [])


def _amount(months, terms):
    """Yuan a month: the months of each class by its standard, the best classes first, up to the most years."""
    left, total = terms.most * MONTHS, Decimal(0)
    for name in CLASSES:
        counted = min(months[name], left)
        left -= counted
        total += Decimal(counted) / MONTHS * terms.yuan[name]
    return total.quantize(CENT)


def years_text(months):
    years, rest = divmod(months, MONTHS)
    return f"{years} 年 {rest} 个月" if rest else f"{years} 年"
