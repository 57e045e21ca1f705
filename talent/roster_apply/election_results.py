"""A county's table of election results against a round: a row per person and post, the rows of one committee of a village are
one vote, which is taken whole or not at all."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from core.scope import inside
from rosters.comparison import Comparison
from talent import actions
from talent.actions import election_results as results
from talent.models import Candidate, ElectionBallot, ElectionRound, ElectionVillage, Post
from talent.models.appointment import POST_LABELS, Committee
from talent.roster_apply import roles, rounds, words
from talent.roster_apply.candidates import CANDIDACY, GONE, NOT_ELECTED, NOT_IN_ROUND
from talent.roster_apply.role_kinds import LARGEST_COUNT, RoleKind, choice, count
from talent.roster_apply.write import write_people

Status = Candidate.Status
ONE_POST = ("posts", "one_post_a_row", "一行只填一个职务；一人当选几个职务的，一个职务一行")
RECORDED = "这个村的这项选举结果已登记，不能再改；确需更正的，请撤销当时那次入库后重新上传"
NOT_FORMAL = (
    "name",
    "not_formal_candidate",
    "这一轮里此人不是这个村这一职务的正式候选人，请先提名、联审、定为正式候选人",
)
CLOSED = (
    "posts",
    "vote_round_closed",
    "这一轮换届已办结，这个村的这项选举已有候选人在册，不能补录；确需登记的，请先重新打开这一轮",
)
SOME_MISSING = "同一个村的同一项选举里{}还不能入库，整项选举先不入库，请一并改好"
DIFFERS = "与{}是同一个村的同一项选举，{}不一样，请核对"
BEFORE = ("held_on", "vote_before_round", "选举日期早于这一轮的启动日期，请核对")
AFTER = ("held_on", "vote_after_close", "选举日期晚于这一轮的办结日期，请核对")
FUTURE = ("held_on", "vote_in_future", "选举日期还没有到，选举以后再登记")
COUNTS = (("issued", "发出选票"), ("returned", "收回选票"), ("valid", "有效票"))
ORDERED = {
    ("returned", "issued"): "收回选票多于发出选票，请核对", ("valid", "returned"): "有效票多于收回选票，请核对",
}  # fmt: skip
LONGEST = ElectionBallot._meta.get_field("document_no").max_length


@dataclass
class Plan:
    """The files of people that rows state, and what each vote comes to."""

    roles: object
    outcomes: list = field(default_factory=list)


def identities(values, fields, context):
    """The same person and post of the same village is the same row."""
    who, posts = values.get("id_number") or values.get("name"), tuple(values.get("posts") or ())
    return [("result", values.get("township"), values.get("village"), who, posts)] if who and posts else []


def compare(rows, scope):
    """A Comparison of rows with the results of the round `scope.target_id`."""
    held = ElectionRound.objects.filter(pk=scope.target_id).select_related("incoming").first()
    if held is None or not inside(held.division_id, scope.code[: rounds.COUNTY_DIGITS]):
        return Comparison.refused(rows, GONE)
    kept = _Kept(held, rows, scope)
    found, outcomes, told = _judge(rows, scope, kept, {})
    if told:  # once more with what was found of whole votes, so that nothing of a refused row is written
        found, outcomes, _ = _judge(rows, scope, kept, told)
    return Comparison(found.verdicts, Plan(found.plan, outcomes))


class _Kept:
    """The round's villages that rows name, their votes so far and what these are weighed against, each read once."""

    def __init__(self, held, rows, scope):
        self.held, self.scope = held, scope
        places = ElectionVillage.objects.filter(round=held, village__in={row.village_code for row in rows} - {None})
        places = places.select_related("village", "round__incoming").order_by("pk")
        self.places = {
            one.village_id: one for one in (places.select_for_update(of=("self",)) if scope.lock else places)
        }
        if scope.lock:
            list(Candidate.objects.select_for_update().filter(round=held).order_by("pk").values_list("pk"))
        ballots = ElectionBallot.objects.filter(place__in=self.places.values()).select_related("place").order_by("pk")
        self.ballots = {(one.place.village_id, Committee(one.committee)): one for one in ballots}
        self.today = timezone.localdate()
        self.is_closed = held.is_closed_on(self.today)
        self.read()

    def read(self):
        self.around = results.Around(self.held, list(self.places.values()))


def _judge(rows, scope, kept, told):
    """(Comparison, outcomes, {row's order: why it is refused beside}) of rows, of which `told` is known already."""
    kept.read()
    found = roles.compare(_people(kept, told), rows, scope)
    votes = _Votes(rows, found, kept)
    return found, votes.outcomes, votes.told


def _people(kept, told):
    """What a row says of one person: a candidacy with its result."""
    return RoleKind(
        keys=lambda row: tuple((row.village_code, post) for post in row.values["posts"]),
        kept=lambda ids, scope: Candidate.objects.filter(round=kept.held, person__in=ids).select_related("round"),
        key_of=lambda role: (role.village_id, role.post),
        current=lambda role, scope: True,
        new=lambda key, values, village, scope: Candidate(
            round=kept.held, village=kept.places[village].village, post=key[1]
        ),
        write=_never,
        fields=(count("votes_for", "votes", counted="票数"), choice("elected", "status", Status)),
        show=("posts", lambda key, role: f"{POST_LABELS[role.post]}　{Status(role.status).label}"),
        check=lambda case: told.get(case.row.order) or _check(case, kept),
    )


def _never(*_, **__):
    raise AssertionError("Candidates are written with their vote.")


def _check(case, kept):
    posts = case.row.values["posts"]
    if set(posts) - CANDIDACY:
        return NOT_ELECTED
    if len(posts) != 1:
        return ONE_POST
    if case.row.village_code not in kept.places:
        return NOT_IN_ROUND
    vote = case.row.village_code, Post(posts[0]).committee
    role = next((one for one in case.kept if (one.village_id, one.post) == case.key), None)
    if vote in kept.ballots:
        return None if role is not None and role.decided_on else ("posts", "vote_recorded", RECORDED)
    if kept.is_closed:
        return CLOSED if kept.around.candidates[vote] else None
    return None if role is not None and role.status == Status.FORMAL else NOT_FORMAL


class _Votes:
    """Puts rows together by village and committee, and weighs each vote as the page does."""

    def __init__(self, rows, found, kept):
        self.rows, self.verdicts, self.plan, self.kept = rows, found.verdicts, found.plan, kept
        self.told, self.outcomes = {}, []
        self.blocks = actions.blocks(kept.held, [person.pk for person in self.plan.people.existing.values()])
        self.new = {index: role for index, _, role in self.plan.new}
        self.on_file = {
            (row.person_id, row.village_id, row.post): row for some in kept.around.candidates.values() for row in some
        }
        for code, body, indexes in self._groups():
            self._take(kept.places[code], body, indexes)

    def _groups(self):
        """[(village, committee, row numbers)] in the order of the votes; a row whose post cannot be read belongs to all of its
        village."""
        found, unread = defaultdict(list), defaultdict(list)
        for index, row in enumerate(self.rows):
            posts = row.values.get("posts") or []
            bodies = {Post(post).committee for post in posts} or {None}
            for body in bodies:
                (unread if body is None else found)[row.village_code, body].append(index)
        order = [key for body in Committee for key in found if key[1] == body and key[0] in self.kept.places]
        return [(code, body, found[code, body] + unread[code, None]) for code, body in order]

    def refuse(self, field, code, message, at):
        self.told.setdefault(self.rows[at].order, (field, code, message))

    def _is_refused(self, index):
        return self.rows[index].refused or self.verdicts[index].refused or self.rows[index].order in self.told

    def _take(self, place, body, indexes):
        ballot = self.kept.ballots.get((place.village_id, body))
        recorded, ballot = ballot is not None, ballot or ElectionBallot(place=place, committee=body.value)
        ballot.place = place
        self._state(ballot, indexes, recorded)
        pairs = [] if recorded else self._candidates(indexes)
        if not recorded and not self._stands_in_way(indexes):
            self._weigh(ballot, pairs, indexes)
        if recorded or not self._stands_in_way(indexes):
            return
        bad = next(index for index in indexes if self._is_refused(index))
        for index in indexes:
            if not self._is_refused(index):
                self.refuse("name", "vote_incomplete", SOME_MISSING.format(self.rows[bad].place), at=index)

    def _stands_in_way(self, indexes):
        return any(self._is_refused(index) for index in indexes)

    def _candidates(self, indexes):
        """[(row number, candidate)] of a vote that is not recorded yet, each once, with the votes of the row."""
        found = {}
        for index in indexes:
            if self._is_refused(index):
                continue
            person = self.plan.people.get(self.plan.keys[index])
            role = self.new.get(index) or self.on_file.get(
                (person.pk, self.rows[index].village_code, *self.rows[index].values["posts"])
            )
            if role is None:
                continue  # the same person and post once more
            typed = self.rows[index].values.get("votes_for")
            role.person, role.votes = person, None if typed in (None, "") else int(typed)
            found.setdefault(id(role), (index, role))
        return list(found.values())

    # --- what the rows of a vote say together

    def _state(self, ballot, indexes, recorded):
        for name, label in COUNTS:
            self._state_one(ballot, indexes, name, label, recorded, self._whole)
        self._state_one(ballot, indexes, "held_on", "选举日期", recorded, self._day)
        self._state_one(ballot, indexes, "document_no", "批复文号", recorded, self._number)
        if recorded:
            for index in indexes:
                if {"elected", "votes_for"} & self.verdicts[index].diff.keys():
                    self.refuse("elected", "vote_recorded", RECORDED, at=index)
            return
        for (name, whole), told in ORDERED.items():
            one, other = getattr(ballot, name), getattr(ballot, whole)
            if one is not None and other is not None and one > other:
                self.refuse(COLUMNS[name], "votes_do_not_add_up", told, at=indexes[0])
        ballot.held_on = ballot.held_on or ballot.place.election_day
        for problem in self._odd_days(ballot.held_on):
            self.refuse(*problem, at=indexes[0])

    def _state_one(self, ballot, indexes, name, label, recorded, read):
        """Put on the ballot what the first row says of it that says anything; others may only repeat it."""
        column, by = COLUMNS[name], None
        for index in indexes:
            typed = self.rows[index].values.get(column)
            if typed in (None, ""):
                continue
            value, problem = read(typed, ballot.place, getattr(ballot, name))
            if problem:
                self.refuse(column, *problem, at=index)
            elif recorded and value != getattr(ballot, name):
                self.refuse(column, "vote_recorded", RECORDED, at=index)
            elif by is not None and value != getattr(ballot, name):
                self.refuse(column, "vote_differs", DIFFERS.format(self.rows[by].place, label), at=index)
            elif not recorded:
                setattr(ballot, name, value)
                by = index if by is None else by
        if not recorded and by is None and name in dict(COUNTS):
            self.refuse(column, f"missing_field:{column}", f"{label}没有填，请填写", at=indexes[0])

    def _whole(self, typed, place, old):
        if typed != int(typed) or not 0 <= typed <= LARGEST_COUNT:
            return None, ("not_whole", f"“{typed}”不是票数，请填整数")
        return int(typed), None

    def _day(self, typed, place, old):
        """A day; a month alone is that of the day which is known: the recorded one, or the village's own."""
        known = next((on for on in (old, place.election_day) if words.same_day(on, typed)), None)
        return known or words.day(typed), None

    def _number(self, typed, place, old):
        return typed, ("too_long", f"批复文号超过 {LONGEST} 个字，请核对") if len(typed) > LONGEST else None

    def _odd_days(self, on):
        held = self.kept.held
        if on < held.start:
            yield BEFORE
        if on > self.kept.today:
            yield FUTURE
        elif held.end and on > held.end:
            yield AFTER

    # --- what the vote comes to

    def _weigh(self, ballot, pairs, indexes):
        place, around = ballot.place, self.kept.around
        of_row = {id(role): index for index, role in pairs}
        rows = [role for _, role in pairs]
        if not self.kept.is_closed:
            left = [
                row for row in around.formal(place.village_id, Committee(ballot.committee)) if id(row) not in of_row
            ]
            for row in left:
                row.votes = None
            rows += left
            self._say_left_out(left, indexes)
        for row in rows:
            row.nominated_on = row.nominated_on or ballot.held_on
            row.blocked_reason = row.blocked_reason or self.blocks.get(row.person.pk, "")
        won = [role for index, role in pairs if self.rows[index].values.get("elected") == Status.ELECTED]
        for row, text in results.problems(ballot, rows, won, around):
            self.refuse("elected", "result_refused", text, at=of_row.get(id(row), indexes[0]))
        if not self._stands_in_way(indexes):
            outcome = results.weigh(ballot, rows, won, around)
            self.outcomes.append(outcome)
            self._say(outcome, of_row, indexes)

    def _say_left_out(self, left, indexes):
        if left:
            names = "、".join(f"{row.person.name}（{POST_LABELS[row.post]}）" for row in left)
            self.verdicts[indexes[0]].warn("elected", "formal_left_out", f"正式候选人{names}不在表里，入库后记为落选")

    def _say(self, outcome, of_row, indexes):
        """What becomes of the posts, as hints on the rows."""
        index_of = {(role.person.pk, role.post): of_row[id(role)] for role in outcome.winners if role.person.pk}
        for role, post in self._begun(outcome):
            until = f" 至 {post.end:%Y.%m.%d}" if post.end else ""
            told = f"入库后登记任职：{POST_LABELS[post.post]}，自 {post.start:%Y.%m.%d}{until}"
            self.verdicts[of_row[id(role)]].hint("posts", "result_begins_post", told)
        for post in outcome.standing:
            told = f"台账里已有这段任职（{post.start:%Y.%m.%d} 起），与它对应，不重复登记"
            self.verdicts[index_of[post.person_id, post.post]].hint("posts", "result_has_post", told)
        ended = [f"{row.person.name}（{outcome.told_end(row, why)}）" for row, why in outcome.ending if why]
        if ended:
            self.verdicts[indexes[0]].hint("posts", "result_ends_posts", f"入库后登记离任：{'；'.join(ended)}")

    def _begun(self, outcome):
        known = {(post.person_id, post.post) for post in outcome.standing}
        fresh = [role for role in outcome.winners if not role.person.pk or (role.person.pk, role.post) not in known]
        return zip(fresh, outcome.beginning, strict=True)


COLUMNS = {
    "issued": "vote_issued", "returned": "vote_returned", "valid": "vote_valid", "held_on": "held_on",
    "document_no": "result_document",
}  # fmt: skip


def write(plan, *, by, batch):
    """Write the plan: files of people first, then the votes with everything that they come to."""
    write_people(plan.roles, by, batch)
    for outcome in plan.outcomes:
        for one in (*outcome.winners, *outcome.losers, *outcome.beginning):
            one.person = one.person  # who was new has a key now
    results.record_outcomes(plan.outcomes, by=by, batch=batch)
