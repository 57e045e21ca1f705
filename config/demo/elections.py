"""The elections of 2026 in the demo county, as the round that led to its twelfth term: drawn by itself, at the end.

The posts of the new term are in the ledger already; the round tells how they came about."""

import random

from config.demo.county import DAY, day
from config.demo.places import COUNTY
from core.writes import change_rows
from talent import actions
from talent.models import (
    Appointment,
    Candidate,
    ElectionBallot,
    ElectionRound,
    EndReason,
    HandoverItem,
    JointReviewItem,
    JointReviewMark,
    Post,
    ReserveCandidate,
)
from talent.models.appointment import Committee
from talent.models.candidate import ELECTED_POSTS
from villages.actions import approve_seats
from villages.models import ApprovedSeats

STARTED, CLOSED = day(2025, 12, 1), day(2026, 1, 31)
FIRST_DAY = day(2026, 1, 8)
BLOCKED, LOST, FROM_POOL = 8, 40, 60
OLDEST = 59
REASONS = {
    "失信被执行人": ("未履行生效判决，被列入失信名单", "清法函〔{}〕118号"),
    "受过刑事处罚": ("2012 年因盗伐林木被判处有期徒刑", "清公函〔{}〕207号"),
    "处分影响期未满": ("受党内严重警告处分，影响期至 2026 年 9 月", "清纪函〔{}〕96号"),
    "违法占地建房": ("占用耕地建房未拆除", "清自然资函〔{}〕63号"),
}
SOURCES = ("prosperous", "returning", "veteran", "graduate", "cooperative", "villager")
BODIES = (Committee.PARTY, Committee.VILLAGERS, Committee.SUPERVISION)


def fill(county):
    """The whole round: candidates, joint review, results, steps, hand-over."""
    _Round(county).run()


def drawn_counts(rng, body):
    """(issued, returned, valid) ballots of a vote of a village."""
    issued = rng.randint(24, 70) if body != Committee.VILLAGERS else rng.randint(320, 1300)
    returned = issued - rng.randint(0, issued // 12)
    return issued, returned, returned - rng.randint(0, returned // 20)


def finish_steps(held, places, *, by):
    """Every step was done in time. The joint review is finished with the last township's people, what else the county does
    with the first day."""
    by_day = {}
    for place in places:
        by_day.setdefault(place.election_day, []).append(place)
    for step in held.steps.order_by("offset", "pk"):
        if step.per == step.Per.COUNTY:
            day_of = max(by_day) if step.title == "县级联审" else min(by_day)
            actions.finish_county_step(step, on=day_of + step.offset * DAY, by=by)
            continue
        for election_day, some in sorted(by_day.items()):
            actions.finish_step(step, some, on=election_day + step.offset * DAY, by=by)


class _Round:
    def __init__(self, county):
        self.county, self.rng = county, random.Random("换届 2026")
        self.days = {
            village.code: FIRST_DAY + number * DAY
            for number, villages in enumerate(county.townships())
            for village in villages
        }

    def run(self):
        held = ElectionRound(
            division_id=COUNTY[0], name="2026 年村“两委”换届", outgoing=self.county.terms[1], election_day=FIRST_DAY,
            start=STARTED, document_no="清委办〔2025〕41号",
        )  # fmt: skip
        self.held = actions.open_election(held, incoming=self.county.terms[2].name, by=self.county.by)
        self.places = self._own_days()
        self._approve_seats()
        self.blocked = set()
        rows = self._candidates()
        actions.nominate_candidates(rows, by=self.county.by)
        self._review(rows)
        self._vote(rows)
        finish_steps(self.held, self.places.values(), by=self.county.by)
        self._hand_over()
        self.held.end = CLOSED
        change_rows([self.held], ["end"], by=self.county.by)

    def _approve_seats(self):
        """The numbers for the new term, as many as before."""
        seats = [
            ApprovedSeats(
                village=village, start=self.days[village.code], party_seats=village.party_seats,
                committee_seats=village.committee_seats, document_no="清组〔2025〕62号",
            )
            for village in self.county.villages
        ]  # fmt: skip
        approve_seats(seats, by=self.county.by)

    def _own_days(self):
        """village code → its place, with the election day of its township."""
        places = list(self.held.places.select_related("village", "round__incoming").order_by("village_id"))
        for villages in self.county.townships():
            codes = {village.code for village in villages}
            own = [place for place in places if place.village_id in codes]
            actions.set_election_days(own, day=self.days[own[0].village_id], by=self.county.by)
        return {place.village_id: place for place in places}

    # --- who stood

    def _candidates(self):
        posts = [post.value for post in ELECTED_POSTS]
        of_term = Appointment.objects.filter(term=self.held.incoming, post__in=posts).select_related(
            "person", "village"
        )
        won = [row for row in of_term.order_by("village_id", "pk") if row.start == self.days[row.village_id]]
        self.won = {(row.person_id, row.village_id, row.post) for row in won}
        elected = {row.person_id for row in won}
        left = [row for row in self._outgoing() if row.person_id not in elected]
        stood = self.rng.sample(left, BLOCKED + LOST)
        self.blocked = {row.person_id for row in stood[:BLOCKED]}
        taken = elected | {row.person_id for row in stood}
        pool = self.rng.sample([row for row in self._pool() if row.person_id not in taken], FROM_POOL)
        serving = Appointment.objects.serving(FIRST_DAY - DAY).filter(post__in=ELECTED_POSTS)
        self.served = set(serving.values_list("person_id", flat=True))
        return [
            *(self._candidate(row, row.post) for row in (*won, *stood)),
            *(self._candidate(row, Post.VILLAGE_COMMITTEE_MEMBER) for row in pool),
        ]

    def _outgoing(self):
        """Posts of the two committees that ended with the old term, one per person, of who was young enough."""
        ended = Appointment.objects.filter(
            end__range=(FIRST_DAY - DAY, max(self.days.values())), term=self.held.outgoing, end_reason=EndReason.TERM_END
        ).select_related("person", "village")  # fmt: skip
        found = {}
        for row in ended.exclude(post=Post.PARTY_SECRETARY).filter(post__in=ELECTED_POSTS).order_by("village_id", "pk"):
            if (row.person.age(FIRST_DAY) or 0) <= OLDEST:
                found.setdefault(row.person_id, row)
        return list(found.values())

    def _pool(self):
        pool = ReserveCandidate.objects.in_pool(STARTED).filter(village_id__in=self.days)
        return list(pool.select_related("person", "village").order_by("village_id", "pk"))

    def _candidate(self, row, post):
        again = row.person_id in self.served
        source = "incumbent" if again else "reserve" if isinstance(row, ReserveCandidate) else self.rng.choice(SOURCES)
        party = Post(post).committee == Committee.PARTY
        return Candidate(
            round=self.held, person=row.person, village=row.village, post=post, source=source,
            nominated_by=self.rng.choice(("members", "organization") if party else ("villagers", "villagers", "organization")),
            nominated_on=self.days[row.village_id] - 15 * DAY,
        )  # fmt: skip

    # --- what the departments said

    def _review(self, rows):
        items = list(
            JointReviewItem.objects.filter(department__round=self.held).select_related("department").order_by("pk")
        )
        people = {row.person_id: row for row in rows}
        against = {person: self.rng.choice(sorted(REASONS)) for person in sorted(self.blocked)}
        marks = [self._mark(item, row, against.get(row.person_id)) for row in people.values() for item in items]
        actions.record_marks(self.held, marks, by=self.county.by)

    def _mark(self, item, row, against):
        found = item.title == against
        on = self.days[row.village_id] - 9 * DAY
        reason, number = REASONS[against] if found else ("", "")
        result = "found" if found else "unknown" if self.rng.random() < 0.003 else "clear"
        return JointReviewMark(
            item=item, person=row.person, village=row.village, result=result, reason=reason,
            document_no=number.format(on.year), decided_on=on, reviewer=f"{item.department.name}经办人",
        )  # fmt: skip

    # --- the vote

    def _vote(self, rows):
        stays = [row for row in rows if row.person_id not in self.blocked]
        actions.move_candidates(stays, status=Candidate.Status.FORMAL, by=self.county.by)
        out = [row for row in rows if row.person_id in self.blocked]
        for row in Candidate.objects.filter(pk__in=[row.pk for row in out]).select_related("person").order_by("pk"):
            reason = f"县级联审否决：{row.blocked_reason}"
            actions.move_candidates([row], status=Candidate.Status.DISQUALIFIED, reason=reason, by=self.county.by)
        by_place = {}
        for row in stays:
            by_place.setdefault((row.village_id, Post(row.post).committee), []).append(row)
        for code in sorted(self.places):
            for body in BODIES:
                self._count(self.places[code], body, by_place.get((code, body), []))

    def _count(self, place, body, rows):
        winners = {row.pk for row in rows if (row.person_id, row.village_id, row.post) in self.won}
        if not winners:
            return
        issued, returned, valid = drawn_counts(self.rng, body)
        votes = {
            row.pk: self.rng.randint(valid * 6 // 10, valid) if row.pk in winners else self.rng.randint(valid // 20, valid // 3)
            for row in rows
        }  # fmt: skip
        ballot = ElectionBallot(
            place=place, committee=body.value, held_on=place.election_day, issued=issued, returned=returned, valid=valid,
            document_no=f"清组〔2026〕{10 + (place.election_day - FIRST_DAY).days}号",
        )  # fmt: skip
        actions.record_result(ballot, votes, winners, by=self.county.by)

    # --- afterwards

    def _hand_over(self):
        """Everything is signed for, but for the accounts of two villages."""
        waiting = set(self.rng.sample(sorted(self.places), 2))
        items = HandoverItem.objects.filter(place__round=self.held).select_related("place").order_by("place_id", "pk")
        signed = []
        for item in items:
            if item.place.village_id in waiting and "账目" in item.name:
                continue
            item.handed_on = item.place.election_day + 10 * DAY
            item.giver, item.receiver = "原村委会", "新一届村委会"
            signed.append(item)
        actions.sign_handover(signed, by=self.county.by)
