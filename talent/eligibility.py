"""Whether candidates may stand (任职资格): what the ledger itself says, beside the joint review."""

import datetime
from collections import defaultdict

from talent import avoidance
from talent.models import Appointment, Candidate, ElectionVillage, PoliticalStatus, Post
from talent.models.appointment import Committee
from talent.models.candidate import ELECTED_POSTS
from talent.parameters.elections import AGAIN_AGE, NEW_AGE, VOTING_AGE
from villages.models import IntegrityRecord

DAY = datetime.timedelta(days=1)
FROM = "《村民委员会组织法》"


def concerns(candidates, on, user):
    """{candidate's key: [why not, in words]} of candidates of one round; those without any are left out.

    Ages are full years on the village's own election day; who serves in a team on its eve counts as 连任. Near
    relatives are those written down that `user` may know of, and so are disciplinary decisions in effect on election day.
    Seven queries, however many candidates."""
    candidates = list(candidates)
    days = election_days(candidates)
    kin = avoidance.told(candidates, days, on, user)
    serving, disciplined = _serving(candidates, days), _disciplined(candidates, days, on, user)
    bodies = _bodies(candidates)
    limits = (VOTING_AGE.value(on), NEW_AGE.value(on), AGAIN_AGE.value(on))
    found = {}
    for row in candidates:
        day = days.get(row.village_id, on)
        told = [*_age(row, day, row.person_id in serving[row.village_id], limits), *_party(row)]
        if {Committee.VILLAGERS, Committee.SUPERVISION} <= bodies[row.person_id, row.village_id]:
            told.append(f"同时参选村（居）委会和监委会（{FROM}不允许）")
        told += kin.get(row.pk, []) + disciplined.get(row.pk, [])
        if told:
            found[row.pk] = told
    return found


def _disciplined(candidates, days, on, user):
    """{candidate's key: [decision in effect on election day]}, for those who may see the record of integrity."""
    if not user.has_perm("villages.view_integrityrecord"):
        return {}
    kept, found = defaultdict(list), defaultdict(list)
    records = IntegrityRecord.objects.visible_to(user).filter(person_id__in={row.person_id for row in candidates})
    for record in records.order_by("start", "pk"):
        kept[record.person_id].append(record)
    for row in candidates:
        for record in kept[row.person_id]:
            if record.counts_on(days.get(row.village_id, on)):
                until = f"影响期至 {record.end:%Y-%m-%d}" if record.end else "没有期限"
                found[row.pk].append(f"{record.start:%Y-%m-%d} 受{record.get_kind_display()}，{until}")
    return found


def election_days(candidates):
    places = ElectionVillage.objects.filter(
        round_id__in={row.round_id for row in candidates}, village_id__in={row.village_id for row in candidates}
    )
    return dict(places.values_list("village_id", "election_day"))


def _serving(candidates, days):
    """village code → the keys of those who hold an elected post there on the eve of its election."""
    held = Appointment.objects.filter(
        person_id__in={row.person_id for row in candidates}, post__in=[post.value for post in ELECTED_POSTS]
    )
    found = defaultdict(set)
    for code, person, start, end in held.values_list("village_id", "person_id", "start", "end"):
        eve = days[code] - DAY if code in days else None
        if eve and start <= eve and (end is None or end >= eve):
            found[code].add(person)
    return found


def _bodies(candidates):
    found = defaultdict(set)
    rounds = {row.round_id for row in candidates}
    people = {row.person_id for row in candidates}
    kept = Candidate.objects.filter(round_id__in=rounds, person_id__in=people).exclude(status="disqualified")
    for person, code, post in kept.values_list("person_id", "village_id", "post"):
        found[person, code].add(Post(post).committee)
    return found


def _age(row, day, again, limits):
    youngest, new, still = limits
    age = row.person.age(day)
    if age is None:
        return ["没有出生日期，年龄无法核对"]
    if age < youngest:
        return [f"选举日 {age} 周岁，不满 {youngest} 周岁"]
    limit, word = (still, "连任") if again else (new, "新任")
    return [f"选举日 {age} 周岁，超过{word} {limit} 周岁"] if age > limit else []


def _party(row):
    if row.committee != Committee.PARTY or row.person.political_status == PoliticalStatus.PARTY_MEMBER:
        return []
    return ["不是中共正式党员，不能任党组织职务"]
