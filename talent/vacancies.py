"""Since when the seats of a village's committees are empty, from the history of its posts: one reckoning for the pages
and for the check."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import (
    Case,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from core.dates import EARLIEST
from core.periods import begun, ended, in_force
from talent.indicators.sources import people_per_village
from talent.models import Appointment, Committee
from talent.models.appointment import POSTS_OF
from villages.models import ApprovedSeats, Village

SEATS = {Committee.PARTY: "party_seats", Committee.VILLAGERS: "committee_seats"}  # of Village and of ApprovedSeats
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Vacancy:
    """An empty seat: `since` is its first empty day, None where so many people were never registered."""

    village: Village
    committee: Committee
    seats: int
    people: int
    since: datetime.date | None

    def days(self, on):
        return (on - self.since).days + 1 if self.since else None


def vacancies(villages, on):
    """[Vacancy] of the villages, an entry for each empty seat of the two committees, by village. Six queries.

    With three seats and one person, one seat is empty since the third left, the other since the second did; a seat that was
    added since is empty from its approval on."""
    kept = {village.code: village for village in villages}
    found = defaultdict(list)
    for body in SEATS:
        short = {row.code: row for row in short_of(Village.objects.filter(code__in=list(kept)), body, on)}
        days = defaultdict(list)
        for code, end, there in (
            departures(body, on).filter(village__in=list(short)).values_list("village_id", "end", "there")
        ):
            days[code].append((end, there))
        approved = _approved(short.values(), body, on)
        for code, row in short.items():
            found[code] += _empty(kept[code], body, row, days[code], approved[code])
    return [one for code in kept for one in found[code]]


def short_of(villages, body, on):
    """Those of `villages` where fewer people serve in the committee `body` than seats are approved: `seats`, `filled`."""
    serving = Appointment.objects.serving(on).filter(post__in=POSTS_OF[body])
    counted = villages.with_seats(on).annotate(seats=F(f"{SEATS[body]}_on"), filled=people_per_village(serving))
    return counted.filter(filled__lt=F("seats"))


def departures(body, on):
    """The posts of the committee that had ended before `on`: only after these days can it have been fuller. `there` is
    how many people served on the last day (`end`), the leaver included; the latest first."""
    serving = Appointment.objects.filter(
        in_force(OuterRef("end")), village=OuterRef("village"), post__in=POSTS_OF[body]
    )
    people = serving.order_by().values("village").annotate(people=Count("person", distinct=True)).values("people")
    return (
        Appointment.objects.filter(ended(on), post__in=POSTS_OF[body])
        .annotate(there=Subquery(people))
        .order_by("-end", "pk")
    )


def with_last_full(short, body, on):
    """The rows of `short_of` with `full`: the last day before the gap, on which the committee was full or had fewer seats
    approved; null where neither is known."""
    name = SEATS[body]
    stated = ApprovedSeats.objects.filter(begun(on), village=OuterRef("code"))
    fewer = stated.filter(**{f"{name}__lt": OuterRef("seats")}).order_by("-start").values("start")[:1]
    from_the_first = When(Q(**{name: None}) | Q(**{f"{name}__lt": F("seats")}), then=Value(EARLIEST))
    added = stated.filter(start__gt=OuterRef("fewer")).order_by("start").values("start")[:1]
    full = departures(body, on).filter(village=OuterRef("code"), there__gte=OuterRef("seats")).values("end")[:1]
    eve = ExpressionWrapper(F("added") - Value(1), output_field=DateField())
    return short.annotate(
        fewer=Coalesce(Subquery(fewer), Case(from_the_first, output_field=DateField())), added=Subquery(added)
    ).annotate(full=Greatest(Subquery(full), eve))


def first_held(body, on):
    """An expression on Village: the first day on which anybody held a post of the committee."""
    held = Appointment.objects.filter(begun(on), village=OuterRef("code"), post__in=POSTS_OF[body]).order_by()
    return Subquery(held.values("village").annotate(first=Min("start")).values("first"))


def _approved(villages, body, on):
    """village code → [(day, seats approved from it on)], the latest first, down to what held before all of them (no day)."""
    name, found = SEATS[body], defaultdict(list)
    rows = ApprovedSeats.objects.filter(begun(on), village__in=[row.code for row in villages]).order_by("-start")
    for code, start, seats in rows.values_list("village_id", "start", name):
        found[code].append((start, seats))
    for row in villages:
        found[row.code].append((None, getattr(row, name) or 0))
    return found


def _empty(village, body, row, days, approved):
    for number in range(row.filled + 1, row.seats + 1):
        left = next((end + ONE_DAY for end, there in days if there >= number), None)
        added = None
        for start, seats in approved:
            if seats < number:
                break
            added = start
        since = max(filter(None, (left, added)), default=None)
        yield Vacancy(village, body, row.seats, row.filled, since)
