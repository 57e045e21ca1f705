"""Writes about a round of elections: opening it from the templates, its days, steps done, candidates, hand-over."""

from django.core.exceptions import ValidationError
from django.db import transaction

from core.writes import change_rows, create_rows, delete_rows
from talent.actions.joint_review import blocks, keep_apart, set_up_review
from talent.models import Candidate, ElectionRound, ElectionStep, ElectionStepDone, ElectionVillage
from talent.parameters import elections as parameters
from villages.models import Term, Village

PER = {label: value for value, label in ElectionStep.Per.choices}
Status = Candidate.Status


@transaction.atomic
def open_election(held, *, incoming, by, steps=(), batch=None):
    """Save the unsaved round `held` with everything copied from the templates: plan, joint review, every village.

    `incoming` names the new term; one of that name which the county already has is taken. Unsaved `steps` stand instead of
    the template's. A round of the past is kept with its end."""
    held.incoming = _term(held, incoming, by, batch)
    villages = Village.objects.below(held.division_id).existing(held.start).order_by("code")
    return _open(held, steps, parameters.STEPS, villages, by, batch)


@transaction.atomic
def open_by_election(held, villages, *, by, steps=(), batch=None):
    """Save the unsaved round `held` within its term (`incoming`), with its own plan, for `villages` only."""
    held.kind = ElectionRound.Kind.BY_ELECTION
    return _open(held, steps, parameters.BY_ELECTION_STEPS, villages, by, batch)


def _open(held, steps, template, villages, by, batch):
    held.full_clean()
    end, held.end = held.end, None  # while it is set up it runs; a round of the past is closed at last
    create_rows([held], by=by, batch=batch)
    for step in steps:
        step.round = held
    create_rows(list(steps) or [_step(held, line) for line in template.value(held.start)], by=by, batch=batch)
    items = [parameters.item_parts(line) for line in parameters.REVIEW_ITEMS.value(held.start)]
    set_up_review(held, items, by=by, batch=batch)
    places = [ElectionVillage(round=held, village=village, election_day=held.election_day) for village in villages]
    create_rows(places, by=by, batch=batch)
    if end:
        held.end = end
        change_rows([held], ["end"], by=by, batch=batch)
    return held


def add_steps(steps, *, by, batch=None):
    """Insert unsaved steps of rounds."""
    return create_rows(steps, by=by, batch=batch)


@transaction.atomic
def change_rounds(rounds, names, *, moved, by, batch=None):
    """Write what changes of rounds; `moved` {round's key: its election day before}: villages that had that day and have not
    voted go with it."""
    change_rows(rounds, names, by=by, batch=batch)
    days = {held.pk: held.election_day for held in rounds}
    places = ElectionVillage.objects.filter(round__in=moved, ballots=None).select_related("round", "village")
    going = [place for place in places.order_by("pk") if place.election_day == moved[place.round_id]]
    for place in going:
        place.election_day = days[place.round_id]
    change_rows(going, ["election_day"], by=by, batch=batch)


def _term(held, name, by, batch):
    known = Term.objects.filter(division_id=held.division_id, name=name).first()
    if known is not None:
        return known
    term = Term(division_id=held.division_id, name=name, start=held.election_day)
    term.full_clean()
    return create_rows([term], by=by, batch=batch)[0]


def _step(held, line):
    offset, per, title, due = parameters.step_parts(line)
    return ElectionStep(round=held, offset=offset, per=PER[per], title=title, due=due)


@transaction.atomic
def save_steps(held, *, new, changed, gone, by):
    """Write a round's edited plan; a step that a village has finished stays."""
    held.refuse_closed()
    done = ElectionStepDone.objects.filter(step__in=gone).select_related("step").order_by("pk").first()
    if done is not None:
        raise ValidationError(f"“{done.step.title}”已有村登记完成，不能删除。可以改日期和要求。")
    for step in new:
        step.round = held
    delete_rows(gone, by=by)
    change_rows(changed, ["offset", "title", "due", "per"], by=by)
    create_rows(new, by=by)


def _refuse_closed(rows):
    """ValidationError where one of the rows belongs to a closed round."""
    for held in {row.round_id: row.round for row in rows}.values():
        held.refuse_closed()


def set_election_days(places, *, day, by):
    """Give villages their own election day; what is elected already keeps its own."""
    _refuse_closed(places)
    for place in places:
        place.election_day = day
    return change_rows(places, ["election_day"], by=by)


def finish_step(step, places, *, on, by, note=""):
    """Villages have finished `step` on the day `on`; those that have it already stay as they are."""
    step.round.refuse_closed()
    known = set(ElectionStepDone.objects.filter(step=step).values_list("place_id", flat=True))
    rows = [
        ElectionStepDone(step=step, place=place, done_on=on, note=note) for place in places if place.pk not in known
    ]
    return create_rows(rows, by=by)


@transaction.atomic
def record_steps(new, changed, *, by, batch=None):
    """Insert unsaved days on which villages finished steps, and write the day and note of kept ones."""
    create_rows(new, by=by, batch=batch)
    change_rows(changed, ["done_on", "note"], by=by, batch=batch)


def reopen_step(step, places, *, by):
    """Take back that villages have finished `step`."""
    step.round.refuse_closed()
    done = ElectionStepDone.objects.filter(step=step, place__in=places).select_related("place__village", "step")
    delete_rows(list(done.order_by("pk")), by=by)


def finish_county_step(step, *, on, by):
    """The county has finished its own step on the day `on`; None takes it back."""
    step.round.refuse_closed()
    step.done_on = on
    return change_rows([step], ["done_on"], by=by)


@transaction.atomic
def nominate_candidates(candidates, *, by, batch=None):
    """Insert unsaved candidates; what the joint review already found of them blocks them from the start."""
    _refuse_closed(candidates)
    keep_apart({row.person_id for row in candidates})
    for held in {row.round_id: row.round for row in candidates}.values():
        found = blocks(held, {row.person_id for row in candidates if row.round_id == held.pk})
        for row in candidates:
            if row.round_id == held.pk:
                row.blocked_reason = found.get(row.person_id, "")
    return create_rows(candidates, by=by, batch=batch)


def withdraw_candidates(candidates, *, by):
    """Delete candidates entered by mistake; who is voted on stays."""
    _refuse_closed(candidates)
    if voted := next((row for row in candidates if row.decided_on), None):
        raise ValidationError(f"{voted.person}的选举结果已登记，不能删除。")
    delete_rows(candidates, by=by)


@transaction.atomic
def move_candidates(candidates, *, status, by, reason="", formal_too=True):
    """Give candidates who are not yet voted on another status. Raises ValidationError naming everybody in the way.

    Without `formal_too` those whom the county made formal stay so."""
    rows = _locked(candidates)
    _refuse_closed(rows)
    problems = [told for row in rows if (told := _obstacle(row, status, reason, formal_too))]
    if status == Status.FORMAL:
        problems += _unreviewed(rows)
    if problems:
        raise ValidationError(problems)
    for row in rows:
        row.status, row.out_reason = status, reason if status == Status.DISQUALIFIED else ""
    return change_rows(rows, ["status", "out_reason"], by=by)


def _locked(candidates):
    found = Candidate.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in candidates])
    return list(found.select_related("person", "village", "round").order_by("pk"))


def _obstacle(row, status, reason, formal_too):
    """Why a candidate cannot have the status, or None."""
    if row.decided_on:
        return f"{row.person}的选举结果已登记，状态不能再改。"
    if row.status == Status.FORMAL and not formal_too:
        return f"{row.person}已由县里定为正式候选人，要改请联系县委组织部。"
    if status == Status.FORMAL and row.blocked_reason:
        return f"{row.person}不能作为正式候选人，县级联审有否决结论：{row.blocked_reason}。"
    if status == Status.DISQUALIFIED and not reason:
        return f"取消{row.person}的资格，请写明原因。"
    return None


def _unreviewed(rows):
    waiting = Candidate.objects.filter(pk__in=[row.pk for row in rows]).unreviewed().select_related("person")
    return [f"{row.person}的县级联审还没有办完，不能作为正式候选人。" for row in waiting.order_by("pk")]


def sign_handover(items, *, by):
    """Save what was handed over when, by whom to whom."""
    unsigned = next((item for item in items if item.handed_on and not (item.giver and item.receiver)), None)
    if unsigned is not None:
        raise ValidationError(f"“{unsigned.name}”填了交接日期，请一并填写移交人和接收人。")
    return change_rows(items, ["handed_on", "giver", "receiver", "remarks"], by=by)
