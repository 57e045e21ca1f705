"""What the parts of the demo share while it is built: the villages, who serves where, who is in the pool."""

import dataclasses
import datetime
import random

from config.demo.humans import Humans
from talent import actions
from talent.models import Appointment

DAY = datetime.timedelta(days=1)


def day(year, month, date):
    return datetime.date(year, month, date)


@dataclasses.dataclass
class County:
    """The state on the day the history has reached. Seats are (village code, role); see teams.ROLES."""

    rng: random.Random
    by: object
    humans: Humans
    villages: list
    terms: list
    holders: dict = dataclasses.field(default_factory=dict)  # seat → Person
    posts: dict = dataclasses.field(default_factory=dict)  # seat → open appointments
    pool: dict = dataclasses.field(default_factory=dict)  # (village code, slot) → open reserve place
    stays: dict = dataclasses.field(default_factory=dict)  # (village code, place in the team) → open stay
    studies: list = dataclasses.field(default_factory=list)  # open degree studies
    graduates: set = dataclasses.field(default_factory=set)  # keys of people with 大专及以上

    def __post_init__(self):
        self.by_code = {village.code: village for village in self.villages}

    def townships(self):
        """The villages of each township, in order of code."""
        grouped = {}
        for village in self.villages:
            grouped.setdefault(village.township_id, []).append(village)
        return list(grouped.values())

    def save(self, people):
        """Save drawn people with their schooling."""
        actions.create_people(people, by=self.by)
        educations = self.humans.take_educations()
        self.graduates |= {one.person_id for one in educations if one.level in {"junior_college", "bachelor", "master"}}
        actions.add_educations(educations, by=self.by)

    def appoint(self, seats, *, on, term, how, document_no=""):
        """Give `seats` (seat → (Person, posts)) from the day `on`; new people are saved first."""
        self.save([person for person, _ in seats.values() if person.pk is None])
        rows = {
            (seat, post): Appointment(
                person=person, village=self.by_code[seat[0]], post=post, start=on, how=how, term=term, document_no=document_no
            )
            for seat, (person, posts) in seats.items()
            for post in posts
        }  # fmt: skip
        actions.appoint(list(rows.values()), by=self.by)
        for (seat, _), row in rows.items():
            self.holders[seat] = row.person
            self.posts.setdefault(seat, []).append(row)
        self._forget_promoted({person.pk for person, _ in seats.values()})

    def dismiss(self, seats, *, on, reason, document_no=""):
        """End every post of the seats; `on` is the last day in office."""
        ended = [row for seat in seats for row in self.posts.pop(seat)]
        actions.end_appointments(ended, on=on, reason=reason, document_no=document_no, by=self.by)
        for seat in seats:
            del self.holders[seat]

    def serving(self, *roles):
        """(Person, village code) of everybody in these roles, in order of village."""
        return [
            (self.holders[village.code, role], village.code)
            for village in self.villages
            for role in roles
            if (village.code, role) in self.holders
        ]

    def _forget_promoted(self, keys):
        self.pool = {slot: place for slot, place in self.pool.items() if place.person_id not in keys}
