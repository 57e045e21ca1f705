"""Rows against the database with a constant number of queries: what is new, changed, unchanged, and what it would refuse."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from core.collecting import ROWS_AT_ONCE, sharing
from rosters.cleaning.persons import is_misspelt_phone
from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from talent.models import Appointment, ReserveCandidate
from talent.models.appointment import TWO_COMMITTEES
from talent.roster_apply import seats, who, words
from talent.roster_apply.educations import Educations, kept_of
from talent.roster_apply.people import People, too_long
from talent.roster_apply.who import HELD_ELSEWHERE

TWO = frozenset(post.value for post in TWO_COMMITTEES)


@dataclass
class Plan:
    """What `write` writes."""

    people: People
    educations: Educations
    seats: list


def compare(rows, scope):
    """A Comparison of committee rows (`rosters.comparison.Row`) for `scope`."""
    verdicts = [Verdict() for _ in rows]
    digests = [who.digest_of(row) for row in rows]
    existing = who.people_by_digest(digests, scope)
    who.add_those_without_number(rows, verdicts, digests, existing, scope)
    _refuse(rows, verdicts, digests, existing, scope)
    settled = _settle(rows, verdicts, digests, existing, scope)
    repeated = who.repeated(digests)
    people = People(existing, repeated)
    educations = Educations(kept_of(existing.values()), repeated)
    plan = Plan(people, educations, settled)
    pool = _in_pool(existing)
    for row, verdict, person in zip(rows, verdicts, digests, strict=True):
        if row.refused or verdict.refused:
            continue
        was = existing.get(person)
        people.take(person, row, verdict)
        educations.take(person, was, row, verdict)
        verdict.change = "new" if was is None else "changed" if verdict.diff else "unchanged"
        _hint(row, verdict, was, pool)
    known = who.Known(digests, existing)
    who.hint_known(rows, verdicts, known, scope)
    who.hint_former(rows, verdicts, known)
    return Comparison(verdicts, plan)


def _in_pool(existing):
    ids = [person.pk for person in existing.values()]
    return set(ReserveCandidate.objects.filter(person_id__among=ids, end=None).values_list("person_id", flat=True))


def _refuse(rows, verdicts, digests, existing, scope):
    for row, verdict, key in zip(rows, verdicts, digests, strict=True):
        if row.village_code and outside(row.village_code, scope.code):
            verdict.refuse(*OUTSIDE)  # and nothing else is told about the row
            continue
        if key in existing and outside(existing[key].village_id, scope.code):
            verdict.refuse(*HELD_ELSEWHERE)
        for found in (seats.sent_in(row), too_long(row)):
            if found:
                verdict.refuse(*found)


def _settle(rows, verdicts, digests, existing, scope):
    """All seats of the rows' villages as they would stand; rows that the database would refuse are told and left out."""
    kept = _kept_seats(rows, existing, scope)
    by_village = defaultdict(list)
    for index, row in enumerate(rows):
        if row.village_code and digests[index]:
            by_village[row.village_code].append(index)
    lost = _without_village(rows, digests)
    settled = []
    for village, indexes in by_village.items():
        settled += _settle_village(village, indexes, rows, verdicts, digests, kept[village], lost, scope)
    return settled


def _without_village(rows, digests):
    """{person: rows} of known people whose village could not be read: they may name posts in any village."""
    lost = defaultdict(list)
    for index, row in enumerate(rows):
        if digests[index] and not row.village_code:
            lost[digests[index]].append((index, digests[index], row))
    return lost


def _settle_village(village, indexes, rows, verdicts, digests, kept, lost, scope):
    elsewhere = [found for index in indexes for found in lost.get(digests[index], ())]
    while True:
        good, bad = [], list(elsewhere)
        for index in indexes:
            refused = rows[index].refused or verdicts[index].refused
            (bad if refused else good).append((index, digests[index], rows[index]))
        settled, notes = seats.Team(village, good, bad, kept).settle(scope.as_of)
        clashes = seats.clashes(settled, {index: rows[index].place for index in indexes})
        if not clashes:
            _show(notes, verdicts)
            return settled
        for index, problem in clashes.items():
            verdicts[index].refuse(*problem)


def _kept_seats(rows, existing, scope):
    """{village: [(person, seats.Kept)]}: those of the rows' people there, and all secretaries there."""
    villages = {row.village_code for row in rows if row.village_code and not outside(row.village_code, scope.code)}
    people = {person.pk: key for key, person in existing.items()}
    found = Appointment.objects.filter(
        Q(person_id__among=people) | Q(post=seats.SECRETARY), village_id__among=villages
    ).order_by("pk")
    if scope.lock:
        found = found.select_for_update()
    kept, share = defaultdict(list), sharing()
    found = found.values_list("village_id", "person_id", *seats.Kept._fields)
    for village, person_id, *appointment in found.iterator(ROWS_AT_ONCE):
        person = people.get(person_id) or f"#{person_id}"
        kept[village].append((person, seats.Kept(*share(appointment))))
    return kept


def _show(notes, verdicts):
    for index, note in notes.items():
        if note.after:
            verdicts[index].diff["posts"] = (words.posts(note.before), words.posts(note.after))
        if note.moved:
            verdicts[index].diff["start_date"] = tuple(words.month(date) for date in note.moved)
        if note.assumed:
            message = f"没有填任现职时间，按数据日期 {note.assumed:%Y.%m.%d} 记"
            verdicts[index].hint("start_date", "start_assumed", message)


def _hint(row, verdict, person, pool):
    if is_misspelt_phone(row):
        verdict.hint("phone", "phone_left_out", "这个电话不入库，原有电话保留")
    if person is None:
        verdict.diff = {}
        return
    if person.village_id != row.village_code:
        verdict.hint(
            "village", "managed_in_other_village", "此人档案现由本单位另一个村管理，任职记入本村，档案所在村不变"
        )
    if person.pk in pool and "posts" in verdict.diff and TWO.intersection(row.values["posts"]):
        verdict.hint("posts", "leaves_pool", "此人进入“两委”，入库时同时转出后备干部")
