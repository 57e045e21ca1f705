"""Since when the seats of a village's committees are empty, from the history of its posts: one reckoning for the pages
and for the check."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Min, OuterRef, Subquery

from core.periods import begun, ended, in_force
from talent.indicators.sources import people_per_village
from talent.models import Appointment, Committee
from talent.models.appointment import POSTS_OF
from villages.models import Village

SEATS = {Committee.PARTY: "party_seats", Committee.VILLAGERS: "committee_seats"}
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
    """[Vacancy] of the villages, an entry for each empty seat of the two committees, by village. Four queries.

    With three seats and one person, one seat is empty since the third left, the other since the second did."""
    kept = {village.code: village for village in villages}
    found = defaultdict(list)
    for body in SEATS:
        short = {row.code: row for row in short_of(Village.objects.filter(code__in=list(kept)), body, on)}
        days = defaultdict(list)
        for code, end, there in (
            departures(body, on).filter(village__in=list(short)).values_list("village_id", "end", "there")
        ):
            days[code].append((end, there))
        for code, row in short.items():
            found[code] += _empty(kept[code], body, row, days[code])
    return [one for code in kept for one in found[code]]


def short_of(villages, body, on):
    """Those of `villages` where fewer people serve in the committee `body` than seats are approved: `seats`, `filled`."""
    serving = Appointment.objects.serving(on).filter(post__in=POSTS_OF[body])
    counted = villages.annotate(seats=F(SEATS[body]), filled=people_per_village(serving))
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


def last_full(body, on):
    """An expression on the rows of `short_of`: the last day on which the committee was full, null where it never was."""
    full = departures(body, on).filter(village=OuterRef("code"), there__gte=OuterRef("seats"))
    return Subquery(full.values("end")[:1])


def first_held(body, on):
    """An expression on Village: the first day on which anybody held a post of the committee."""
    held = Appointment.objects.filter(begun(on), village=OuterRef("code"), post__in=POSTS_OF[body]).order_by()
    return Subquery(held.values("village").annotate(first=Min("start")).values("first"))


def _empty(village, body, row, days):
    for number in range(row.filled + 1, row.seats + 1):
        last = next((end for end, there in days if there >= number), None)
        yield Vacancy(village, body, row.seats, row.filled, last + ONE_DAY if last else None)
