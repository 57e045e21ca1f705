"""The elections of 2021 in the demo county, filled in afterwards: a round of the past, closed, with each village's results.

The posts of its term are in the ledger already; nothing is begun or ended by it."""

import random

from config.demo.county import DAY, day
from config.demo.elections import BODIES, drawn_counts, finish_steps
from config.demo.places import COUNTY
from core.writes import change_rows
from talent import actions
from talent.actions import election_results as results
from talent.models import Appointment, Candidate, ElectionBallot, ElectionRound, Post
from talent.models.candidate import ELECTED_POSTS

STARTED, FIRST_DAY, CLOSED = day(2020, 12, 1), day(2021, 1, 10), day(2021, 2, 8)


def fill(county):
    """The round with its villages' days, who was elected with what votes, and every step done."""
    rng = random.Random("换届 2021")
    held = ElectionRound(
        division_id=COUNTY[0], name="2021 年村“两委”换届", outgoing=county.terms[0], election_day=FIRST_DAY,
        start=STARTED, document_no="清委办〔2020〕38号",
    )  # fmt: skip
    held = actions.open_election(held, incoming=county.terms[1].name, by=county.by)
    elected = _Elected(held)
    places = list(held.places.select_related("village", "round__incoming").order_by("village_id"))
    for election_day in sorted(set(elected.days.values())):
        own = [place for place in places if elected.days.get(place.village_id) == election_day]
        actions.set_election_days(own, day=election_day, by=county.by)
    around = results.Around(held, places)
    outcomes = [
        _vote(place, body, rows, around, rng)
        for place in places
        for body in BODIES
        if (rows := elected.of(place, body))
    ]
    results.record_outcomes(outcomes, by=county.by)
    finish_steps(held, places, by=county.by)
    held.end = CLOSED
    change_rows([held], ["end"], by=county.by)


class _Elected:
    """The posts of the term that began with the elections: `days` {village: the day}."""

    def __init__(self, held):
        posts = Appointment.objects.filter(term=held.incoming, post__in=ELECTED_POSTS, how="elected")
        self.posts = list(posts.select_related("person", "village").order_by("village_id", "pk"))
        self.days = {}
        for row in self.posts:
            self.days[row.village_id] = min(row.start, self.days.get(row.village_id, row.start))

    def of(self, place, body):
        return [
            row for row in self.posts
            if row.village_id == place.village_id and Post(row.post).committee == body and row.start == self.days[place.village_id]
        ]  # fmt: skip


def _vote(place, body, posts, around, rng):
    issued, returned, valid = drawn_counts(rng, body)
    ballot = ElectionBallot(
        place=place, committee=body.value, held_on=place.election_day, issued=issued, returned=returned, valid=valid,
        document_no=f"清组〔2021〕{10 + (place.election_day - FIRST_DAY).days}号",
    )  # fmt: skip
    won = [
        Candidate(
            round=place.round, person=row.person, village=row.village, post=row.post, nominated_on=place.election_day - 15 * DAY,
            votes=rng.randint(valid * 6 // 10, valid),
        )
        for row in posts
    ]  # fmt: skip
    return results.weigh(ballot, won, won, around)
