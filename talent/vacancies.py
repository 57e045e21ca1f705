"""Since when the seats of a village's committees are empty, from the history of its posts."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from core.periods import begun
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
    """[Vacancy] of the villages, an entry for each empty seat of the two committees, by village. One query.

    With three seats and one person, one seat is empty since the third left, the other since the second did."""
    kept = {village.code: village for village in villages}
    seats = Appointment.objects.filter(begun(on), village__in=list(kept))
    held = defaultdict(list)
    for code, post, *period in seats.values_list("village_id", "post", "person_id", "start", "end").order_by("pk"):
        for body in SEATS:
            if post in POSTS_OF[body]:
                held[code, body].append(tuple(period))
    return [
        one
        for village in kept.values()
        for body in SEATS
        for one in _empty(village, body, held[village.code, body], on)
    ]


def _empty(village, body, periods, on):
    approved = getattr(village, SEATS[body]) or 0
    days = _last_days(periods, on)
    people = len(_serving(periods, on))
    for number in range(people + 1, approved + 1):
        last = next((day for day in days if len(_serving(periods, day)) >= number), None)
        yield Vacancy(village, body, approved, people, last + ONE_DAY if last else None)


def _serving(periods, on):
    """The people who hold a post of the committee on a day."""
    return {person for person, start, end in periods if start <= on and (end is None or end >= on)}


def _last_days(periods, on):
    """The days after which somebody was gone, the latest first: only on them can a committee have been fuller."""
    return sorted({end for _, _, end in periods if end is not None and end < on}, reverse=True)
