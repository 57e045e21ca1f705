"""A table of rounds of elections against those kept: a row is a round with one step of its plan."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial

from django.utils import timezone

from core.text import tight
from core.writes import change_rows
from talent import actions
from talent.models import ElectionBallot, ElectionRound, ElectionStep, ElectionStepDone, ElectionVillage
from talent.models.election import FARTHEST
from talent.roster_apply import rounds, words
from talent.roster_apply.catalogues import Plan, Said, misfits, settle
from talent.roster_apply.role_kinds import RoleField, choice, day, restate, text
from villages.models import Term, Village

Kind, Per = ElectionRound.Kind, ElectionStep.Per
NOT_YOURS = ("election_round", "election_round_of_county", "换届轮次由县委组织部建立，这里不能改动")
CLOSED = ("election_round", "election_round_closed", "这一轮换届已办结，不能再改；确需更正的，先清空办结日期重新打开")
FIXED = "轮次建立以后，类型、届次和补选的村不能再改，请核对"
TERM_TAKEN = ("incoming_term", "term_has_round", "这一届已有换届轮次，一届只办一次换届，请核对届次")
SAME_TERM = ("outgoing_term", "same_term", "本届和新一届不能是同一届，请核对")
UNKNOWN_TERM = "县里没有登记这个届次，请核对，或先登记选出这一届的那一轮"
NO_OUTGOING = ("outgoing_term", "by_election_outgoing", "补选在本届内进行，“本届”一列空着，届次填在“新一届”")
BACKWARDS = ("round_end", "end_before_start", "办结日期早于启动日期，请核对两个日期")
FUTURE = ("round_end", "closed_in_future", "办结日期还没有到，办结以后再填")
VOTED = ("election_day", "already_voted", "已有村登记选举结果，这一轮的选举日不能再改")
NO_STEP = ("step_title", "missing_field:step_title", "填了天数、要求或完成日期，请填是哪个事项")
OF_VILLAGES = ("step_done", "step_of_villages", "各村办的事项请在轮次里逐村登记完成日期")
DONE_LATER = ("step_done", "done_in_future", "完成日期还没有到，办完以后再登记")
DONE_ALREADY = ("step_per", "step_done_in_villages", "已有村登记完成这一步，不能改由谁办")
OF_ROUND = (
    day("election_day", "election_day"), day("round_start", "start"), day("round_end", "end"),
    text("scheme_no", "document_no"), text("round_remarks", "remarks"),
)  # fmt: skip
OF_STEP = (
    RoleField("step_offset", "offset", keep=int, show=lambda value: None if value is None else str(value)),
    text("step_due", "due"), choice("step_per", "per", Per), day("step_done", "done_on"),
)  # fmt: skip
NAMES = (
    ("election_round", ElectionRound, "name"), ("incoming_term", Term, "name"), ("outgoing_term", Term, "name"),
    ("step_title", ElectionStep, "title"),
)  # fmt: skip
NEEDED = (("incoming_term", "新一届"), ("election_day", "选举日"), ("round_start", "启动日期"))
BETWEEN = re.compile("[、，,；;\n]")
WHOLE = (("step_offset", "天数", -FARTHEST, FARTHEST),)


@dataclass
class _Plan(Plan):
    """`moved` {round's key: its election day before}."""

    moved: dict = field(default_factory=dict)


def identities(values, fields, context):
    """The same step of the same round is the same row."""
    name = values.get("election_round")
    return [("election_round", name, values.get("step_title"))] if name else []


def compare(rows, scope):
    """A Comparison of rows with the rounds of the county."""
    return rounds.compare(rows, _Kept(scope), _problems, partial(_take, scope), by="round_start")


class _Kept:
    """The county's rounds and terms, the steps, and what hangs on them, each read once."""

    def __init__(self, scope):
        self.plan, county = _Plan(), rounds.of_county(scope)
        found = ElectionRound.objects.filter(division_id=county).select_related("incoming", "outgoing").order_by("pk")
        found = found.select_for_update(of=("self",)) if scope.lock else found
        self.rounds = {held.name: held for held in found}
        today = timezone.localdate()
        self.closed = {held.pk for held in self.rounds.values() if held.is_closed_on(today)}
        steps = ElectionStep.objects.filter(round__in=self.rounds.values()).select_related("round").order_by("pk")
        self.steps = {(step.round.name, step.title): step for step in steps}
        self.done = set(ElectionStepDone.objects.filter(step__in=steps).order_by().values_list("step_id", flat=True))
        ballots = ElectionBallot.objects.filter(place__round__in=self.rounds.values()).order_by()
        self.voted = set(ballots.values_list("place__round_id", flat=True))
        self.terms = {term.name: term for term in Term.objects.filter(division_id=county).order_by("pk")}
        self.general = {held.incoming.name: held.name for held in self.rounds.values() if not held.is_by_election}
        self.county, self._places, self.held_in = county, None, defaultdict(set)
        places = ElectionVillage.objects.filter(round__division_id=county, round__kind=Kind.BY_ELECTION).order_by("pk")
        for pk, code in places.values_list("round_id", "village_id"):
            self.held_in[pk].add(code)

    def knows(self, term):
        """True for a term that the county has, or that a round taken before elects."""
        return term in self.terms or term in self.general

    def village(self, word, on):
        """The village of the county that a word names with its township, or alone where it is the only one of the name."""
        if self._places is None:
            found = Village.objects.below(self.county).existing(on).select_related("township").order_by("code")
            self._places = {}
            for one in found:
                self._places[one.township.name + one.name] = one
                self._places[one.name] = None if one.name in self._places else one
        return self._places.get(tight(word))


def _problems(row):
    yield from misfits(row, NAMES, ((OF_ROUND, ElectionRound), (OF_STEP, ElectionStep)))
    yield from rounds.whole(row, WHOLE)
    if not row.values.get("step_title") and any(row.values.get(one.field) not in (None, "") for one in OF_STEP):
        yield NO_STEP


def _take(scope, row, verdict, kept):
    name = row.values["election_round"]
    held = kept.rounds.get(name)
    fresh = held is None
    if fresh:
        held = _begun(scope, row, verdict, kept)
        if verdict.refused:
            return None
    elif told := _fixed(row, held, kept):
        return verdict.refuse(*told)
    step = kept.steps.get((name, row.values.get("step_title")))
    before, old_day = rounds.Stated(held, step), held.election_day
    names = restate(held, row, OF_ROUND, verdict.diff)
    step, of_step, new_step = _step(row, held, step, verdict)
    if fresh or names or new_step or of_step:
        for problem in _refusals(scope, held, names, step, of_step, kept, fresh or new_step):
            verdict.refuse(*problem)
    if verdict.refused:
        return before.take_back()
    _remember(held, step, fresh, row, kept)
    if "election_day" in names and held.pk:
        kept.plan.moved.setdefault(held.pk, old_day)
    part = Said(step, of_step, new_step, "step_title", step.title if step else "")
    return settle(verdict, kept.plan, Said(held, names, fresh, "election_round", name), part)


def _begun(scope, row, verdict, kept):
    """The unsaved round of a row that names none yet; what it lacks or cannot be is refused."""
    values = row.values
    kind = values.get("round_kind") or Kind.GENERAL
    held = ElectionRound(division_id=kept.county, name=values["election_round"], kind=kind)
    for problem in (*rounds.missing(row, NEEDED), *_terms(row, held, kept)):
        verdict.refuse(*problem)
    if held.is_by_election and not verdict.refused:
        held.named_villages, unknown = _villages(row, words.day(row.values["round_start"]), kept)
        if unknown or not held.named_villages:
            told = f"本县没有“{unknown[0][:12]}”" if unknown else "补选的村没有填"
            verdict.refuse("by_villages", "by_election_villages", f"{told}，请写乡镇和村名，几个村用顿号隔开")
    return held


def _terms(row, held, kept):
    """Put both terms on a new round as far as they are known; yields what cannot be."""
    incoming, outgoing = row.values.get("incoming_term"), row.values.get("outgoing_term")
    held.incoming_name, held.outgoing_name = incoming, outgoing
    if held.is_by_election:
        if outgoing:
            yield NO_OUTGOING
        if incoming and not kept.knows(incoming):
            yield ("incoming_term", "unknown_term_name", UNKNOWN_TERM)
        return
    if outgoing and outgoing == incoming:
        yield SAME_TERM
    if outgoing and not kept.knows(outgoing):
        yield ("outgoing_term", "unknown_term_name", UNKNOWN_TERM)
    if kept.general.get(incoming, held.name) != held.name:
        yield TERM_TAKEN


def _villages(row, on, kept):
    """(the villages of the day `on` that a by-election is held in, words that are none)."""
    parts = BETWEEN.split(row.values.get("by_villages") or "")
    found = {word: kept.village(word, on) for part in parts if (word := part.strip())}
    return [one for one in found.values() if one], [word for word, one in found.items() if one is None]


def _fixed(row, held, kept):
    """Why a row about a kept round, or one that another row began, cannot be: what is settled when a round is opened."""
    values = row.values
    incoming = held.incoming.name if held.pk else held.incoming_name
    outgoing = (held.outgoing.name if held.outgoing_id else None) if held.pk else held.outgoing_name
    for name, now in (("round_kind", held.kind), ("incoming_term", incoming), ("outgoing_term", outgoing)):
        if values.get(name) and values[name] != now:
            return (name, "round_is_fixed", FIXED)
        if name in row.cleared and now:
            return (name, "round_is_fixed", FIXED)
    if values.get("by_villages") and not held.is_by_election:
        return ("by_villages", "round_is_fixed", FIXED)
    if values.get("by_villages") and held.pk:
        found, unknown = _villages(row, held.start, kept)
        if unknown or {one.code for one in found} != kept.held_in[held.pk]:
            return ("by_villages", "round_is_fixed", FIXED)
    return None


def _step(row, held, step, verdict):
    """(the step that a row names or None, the names of what changes of it, whether it is new)."""
    title = row.values.get("step_title")
    if not title:
        return None, set(), False
    if step is not None:
        return step, restate(step, row, OF_STEP, verdict.diff), False
    step = ElectionStep(round=held, title=title)
    for problem in rounds.missing(row, (("step_offset", "距选举日（天）"),)):
        verdict.refuse(*problem)
    restate(step, row, OF_STEP, verdict.diff)
    return step, set(), True


def _refusals(scope, held, names, step, of_step, kept, is_new):
    today = timezone.localdate()
    if not rounds.may_write(scope):
        yield NOT_YOURS
    if held.pk in kept.closed and (of_step or is_new or names != {"end"} or held.end is not None):
        yield CLOSED
    if held.end and held.end < held.start:
        yield BACKWARDS
    if held.end and held.end > today:
        yield FUTURE
    if "election_day" in names and held.pk in kept.voted:
        yield VOTED
    if step is not None and step.done_on:
        if step.per != Per.COUNTY:
            yield OF_VILLAGES
        if step.done_on > today:
            yield DONE_LATER
    if "per" in of_step and step.pk in kept.done:
        yield DONE_ALREADY


def _remember(held, step, fresh, row, kept):
    kept.rounds[held.name] = held
    if step is not None:
        kept.steps[held.name, step.title] = step
    if fresh and not held.is_by_election:
        kept.general[row.values["incoming_term"]] = held.name


def write(plan, *, by, batch):
    """Write the plan: new rounds by their day, each with its steps, then what is added to kept ones and what changes."""
    added = [step for step in plan.parts if step.round.pk]
    for held in sorted(plan.things, key=lambda held: (held.is_by_election, held.start)):
        _open(held, [step for step in plan.parts if step.round is held], by, batch)
    rows = [(one, names) for (model, _), (one, names) in plan.changed.items() if model is ElectionRound]
    names = sorted(set().union(*(found for _, found in rows)))
    actions.change_rounds([one for one, _ in rows], names, moved=plan.moved, by=by, batch=batch)
    actions.add_steps(added, by=by, batch=batch)
    steps = [(one, names) for (model, _), (one, names) in plan.changed.items() if model is ElectionStep]
    changed = sorted(set().union(*(found for _, found in steps)))
    change_rows([one for one, _ in steps], changed, by=by, batch=batch)


def _open(held, steps, by, batch):
    terms = Term.objects.filter(division_id=held.division_id)
    if held.is_by_election:
        held.incoming = terms.get(name=held.incoming_name)
        actions.open_by_election(held, held.named_villages, by=by, steps=steps, batch=batch)
        return
    held.outgoing = terms.get(name=held.outgoing_name) if held.outgoing_name else None
    actions.open_election(held, incoming=held.incoming_name, by=by, steps=steps, batch=batch)
