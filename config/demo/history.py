"""The history of the demo county, date by date: 2018 to November 2026."""

import random

from django.db import transaction

from config.demo import (
    accounts,
    approval_forms,
    award_round,
    bench,
    by_election,
    calendar,
    demands,
    elections,
    evaluations,
    honours,
    party,
    past_election,
    places,
    recruitments,
    reviews,
    safeguards,
    sent,
    support,
    talents,
    training,
)
from config.demo.classes import Classes, Degrees, autumn, winter
from config.demo.county import County, day
from config.demo.humans import Humans
from config.demo.pool import Pool
from config.demo.stationed import Stationed
from config.demo.teams import CADRES, DEPARTURES, MERGED_2023, MERGED_2024, REVIEW, REVIEW_2026, Teams
from core import audit
from talent.models import EndReason, ReserveCandidate
from villages.models import Division

SEED = 990121
OutReason = ReserveCandidate.OutReason


def exists():
    return Division.objects.filter(code=places.COUNTY[0]).exists()


@transaction.atomic
def build(said=lambda text: None):
    """Build the whole county in one transaction; `said` is told what is being done."""
    return _History(said).run()


class _History:
    def __init__(self, said):
        self.said = said
        rng = random.Random(SEED)
        places.build_divisions()
        by = accounts.create()["wang"]
        calendar.enter(by)
        villages = places.build_villages(rng, by)
        self.county = County(rng, by, Humans(rng), villages, places.build_terms(by))
        self.teams = Teams(self.county)
        self.pool = Pool(self.county, self.teams)
        self.stationed = Stationed(self.county)
        self.classes = Classes(self.county, self.stationed)
        self.degrees = Degrees(self.county, self.teams)
        places.build_labels(rng, villages, by)
        places.build_figures(rng, villages, by)
        self.classes.set_up_courses()
        self.schemes = honours.set_up(self.county)

    def run(self):
        for title, part in (
            ("第十届班子", self.until_2020),
            ("2021–2022 年", self.until_2022),
            ("2023 年：公开招聘、届中分析", self.year_2023),
            ("2024 年：培训全覆盖", self.year_2024),
            ("2025 年", self.year_2025),
            ("2026 年：第十二届换届", self.year_2026),
        ):
            self.said(title)
            part()
        talents.fill(self.county)
        reviews.hold(self.county)
        training.fill(self.county)
        honours.recommend(self.county, self.schemes, 2026)
        elections.fill(self.county)
        recruitments.fill(self.county)
        bench.fill(self.county)
        sent.fill(self.county)
        demands.fill(self.county)
        by_election.fill(self.county)
        approval_forms.fill(self.county)
        evaluations.fill(self.county)
        safeguards.fill(self.county)
        support.fill(self.county)
        party.fill(self.county)
        past_election.fill(self.county)
        audit.record(by=self.county.by, verb="load", about="演示县清源县")
        return self.county

    def until_2020(self):
        codes = [village.code for village in self.county.villages]
        self.teams.elect(self.county.terms[0], day(2018, 8, 15), split=self.county.rng.sample(codes, 41))

    def until_2022(self):
        self.teams.elect(self.county.terms[1], day(2021, 1, 10), split=self.teams.split)
        self.stationed.send(day(2021, 6, 15), small=18)
        self.pool.open()
        late = sorted(self.teams.late)
        self.degrees.begin(autumn(2020), self.degrees.deputies_of(late[:4]), outside=0)
        self.degrees.begin(autumn(2021), self.degrees.deputies_of(late[4:]) + self.degrees.others(20), outside=6)
        honours.give(self.county, self.schemes, 2021, honours.awarded_on(2021))
        self.classes.secretaries(day(2022, 3, 8))
        self.classes.committees(day(2022, 5, 10), townships=6)
        self.depart(DEPARTURES[0])
        self.degrees.begin(autumn(2022), self.degrees.others(26), outside=8)
        self.classes.sent_in(day(2022, 9, 6), classes=3, of=6)
        self.pool.leave(day(2022, 9, 30), OutReason.LEFT, 6)
        honours.give(self.county, self.schemes, 2022, honours.awarded_on(2022))

    def year_2023(self):
        self.degrees.graduate(winter(2023), autumn(2020))
        for first in (day(2023, 3, 7), day(2023, 10, 10)):
            self.classes.secretaries(first)
        self.classes.committees(day(2023, 5, 9), townships=8)
        self.pool.recruit(day(2023, 7, 10), 20, beyond=6)
        self.teams.merge_heads(MERGED_2023[0], self.teams.split[: MERGED_2023[1]])
        self.degrees.begin(autumn(2023), self.degrees.deputies_of(self.staying()) + self.degrees.others(29), outside=10)
        self.classes.reserves(day(2023, 9, 12), classes=4)
        self.review(REVIEW[:3])
        honours.give(self.county, self.schemes, 2023, honours.awarded_on(2023))

    def year_2024(self):
        self.degrees.graduate(winter(2024), autumn(2021))
        self.classes.secretaries(day(2024, 3, 5))
        self.review(REVIEW[3:])
        self.teams.merge_heads(MERGED_2024[0], self.teams.split[MERGED_2023[1] :])
        self.stationed.rotate(day(2024, 6, 15))
        self.pool.top_up(day(2024, 6, 30))
        self.classes.secretaries(day(2024, 6, 25))
        self.classes.sent_in(day(2024, 8, 6), classes=6, of=6)
        self.degrees.begin(autumn(2024), self.degrees.others(self.places_left()), outside=10)
        self.classes.committees(day(2024, 9, 3))
        self.classes.secretaries(day(2024, 10, 15))
        self.classes.reserves(day(2024, 11, 19), classes=5)
        awarded = honours.give_secretaries(self.county, self.schemes, 2024, honours.awarded_on(2024))
        award_round.hold(self.county, self.schemes, awarded)

    def year_2025(self):
        self.degrees.graduate(winter(2025), autumn(2022))
        self.depart(DEPARTURES[1])
        for first in (day(2025, 3, 4), day(2025, 9, 9)):
            self.classes.secretaries(first)
        self.classes.committees(day(2025, 5, 13), townships=9, absent=1)
        self.pool.leave(day(2025, 4, 18), OutReason.OVER_AGE, 6)
        self.pool.leave(day(2025, 4, 30), OutReason.CIVIL_SERVICE, 3, kind=ReserveCandidate.Kind.RECRUITED)
        self.degrees.leave(day(2025, 6, 30), 3)
        self.depart(DEPARTURES[2])
        self.classes.sent_in(day(2025, 6, 10), classes=6, of=6)
        self.degrees.begin(autumn(2025), self.degrees.others(18), outside=5)
        honours.give(self.county, self.schemes, 2025, honours.awarded_on(2025))

    def year_2026(self):
        self.teams.elect(self.county.terms[2], day(2026, 1, 8), split=self.teams.split[:1])
        self.degrees.graduate(day(2026, 1, 25), autumn(2023))
        self.classes.secretaries(day(2026, 3, 10))
        self.pool.recruit(day(2026, 4, 15), 10, beyond=0)
        self.pool.top_up(day(2026, 4, 30), but=4)
        self.classes.committees(day(2026, 5, 12), absent=2)
        self.stationed.rotate(day(2026, 7, 1), but=4, small=2)
        self.classes.sent_in(day(2026, 7, 14), classes=5, of=6)
        self.teams.leave_vacant(day(2026, 8, 20))
        self.degrees.begin(autumn(2026), self.degrees.others(24), outside=7)
        self.review(REVIEW_2026)
        self.classes.secretaries(day(2026, 9, 22))
        honours.give(self.county, self.schemes, 2026, honours.awarded_on(2026))

    def staying(self):
        """Villages without a college graduate whose deputy now studies for one."""
        return self.teams.without - self.teams.without_for_good

    def places_left(self):
        """So that 89 study at the end of 2024."""
        serving = {person.pk for person, _ in self.county.serving(*CADRES)}
        return 89 - sum(study.person_id in serving for study in self.county.studies)

    def review(self, rounds):
        for on, roles in rounds:
            term = self.county.terms[2 if on.year == 2026 else 1]
            self.teams.replace(on, EndReason.UNFIT, roles, term)

    def depart(self, departure):
        on, reason, roles = departure
        self.teams.replace(on, reason, roles, self.county.terms[1])
