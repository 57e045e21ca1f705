"""Who of the cadres lacks which safeguard on a date, and what was due and paid in its year."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models.functions import Substr

from awards.models import SafeguardRecord, SafeguardStandard
from awards.models.safeguards import COVERS as PERIODS
from awards.parameters.safeguards import CHECKUP_MONTHS, COVERS, REPORT_MONTH, REQUIRED
from core.periods import begun, between, dated_after, dated_by, meets_year, month_of, months_before
from core.scope import ancestors
from talent.models import Appointment
from talent.models.appointment import POST_LABELS, TWO_COMMITTEES, Post

MIDDLE = 15  # a month counts for whoever is in post on its 15th
MONTHS = 12
TOWNSHIP_DIGITS = 9
RANK = {post.value: number for number, post in enumerate(Post)}


@dataclass
class Line:
    """A cadre of the year in the village of the highest post: what is there on the date, what was due and paid."""

    person: object
    village: object
    seats: list
    is_serving: bool
    record: object = None
    has: set = field(default_factory=set)
    lacks: list = field(default_factory=list)
    due: Decimal = Decimal(0)

    @property
    def posts(self):
        return "、".join(POST_LABELS[post] for post in sorted({seat.post for seat in self.seats}, key=RANK.get))

    @property
    def paid(self):
        return self.record.paid if self.record else Decimal(0)

    @property
    def short(self):
        """What is still to be paid; below zero where more was paid than is due."""
        return self.due - self.paid


def lines(seen, on):
    """[Line] of everybody with a post of the two committees in the year of `on`, as the seats `seen` (scoped) have it.

    Six queries, whatever the people."""
    seats = seen.filter(meets_year(on.year), begun(on), post__in=TWO_COMMITTEES)
    held = defaultdict(list)
    for seat in seats.select_related("person", "village__township").order_by("village_id", "pk"):
        held[seat.person_id].append(seat)
    found = [_line(rows, on) for rows in held.values()]
    _standing(found, on)
    _dues(found, on)
    return sorted(found, key=lambda line: (line.village.code, RANK[line.seats[0].post], line.person.pk))


def _line(seats, on):
    now = [seat for seat in seats if seat.end is None or seat.end >= on]
    shown = sorted(now or seats, key=lambda seat: RANK[seat.post])
    return Line(shown[0].person, shown[0].village, shown, bool(now))


def _standing(found, on):
    """What each has on the date, and what is required and missing."""
    people = [line.person.pk for line in found]
    kept = SafeguardRecord.objects.filter(person_id__in=people)
    covered = defaultdict(set)
    for name in PERIODS:
        for person in kept.covered(name, on).values_list("person_id", flat=True).order_by():
            covered[person].add(name)
    for person in checked_up(on).filter(person_id__in=people).values_list("person_id", flat=True).order_by():
        covered[person].add("checkup")
    of_year = {row.person_id: row for row in kept.filter(year=on.year).order_by("pk")}
    required = REQUIRED.value(on)
    for line in found:
        line.has, line.record = covered[line.person.pk], of_year.get(line.person.pk)
        if line.is_serving:
            line.lacks = [word for word in required if COVERS[word] not in line.has]


def checked_up(on):
    """Records with a check-up in the months before the day `on` that the county sets."""
    since = months_before(on, CHECKUP_MONTHS.value(on))
    return SafeguardRecord.objects.filter(dated_by(on, "checkup_on"), dated_after(since, "checkup_on"))


def _dues(found, on):
    """What was due from January to the last full month, by the best paid post of each month."""
    standards = standards_of(on.year)
    people = [line.person.pk for line in found]
    seats = defaultdict(list)
    for seat in Appointment.objects.filter(meets_year(on.year), person_id__in=people).order_by("pk"):
        seats[seat.person_id].append(seat)
    days = [month.first.replace(day=MIDDLE) for month in (month_of(on, n) for n in range(1, MONTHS + 1)) if month.over]
    for line in found:
        line.due = sum((_monthly(seats[line.person.pk], day, standards) for day in days), Decimal(0)).quantize(
            Decimal("0.01")
        )


def _monthly(seats, day, standards):
    held = (seat for seat in seats if seat.start <= day and (seat.end is None or seat.end >= day))
    return max((_standard(seat, standards) for seat in held), default=Decimal(0)) / MONTHS


def _standard(seat, standards):
    nearest = (standards.get((code, seat.post)) for code in reversed(ancestors(seat.village_id)))
    return next((total for total in nearest if total is not None), Decimal(0))


def standards_of(year):
    """{(division code, post): yuan a year}."""
    rows = SafeguardStandard.objects.filter(between(year, year, "year")).order_by("pk")
    return {(row.division_id, row.post): row.total for row in rows}


@dataclass
class Total:
    """The lines of a village or township added up."""

    code: str
    name: str
    township: str = ""
    serving: int = 0
    recorded: int = 0
    housing: int = 0
    complete: int = 0
    due: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    lacks: dict = field(default_factory=lambda: defaultdict(int))

    @property
    def short(self):
        return self.due - self.paid

    def add(self, line):
        self.due += line.due
        self.paid += line.paid
        if line.is_serving:
            self.serving += 1
            self.recorded += line.record is not None
            self.housing += "housing" in line.has
            self.complete += not line.lacks
            for word in line.lacks:
                self.lacks[word] += 1


def totals(found, by_village):
    """[Total] by township, or by village; in the order of the codes."""
    kept = {}
    for line in found:
        place = line.village if by_village else line.village.township
        if place.code not in kept:
            kept[place.code] = Total(place.code, place.name, line.village.township.name)
        kept[place.code].add(line)
    return [kept[code] for code in sorted(kept)]


def whole(found, code=""):
    """The Total of all lines, those of the division `code`."""
    total = Total(code, "合计")
    for line in found:
        total.add(line)
    return total


def due_year(on):
    """The latest year whose records should have been handed in before the day `on`, and the day they were due."""
    year = on.year if _due(on.year, on) < on else on.year - 1
    return year, _due(year, on)


def _due(year, on):
    return months_before(datetime.date(year, 12, 31), MONTHS - REPORT_MONTH.value(on))


def reported(year):
    """The townships that handed in anything of the year."""
    rows = SafeguardRecord.objects.filter(between(year, year, "year")).order_by()
    return rows.annotate(township=Substr("village_id", 1, TOWNSHIP_DIGITS)).values("township")
