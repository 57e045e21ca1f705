"""Recording the result of a vote: what will happen to the posts of a village, and doing it as one set."""

import dataclasses
import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from core.writes import change_rows, create_rows
from talent.actions.posts import appoint, end_appointments
from talent.models import Appointment, Candidate, ElectionVillage, EndReason, HandoverItem, How, PoliticalStatus, Post
from talent.models.appointment import POST_LABELS, POSTS_OF, Committee
from talent.parameters.elections import HANDOVER_ITEMS

DAY = datetime.timedelta(days=1)
HEADS = (Post.PARTY_SECRETARY, Post.VILLAGE_DIRECTOR, Post.SUPERVISION_DIRECTOR)
Status = Candidate.Status


@dataclasses.dataclass
class Outcome:
    """What a result will do: posts that end (with why), posts that begin, who goes on in the same post."""

    ballot: object
    winners: list  # candidates
    losers: list
    ending: list = dataclasses.field(default_factory=list)  # (Appointment, EndReason or "" for 连任)
    beginning: list = dataclasses.field(default_factory=list)  # unsaved Appointments
    standing: list = dataclasses.field(default_factory=list)  # Appointments that already are of the new term

    @property
    def lines(self):
        """[(tag, name, text)] of everything that will happen, in the words of the page."""
        again = {(row.person_id, row.post) for row, reason in self.ending if not reason}
        found = []
        for row in self.beginning:
            word = "连任" if (row.person_id, row.post) in again else "新任"
            found.append((word, row.person.name, f"{POST_LABELS[row.post]}，自 {row.start:%Y-%m-%d}"))
        for row, reason in self.ending:
            if reason:
                told = f"{POST_LABELS[row.post]}，止于 {self.last_day:%Y-%m-%d}，{EndReason(reason).label}"
                found.append(("离任", row.person.name, told))
        for row in self.standing:
            found.append(("已登记", row.person.name, f"{POST_LABELS[row.post]}，{row.start:%Y-%m-%d} 起，不重复登记"))
        return found

    @property
    def last_day(self):
        return self.ballot.held_on - DAY


def outcome(ballot, votes, winners):
    """What recording the unsaved `ballot` will do; raises ValidationError with everything that stands in the way.

    `votes` is {candidate's key: votes or None}, `winners` the keys of who is elected."""
    place, body = ballot.place, Committee(ballot.committee)
    place.round.refuse_closed()
    ballot.full_clean()
    rows = _voted_on(place, body)
    for row in rows:
        row.votes = votes.get(row.pk)
    won = [row for row in rows if row.pk in winners]
    problems = _problems(ballot, rows, won)
    if problems:
        raise ValidationError(problems)
    found = Outcome(ballot, won, [row for row in rows if row not in won])
    _plan_posts(found, place, body)
    return found


@transaction.atomic
def record_result(ballot, votes, winners, *, by):
    """Do what `outcome` says, once: the ballot, who won, posts ended and begun in the incoming term, the hand-over list."""
    ElectionVillage.objects.select_for_update().get(pk=ballot.place_id)
    _hold_candidates(ballot.place)
    found = outcome(ballot, votes, winners)
    create_rows([ballot], by=by)
    for row in (*found.winners, *found.losers):
        row.status = Status.ELECTED if row in found.winners else Status.NOT_ELECTED
        row.decided_on = ballot.held_on
    change_rows([*found.winners, *found.losers], ["status", "decided_on", "votes"], by=by)
    for reason in dict.fromkeys(reason for _, reason in found.ending):
        ended = [row for row, why in found.ending if why == reason]
        end_appointments(
            ended, on=found.last_day, reason=reason, document_no=ballot.document_no if reason else "", by=by
        )
    appoint(found.beginning, by=by)
    if not ballot.place.round.is_by_election:  # the team stays, nothing is handed over
        _begin_handover(ballot.place, ballot.held_on, by)
    return found


def _hold_candidates(place):
    """Nobody is moved or blocked while the result is written."""
    rows = Candidate.objects.filter(round=place.round, village=place.village)
    list(rows.select_for_update().order_by("pk").values_list("pk"))


def _voted_on(place, body):
    """The formal candidates of a committee of the village."""
    found = Candidate.objects.filter(round=place.round, village=place.village, status=Status.FORMAL)
    found = found.filter(post__in=POSTS_OF[body]).select_related("person", "village", "round")
    order = {post.value: number for number, post in enumerate(Post)}
    return sorted(found.order_by("pk"), key=lambda row: (order[row.post], row.pk))


def _problems(ballot, rows, won):
    if not won:
        return ["请至少选一名当选人；只有正式候选人可以登记当选。"]
    problems = []
    for row in rows:
        if row.votes is not None and row.votes > ballot.valid:
            problems.append(f"{row.person}得票 {row.votes} 多于有效票 {ballot.valid}，请核对。")
    for row in won:
        if row.blocked_reason:
            problems.append(f"{row.person}不能当选，县级联审有否决结论：{row.blocked_reason}。")
        secretary = row.post == Post.PARTY_SECRETARY
        if secretary and row.person.political_status not in {"", PoliticalStatus.PARTY_MEMBER}:
            problems.append(f"{row.person}不是中共正式党员，不能当选党组织书记。")
    for post in HEADS:
        if len(heads := [str(row.person) for row in won if row.post == post]) > 1:
            problems.append(f"{post.label}只能有一名，现选了{'、'.join(heads)}。")
    return problems + (_not_vacant(ballot, won) if ballot.place.round.is_by_election else [])


def _not_vacant(ballot, won):
    """A by-election fills empty seats: who else still holds the one of a head."""
    taken = [row.post for row in won if row.post in HEADS]
    held = Appointment.objects.serving(ballot.held_on).filter(village=ballot.place.village, post__in=taken)
    held = held.exclude(person__in=[row.person_id for row in won]).select_related("person").order_by("pk")
    return [f"{row.get_post_display()}现由{row.person}担任，请先登记离任再补选。" for row in held]


def _plan_posts(found, place, body):
    """Sort the posts of the committee that are held on the eve, and those that begin; a by-election ends only the
    winners' own earlier ones."""
    ballot, wins = found.ballot, {(row.person_id, row.post) for row in found.winners}
    goes_on = _elected_people(place) | {person for person, _ in wins}
    held = Appointment.objects.filter(village=place.village, post__in=POSTS_OF[body]).select_related(
        "person", "village"
    )
    by_election = place.round.is_by_election
    leaving = held.filter(person__in=[row.person_id for row in found.winners]) if by_election else held
    for row in leaving.serving(found.last_day).order_by("pk"):
        if row.end != found.last_day:  # what was ended on that day already keeps its reason
            found.ending.append((row, _reason(row, wins, goes_on)))
    begun = {(row.person_id, row.post): row for row in held.serving(ballot.held_on).filter(start=ballot.held_on)}
    for row in found.winners:
        known = begun.get((row.person_id, row.post))
        if known is not None:
            found.standing.append(known)
            continue
        found.beginning.append(
            Appointment(
                person=row.person, village=place.village, post=row.post, start=ballot.held_on,
                how=How.BY_ELECTION if by_election else How.ELECTED,
                term=place.round.incoming, document_no=ballot.document_no,
            )
        )  # fmt: skip


def _reason(row, wins, goes_on):
    """Why a post ends: "" for who is elected to it again, 职务调整 for who goes on in another, else 届满未连任."""
    if (row.person_id, row.post) in wins:
        return ""
    return EndReason.CHANGED if row.person_id in goes_on else EndReason.TERM_END


def _elected_people(place):
    """The keys of those elected in the village by an earlier vote of the round."""
    won = Candidate.objects.filter(round=place.round, village=place.village, status=Status.ELECTED)
    return set(won.values_list("person_id", flat=True))


def _begin_handover(place, on, by):
    """The list of what is to be handed over, once per village, copied from the county's."""
    if not HandoverItem.objects.filter(place=place).exists():
        create_rows([HandoverItem(place=place, name=name) for name in HANDOVER_ITEMS.value(on)], by=by)
