"""A ledger of matches against those of a survey: who was proposed for which need, and the dated steps that followed."""

from dataclasses import dataclass, field

from core.writes import change_rows
from rosters.comparison import Comparison, Verdict
from talent import actions
from talent.models import Match, RuralTalent
from talent.roster_apply import needs, words
from talent.roster_apply.role_kinds import choice, day, restate, text

NOBODY = (
    "id_number", "who_is_it", "还没有推荐过叫这个名字的人；新推荐的请填身份证号，系统从人才库里找",
)  # fmt: skip
NOT_IN_POOL = ("id_number", "not_in_pool", "推荐那一天，本单位能看到的人才库里没有这个人，请核对身份证号，或先登记人才")
CLOSED = ("post", "need_closed", "这项需求那一天已经关闭，不能再推荐人；确要继续，请先在“需求与对接”里重新打开")
FIELDS = (
    day("proposed_on", "proposed_on"), text("match_reasons", "reasons"), day("invited_on", "invited_on"),
    day("accepted_on", "accepted_on"), day("declined_on", "declined_on"), text("decline_reason"), day("agreed_on", "agreed_on"),
    day("arrived_on", "arrived_on"), day("evaluated_on", "evaluated_on"), choice("match_grade", "grade", Match.Grade),
    day("match_ended_on", "ended_on"), text("match_end_reason", "end_reason"), text("remarks"),
)  # fmt: skip
# A step, the one it must follow, and the constraint whose words say so.
ORDER = (
    ("invited_on", "proposed_on", "match_invited_after_proposal"),
    ("accepted_on", "invited_on", "match_answered_after_invitation"),
    ("declined_on", "invited_on", "match_answered_after_invitation"),
    ("agreed_on", "accepted_on", "match_agreed_after_acceptance"),
    ("arrived_on", "agreed_on", "match_arrived_after_agreement"),
    ("evaluated_on", "arrived_on", "match_evaluated_after_arrival"),
    ("ended_on", "accepted_on", "match_ended_after_acceptance"),
)
# A step and what is said beside it: both or neither.
PAIRS = (
    ("declined_on", "decline_reason", "match_declined_for_a_reason"),
    ("evaluated_on", "grade", "match_evaluated_after_arrival"),
    ("ended_on", "end_reason", "match_ended_after_acceptance"),
)
COLUMN_OF = {one.attribute: one.field for one in FIELDS}


@dataclass
class Plan:
    """What `write` writes: new matches and changed ones with the names of their fields, each with its row's index."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)


def identities(values, fields, context):
    """The same person for the same need is the same row."""
    about = (values.get("id_number") or values.get("name"), *needs.need_words(values))
    return [about] if about[0] and values.get("post") else []


def compare(rows, scope):
    """A Comparison of rows with the matches of the survey `scope.target_id`."""
    verdicts, plan = [Verdict() for _ in rows], Plan()
    held = needs.held_round(scope)
    if held is None:
        for verdict in verdicts:
            verdict.refuse(*needs.GONE)
        return Comparison(verdicts)
    book = needs.Needs(held, rows, scope)
    pool = _Pool(book, scope)
    for index, (row, verdict) in enumerate(zip(rows, verdicts, strict=True)):
        if not row.refused:
            _take(index, row, verdict, book, pool, plan, scope)
    return Comparison(verdicts, plan)


class _Pool:
    """The places in the pool of those whom the rows name by ID number, of the scope only; read once."""

    def __init__(self, book, scope):
        people = [person.pk for person in book.people.values()]
        found = RuralTalent.objects.below(scope.code).filter(person__in=people).select_related("person", "village")
        self.places = list(found.order_by("start", "pk"))

    def place(self, person, on):
        """The place of the person on the day, or None."""
        fitting = [
            place
            for place in self.places
            if person and place.person_id == person.pk and place.start <= on and (place.end is None or place.end >= on)
        ]
        return fitting[-1] if fitting else None


def _take(index, row, verdict, book, pool, plan, scope):
    need, problem = book.find(index, row)
    match = None
    if problem is None:
        match, problem = book.match(row, need)
    is_new = match is None
    if problem is None and is_new:
        match, problem = _proposed(row, need, book, pool, scope)
    if problem:
        return verdict.refuse(*problem)
    if found := needs.differing_name(row, match):
        verdict.warn(*found)
    names = restate(match, row, FIELDS, verdict.diff)
    for misfit in dict.fromkeys(_misfits(match, row)):
        verdict.refuse(*misfit)
    if verdict.refused:
        return None
    if is_new:
        book.matches[need.pk].append(match)
        verdict.change, verdict.diff = "new", {"name": (None, match.talent.person.name)}
        plan.new.append((index, match))
        if not row.values.get("proposed_on"):
            verdict.hint("proposed_on", "start_assumed", f"没有填，按数据日期 {scope.as_of:%Y.%m.%d} 记")
        return None
    verdict.change = "changed" if names else "unchanged"
    if names and match.pk:
        plan.changed.append((index, match, names))
    return None


def _proposed(row, need, book, pool, scope):
    """(an unsaved match, None), or (None, why nobody can be proposed)."""
    if not row.values.get("id_number"):
        return None, NOBODY
    on = words.day(row.values["proposed_on"]) if row.values.get("proposed_on") else scope.as_of
    if need.closed_on and need.closed_on <= on:
        return None, CLOSED
    place = pool.place(book.person(row), on)
    if place is None:
        return None, NOT_IN_POOL
    return Match(demand=need, talent=place, proposed_on=on), None


def _misfits(match, row):
    """What the database would refuse, at the cell that says it, in the words of its constraint."""
    told = {constraint.name: constraint.violation_error_message for constraint in Match._meta.constraints}
    for one in FIELDS:
        if found := one.misfit(row, Match._meta.get_field(one.attribute)):
            yield found
    for step, before, constraint in ORDER:
        on, earlier = getattr(match, step), getattr(match, before)
        if on and (earlier is None or on < earlier):
            yield _told(step, told[constraint])
    if match.ended_on and match.arrived_on and match.ended_on < match.arrived_on:
        yield _told("ended_on", told["match_ended_after_acceptance"])
    if match.accepted_on and match.declined_on:
        yield _told("declined_on", told["match_one_answer"])
    for step, said, constraint in PAIRS:
        if bool(getattr(match, step)) != bool(getattr(match, said)):
            yield _told(step, told[constraint])


def _told(step, message):
    column = COLUMN_OF[step]
    return (column, "steps_out_of_order", f"{message.rstrip('。')}；每一步的日期不能早于前一步")


def write(plan, *, by, batch):
    """Write the plan."""
    actions.record_matches([match for _, match in plan.new], by=by, batch=batch)
    names = sorted({name for _, _, changed in plan.changed for name in changed})
    change_rows([match for _, match, _ in plan.changed], names, by=by, batch=batch)
