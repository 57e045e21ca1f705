"""Recording the result of a vote: what will happen to the posts of a village, and doing it as one set."""

import dataclasses
import datetime
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core.writes import change_rows, create_rows
from talent.actions.posts import appoint, end_appointments
from talent.models import (
    Appointment,
    Candidate,
    ElectionBallot,
    ElectionVillage,
    EndReason,
    HandoverItem,
    How,
    PoliticalStatus,
    Post,
)
from talent.models.appointment import POST_LABELS, Committee
from talent.models.candidate import ELECTED_POSTS
from talent.parameters.elections import HANDOVER_ITEMS
from villages.models import Term

DAY = datetime.timedelta(days=1)
SOON = datetime.timedelta(days=90)  # a post that the ledger begins so long after the vote is the one voted on
HEADS = (Post.PARTY_SECRETARY, Post.VILLAGE_DIRECTOR, Post.SUPERVISION_DIRECTOR)
ORDER = {post.value: number for number, post in enumerate(Post)}
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
    hands_over: bool = False  # a new team takes over now

    @property
    def lines(self):
        """[(tag, name, text)] of everything that will happen, in the words of the page."""
        again = {(row.person_id, row.post) for row, reason in self.ending if not reason}
        found = []
        for row in self.beginning:
            word = "连任" if (row.person_id, row.post) in again else "新任"
            until = f" 至 {row.end:%Y-%m-%d}" if row.end else ""
            found.append((word, row.person.name, f"{POST_LABELS[row.post]}，自 {row.start:%Y-%m-%d}{until}"))
        found += [("离任", row.person.name, self.told_end(row, reason)) for row, reason in self.ending if reason]
        for row in self.standing:
            found.append(("已登记", row.person.name, f"{POST_LABELS[row.post]}，{row.start:%Y-%m-%d} 起，不重复登记"))
        return found

    def told_end(self, row, reason):
        return f"{POST_LABELS[row.post]}，止于 {self.last_day:%Y-%m-%d}，{EndReason(reason).label}"

    @property
    def last_day(self):
        return self.ballot.held_on - DAY


class Around:
    """What results of a round are weighed against, read once for any number of its villages.

    `is_late`: the round is closed, or a later term has begun: the ledger knows more than the vote. A post that is there is the
    one voted on; one that is missing is added until the next vote or term; of a term that is over nobody's post is ended."""

    def __init__(self, held, places):
        self.held, codes = held, [place.village_id for place in places]
        today = timezone.localdate()
        later = Term.objects.filter(division_id=held.division_id, start__gt=held.incoming.start, start__lte=today)
        self.next_term = later.order_by("start", "pk").first()
        self.is_late = held.is_closed_on(today) or self.next_term is not None
        self.candidates, self.posts, self.later = defaultdict(list), defaultdict(list), defaultdict(list)
        self.won = defaultdict(set)  # village → the keys of who is elected in it by a vote of the round
        rows = Candidate.objects.filter(round=held, village__in=codes).select_related("person", "village", "round")
        for row in sorted(rows.order_by("pk"), key=lambda row: (ORDER[row.post], row.pk)):
            self.candidates[row.village_id, row.committee].append(row)
            if row.status == Status.ELECTED:
                self.won[row.village_id].add(row.person_id)
        posts = Appointment.objects.filter(village__in=codes, post__in=ELECTED_POSTS).select_related(
            "person", "village"
        )
        for row in posts.order_by("pk"):
            self.posts[row.village_id, Post(row.post).committee].append(row)
        if self.is_late:
            self._read_later(codes)

    def _read_later(self, codes):
        """The days of the votes of other rounds in the villages."""
        ballots = ElectionBallot.objects.filter(place__village__in=codes, place__round__kind="general")
        ballots = ballots.exclude(place__round=self.held).order_by("held_on", "pk")
        for code, committee, on in ballots.values_list("place__village_id", "committee", "held_on"):
            self.later[code, Committee(committee)].append(on)

    def formal(self, code, body):
        """The formal candidates of a committee of the village, in order of rank."""
        return [row for row in self.candidates[code, body] if row.status == Status.FORMAL]

    def held_posts(self, ballot):
        """The posts of the ballot's committee that the ledger has in the village, of any time."""
        return self.posts[ballot.place.village_id, Committee(ballot.committee)]

    def last_day(self, ballot):
        """The last day of who was elected by a vote of the past: the eve of the next vote, or of the next term; None now."""
        key = ballot.place.village_id, Committee(ballot.committee)
        days = [on for on in self.later[key] if on > ballot.held_on]
        turn = days[0] if days else self.next_term.start if self.next_term else None
        return turn - DAY if turn else None


def outcome(ballot, votes, winners):
    """What recording the unsaved `ballot` will do; raises ValidationError with everything that stands in the way.

    `votes` is {candidate's key: votes or None}, `winners` the keys of who is elected."""
    place = ballot.place
    place.round.refuse_closed()
    ballot.full_clean()
    around = Around(place.round, [place])
    rows = around.formal(place.village_id, Committee(ballot.committee))
    for row in rows:
        row.votes = votes.get(row.pk)
    won = [row for row in rows if row.pk in winners]
    if told := [text for _, text in problems(ballot, rows, won, around)]:
        raise ValidationError(told)
    return weigh(ballot, rows, won, around)


def weigh(ballot, rows, won, around):
    """The Outcome of a vote about which `problems` found nothing."""
    hands_over = not around.is_late and not around.held.is_by_election
    found = Outcome(ballot, won, [row for row in rows if row not in won], hands_over=hands_over)
    around.won[ballot.place.village_id].update(row.person_id for row in won)
    if around.is_late:
        _link_posts(found, around)
    else:
        _plan_posts(found, around)
    return found


@transaction.atomic
def record_result(ballot, votes, winners, *, by):
    """Do what `outcome` says, once: the ballot, who won, posts ended and begun in the incoming term, the hand-over list."""
    ElectionVillage.objects.select_for_update().get(pk=ballot.place_id)
    _hold_candidates(ballot.place)
    found = outcome(ballot, votes, winners)
    record_outcomes([found], by=by)
    return found


@transaction.atomic
def record_outcomes(outcomes, *, by, batch=None):
    """Write what votes of one round come to, as one set; candidates who are not on file yet are entered with their result."""
    create_rows([found.ballot for found in outcomes], by=by, batch=batch)
    rows = [row for found in outcomes for row in _decided(found)]
    change_rows([row for row in rows if row.pk], ["status", "decided_on", "votes"], by=by, batch=batch)
    create_rows([row for row in rows if not row.pk], by=by, batch=batch)
    ended = defaultdict(list)
    for found in outcomes:
        for row, reason in found.ending:
            ended[found.last_day, reason, found.ballot.document_no if reason else ""].append(row)
    for (on, reason, number), posts in ended.items():
        end_appointments(posts, on=on, reason=reason, document_no=number, by=by, batch=batch)
    appoint([row for found in outcomes for row in found.beginning], by=by, batch=batch)
    _tell_election(outcomes, by, batch)
    _begin_handover([found.ballot for found in outcomes if found.hands_over], by, batch)


def _tell_election(outcomes, by, batch):
    """Posts that the ledger had already are of the term that the round elected, where nothing was said of that."""
    told = []
    for row, held in ((row, found.ballot.place.round) for found in outcomes for row in found.standing):
        if row.term_id in (None, held.incoming_id) and not (row.term_id and row.how):
            row.term, row.how = held.incoming, row.how or _way(held)
            told.append(row)
    change_rows(told, ["term", "how"], by=by, batch=batch)


def _decided(found):
    """The candidates of an outcome with their result."""
    for row in (*found.winners, *found.losers):
        row.status = Status.ELECTED if row in found.winners else Status.NOT_ELECTED
        row.decided_on = found.ballot.held_on
        yield row


def _hold_candidates(place):
    """Nobody is moved or blocked while the result is written."""
    rows = Candidate.objects.filter(round=place.round, village=place.village)
    list(rows.select_for_update().order_by("pk").values_list("pk"))


def problems(ballot, rows, won, around):
    """What stands in the way of a vote: (the candidate that it is about or None, text)."""
    if not won:
        yield None, "请至少选一名当选人；只有正式候选人可以登记当选。"
        return
    for row in rows:
        if row.votes is not None and row.votes > ballot.valid:
            yield row, f"{row.person}得票 {row.votes} 多于有效票 {ballot.valid}，请核对。"
    for row in won:
        if row.blocked_reason:
            yield row, f"{row.person}不能当选，县级联审有否决结论：{row.blocked_reason}。"
        secretary = row.post == Post.PARTY_SECRETARY and not around.next_term
        if secretary and row.person.political_status not in {"", PoliticalStatus.PARTY_MEMBER}:
            yield row, f"{row.person}不是中共正式党员，不能当选党组织书记。"
    for post in HEADS:
        if len(heads := [row for row in won if row.post == post]) > 1:
            yield heads[-1], f"{post.label}只能有一名，现选了{'、'.join(str(row.person) for row in heads)}。"
    if around.is_late:
        yield from _clashes(ballot, won, around)
    elif around.held.is_by_election:
        yield from _not_vacant(ballot, won, around)


def _not_vacant(ballot, won, around):
    """A by-election fills empty seats: who else still holds the one of a head."""
    taken = {row.post: row for row in won if row.post in HEADS}
    people = {row.person_id for row in won}
    for row in around.held_posts(ballot):
        if row.post in taken and row.person_id not in people and _serves(row, ballot.held_on):
            yield taken[row.post], f"{row.get_post_display()}现由{row.person}担任，请先登记离任再补选。"


def _clashes(ballot, won, around):
    """Why a vote of the past does not fit: after its term, or a secretary in the ledger while another is to be added."""
    last = around.last_day(ballot)
    if last is not None and last < ballot.held_on:
        yield None, f"选举日期 {ballot.held_on:%Y-%m-%d} 晚于这一届的任期，请核对日期和轮次。"
        return
    for row in won:
        if row.post != Post.PARTY_SECRETARY or _known(row, ballot, around):
            continue
        if met := _other_secretary(row, ballot, around):
            since = f"{met.person}从 {met.start:%Y-%m-%d} 起任党组织书记"
            yield row, f"台账里{since}，与{row.person}的任期重叠，请先核对任职记录。"


def _other_secretary(row, ballot, around):
    """The first secretary of the ledger whom this vote does not end, in the time for which the winner is to be added."""
    until = _until(row, ballot, around)
    for post in around.held_posts(ballot):
        meets = (until is None or post.start <= until) and (post.end is None or post.end >= ballot.held_on)
        if post.post == row.post and meets and not _leaves(post, ballot, around):
            return post
    return None


def _serves(row, on):
    return row.start <= on and (row.end is None or row.end >= on)


def _leaves(post, ballot, around):
    """True for a post that a late vote of the present term ends: held on the eve, and nobody has said until when."""
    renews = around.next_term is None and not around.held.is_by_election
    return renews and post.end is None and _serves(post, ballot.held_on - DAY)


def _same(row, ballot, around):
    """The winner's posts in the ledger of the kind voted on, of any time."""
    held = around.held_posts(ballot)
    return [post for post in held if row.person_id and post.person_id == row.person_id and post.post == row.post]


def _known(row, ballot, around):
    """The post in the ledger that a winner holds by the vote, or None: begun on the day, soon after it, or, where only the
    month was written down, in its month; of a late vote also the one that was held on the day."""
    on, same = ballot.held_on, _same(row, ballot, around)
    held = [post for post in same if _serves(post, on) and (around.is_late or post.start in {on, on.replace(day=1)})]
    return next(iter([*held, *(post for post in same if on < post.start <= on + SOON)]), None)


def _until(row, ballot, around):
    """The last day of a post that a late result adds: of the term, or the eve of the same post held again; None now."""
    again = [post.start - DAY for post in _same(row, ballot, around) if post.start > ballot.held_on]
    return min(filter(None, [*again, around.last_day(ballot)]), default=None)


def _link_posts(found, around):
    """A late result: who is in the ledger stays as there, what is missing is added for its term; of the present term, who
    was on the eve and is not elected leaves, as on the day."""
    ballot, kept = found.ballot, set()
    for row in found.winners:
        if known := _known(row, ballot, around):
            found.standing.append(known)
            kept.add(known.pk)
            continue
        post = _begun(row, ballot, around)
        post.end = _until(row, ballot, around)
        again = post.end and any(one.start == post.end + DAY for one in _same(row, ballot, around))
        post.end_reason = EndReason.TERM_END if post.end and not again else ""
        found.beginning.append(post)
    for row in around.held_posts(ballot):
        if row.pk not in kept and _leaves(row, ballot, around):
            found.ending.append((row, _reason(row, set(), around)))


def _plan_posts(found, around):
    """Sort the posts of the committee that are held on the eve, and those that begin; a by-election ends only the
    winners' own earlier ones."""
    ballot, wins = found.ballot, {(row.person_id, row.post) for row in found.winners}
    known = {id(row): post for row in found.winners if (post := _known(row, ballot, around))}
    people, kept = {row.person_id for row in found.winners}, {post.pk for post in known.values()}
    for row in around.held_posts(ballot):
        leaves = row.pk not in kept and (not around.held.is_by_election or row.person_id in people)
        if leaves and _serves(row, found.last_day) and row.end != found.last_day:  # what was ended keeps its reason
            found.ending.append((row, _reason(row, wins, around)))
    for row in found.winners:
        if id(row) in known:
            found.standing.append(known[id(row)])
        else:
            found.beginning.append(_begun(row, ballot, around))


def _begun(row, ballot, around):
    return Appointment(
        person=row.person, village=row.village, post=row.post, start=ballot.held_on,
        how=_way(around.held), term=around.held.incoming, document_no=ballot.document_no,
    )  # fmt: skip


def _way(held):
    return How.BY_ELECTION if held.is_by_election else How.ELECTED


def _reason(row, wins, around):
    """Why a post ends: "" for who is elected to it again, 职务调整 for who goes on in another, else 届满未连任."""
    if (row.person_id, row.post) in wins:
        return ""
    return EndReason.CHANGED if row.person_id in around.won[row.village_id] else EndReason.TERM_END


def _begin_handover(ballots, by, batch):
    """The list of what is to be handed over, once per village, copied from the county's."""
    days = {ballot.place: ballot.held_on for ballot in ballots}
    begun = set(HandoverItem.objects.filter(place__in=days).order_by().values_list("place_id", flat=True))
    names = {on: HANDOVER_ITEMS.value(on) for on in set(days.values())}
    items = [
        HandoverItem(place=place, name=name)
        for place, on in days.items() if place.pk not in begun for name in names[on]
    ]  # fmt: skip
    create_rows(items, by=by, batch=batch)
