"""The open recruitments of 2023 and 2026 whose engaged are in the pool: who else applied, scores, ranking, publicity."""

import random
from decimal import Decimal

from config.demo.county import DAY, day
from config.demo.humans import Humans
from talent import actions, recruiting
from talent.models import Recruitment, RecruitmentApplication, ReserveCandidate

SEED, FIRST_PHONE = "recruitments 990121", 700_000
ENGAGED_ON = (day(2023, 7, 10), day(2026, 4, 15))
OTHERS_A_PLACE = 2  # applicants who were not engaged, for each who was
CONDITIONS = {"min_age": 18, "max_age": 35, "min_education": "junior_college", "household": "county", "written_weight": 50,
              "interview_weight": 50}  # fmt: skip
PASSED = dict.fromkeys(("eligibility", "physical", "inspection", "publicity"), "passed")


def fill(county):
    """Draws with its own seed and its own humans, so that nothing drawn before changes."""
    rng = random.Random(SEED)
    humans = Humans(rng)
    humans.names, humans.numbers, humans.drawn = set(county.humans.names), set(county.humans.numbers), FIRST_PHONE
    for on in ENGAGED_ON:
        _Round(county, rng, humans, on).run()


class _Round:
    """One recruitment, told backwards from the day of engagement."""

    def __init__(self, county, rng, humans, on):
        self.county, self.rng, self.humans, self.on = county, rng, humans, on
        places = ReserveCandidate.objects.filter(kind=ReserveCandidate.Kind.RECRUITED, start=on)
        self.engaged = sorted(
            places.select_related("person", "village"), key=lambda place: (place.village_id, place.person.id_number)
        )

    def run(self):
        quota = {}
        for place in self.engaged:
            quota[place.village_id[:9]] = quota.get(place.village_id[:9], 0) + 1
        self.held = actions.announce([self._notice()], places=[quota], by=self.county.by)[0]
        chosen = [self._engaged(place) for place in self.engaged]
        actions.take_applications(chosen + self._others(), by=self.county.by)
        actions.review(self.held, on=self.held.applies_until + 5 * DAY, by=self.county.by)
        self._score()

    def _notice(self):
        return Recruitment(
            division_id=self.county.by.division_id, title=f"{self.on.year}年清源县公开招聘村级后备干部公告", year=self.on.year,
            document_no=f"清组告〔{self.on.year}〕1号", published_on=self.on - 70 * DAY, applies_until=self.on - 50 * DAY,
            written_on=self.on - 40 * DAY, interviewed_on=self.on - 30 * DAY, physical_on=self.on - 24 * DAY,
            inspected_on=self.on - 18 * DAY, publicised_from=self.on - 13 * DAY, publicised_until=self.on - 4 * DAY, **CONDITIONS,
        )  # fmt: skip

    def _engaged(self, place):
        return RecruitmentApplication(
            recruitment=self.held, person=place.person, village=place.village, household=self._household(), **PASSED,
            eligibility_reasons="年龄、学历、户籍与台账核对，符合公告条件", reviewed_on=self.held.applies_until + 5 * DAY,
            ticket_no=self._ticket(), applied_on=self._applied(),
            written=self._points(78, 92), interview=self._points(80, 93), engaged_on=self.on, place=place,
            document_no=f"清组〔{self.on.year}〕{40 + self.on.month}号",
        )  # fmt: skip

    def _others(self):
        """Two for each place: most meet the conditions, some are too old or lack the schooling."""
        found = []
        for place in self.engaged:
            for _ in range(OTHERS_A_PLACE):
                old, level = self.rng.choice(
                    (
                        (30, "bachelor"),
                        (28, "junior_college"),
                        (26, "bachelor"),
                        (41, "bachelor"),
                        (30, "senior_middle"),
                    )
                )
                person = self.humans.draw(
                    place.village, born=(self.on.year - old - 1, self.on.year - old), member=self.rng.random() < 0.3, level=level, joined_by=self.on
                )  # fmt: skip
                found.append(
                    RecruitmentApplication(
                        recruitment=self.held, person=person, village=place.village, household=self._household(),
                        ticket_no=self._ticket(), applied_on=self._applied(),
                    )
                )  # fmt: skip
        actions.create_people([one.person for one in found], by=self.county.by)
        for one in found:
            one.person = one.person  # it has its key only now
        actions.add_educations(self.humans.take_educations(), by=self.county.by)
        return found

    def _score(self):
        """Those who passed the review sat the tests, below the engaged; one of them did not come to the interview."""
        waiting = self.held.applications.filter(eligibility=recruiting.PASSED, engaged_on=None).select_related(
            "person", "recruitment"
        )
        sitting = sorted(waiting, key=lambda one: one.person.id_number)
        for number, one in enumerate(sitting):
            one.written, one.interview = self._points(58, 78), self._points(60, 79) if number else None
        actions.change_applications(sitting, by=self.county.by)

    def _household(self):
        return self.rng.choice(("township", "township", "county"))

    def _ticket(self):
        return f"{self.on.year}{self.rng.randrange(10_000):04d}"

    def _applied(self):
        return self.held.applies_until - self.rng.randrange(15) * DAY

    def _points(self, low, high):
        return Decimal(self.rng.randint(low * 10, high * 10)) / 10
