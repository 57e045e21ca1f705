"""A small by-election (补选) of the demo county that runs while somebody looks at it: the police have not answered yet.

So the account of 公安局 has a column to fill in, and the county a candidate whom it cannot make formal before that."""

import random

from config.demo.county import DAY, day
from config.demo.places import COUNTY
from core.models import User
from talent import actions
from talent.models import (
    Appointment,
    Candidate,
    ElectionRound,
    JointReviewDepartment,
    JointReviewItem,
    JointReviewMark,
    PoliticalStatus,
    Post,
    ReserveCandidate,
    RuralTalent,
)
from talent.models.appointment import Committee
from talent.vacancies import vacancies

STARTED, NOMINATED, REVIEWED, ELECTION = day(2026, 11, 4), day(2026, 11, 20), day(2026, 11, 23), day(2026, 12, 5)
LAST_DONE = -13  # days from the election of the last step that the villages have finished
EACH, OLDEST = 2, 55
POSTS = {Committee.PARTY: Post.PARTY_COMMITTEE_MEMBER, Committee.VILLAGERS: Post.VILLAGE_COMMITTEE_MEMBER}
WAITING = "公安局"


def fill(county):
    """The round over the villages with an empty seat, its candidates, every column but that of the police."""
    rng = random.Random("补选 2026")
    empty = list(dict.fromkeys((one.village.code, one.committee) for one in vacancies(county.villages, NOMINATED)))
    villages = [county.by_code[code] for code in sorted({code for code, _ in empty})]
    held = ElectionRound(
        division_id=COUNTY[0], name="2026 年 12 月补选", incoming=county.terms[2], election_day=ELECTION,
        start=STARTED, document_no="清组〔2026〕87号",
    )  # fmt: skip
    held = actions.open_by_election(held, villages, by=county.by)
    police = held.departments.get(name=WAITING)
    police.account = User.objects.get(username="gongan")
    actions.give_columns([police], by=county.by)
    rows = []
    for code, committee in empty:
        rows += _stand(held, county.by_code[code], committee, {row.person_id for row in rows}, rng)
    actions.nominate_candidates(rows, by=county.by)
    _review(held, rows, county.by)
    places = list(held.places.order_by("village_id"))
    for step in held.steps.filter(per="village", offset__lte=LAST_DONE).order_by("offset", "pk"):
        actions.finish_step(step, places, on=ELECTION + step.offset * DAY, by=county.by)


def _able(code, committee):
    """(person, source) of the village's reserves, then of its rural talents, that may sit on the committee and do not serve."""
    reserves = ReserveCandidate.objects.in_pool(NOMINATED).filter(village_id=code)
    talents = RuralTalent.objects.in_pool(NOMINATED).filter(village_id=code)
    serving = set(Appointment.objects.serving(NOMINATED).values_list("person_id", flat=True))
    found = {}
    for rows, source in ((reserves, "reserve"), (talents, "prosperous")):
        for row in rows.select_related("person").order_by("person__pinyin", "pk"):
            if row.person_id not in serving and _may_sit(row.person, committee):
                found.setdefault(row.person_id, (row.person, source))
    return list(found.values())


def _may_sit(person, committee):
    member = committee != Committee.PARTY or person.political_status == PoliticalStatus.PARTY_MEMBER
    return member and (person.age(ELECTION) or OLDEST + 1) <= OLDEST


def _stand(held, village, committee, taken, rng):
    """Two for each empty seat, nobody for two committees."""
    able = [(person, source) for person, source in _able(village.code, committee) if person.pk not in taken]
    return [
        Candidate(
            round=held, person=person, village=village, post=POSTS[committee], source=source,
            nominated_by="members" if committee == Committee.PARTY else "villagers", nominated_on=NOMINATED,
        )
        for person, source in rng.sample(able, EACH)
    ]  # fmt: skip


def _review(held, rows, by):
    others = JointReviewDepartment.objects.filter(round=held).exclude(name=WAITING)
    items = JointReviewItem.objects.filter(department__in=others).select_related("department").order_by("pk")
    marks = [
        JointReviewMark(
            item=item, person=row.person, village=row.village, result="clear", decided_on=REVIEWED,
            reviewer=f"{item.department.name}经办人",
        )
        for row in rows
        for item in items
    ]  # fmt: skip
    actions.record_marks(held, marks, by=by)
