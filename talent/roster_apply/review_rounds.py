"""A table of rounds of the mid-term review against those kept: a row is a round; a new one has its sheets prepared."""

from functools import partial

from core.writes import change_rows
from talent.actions import reviews as actions
from talent.models import ReviewRound, TeamReview
from talent.roster_apply import rounds
from talent.roster_apply.catalogues import Plan, Said, misfits, settle
from talent.roster_apply.role_kinds import day, restate, text

NOT_YOURS = ("review_round", "round_of_county", "研判由县委组织部发起，这里不能改动")
BACKWARDS = ("closes", "end_before_start", "截止日期早于开始日期，请核对两个日期")
LATE = ("data_day", "data_day_late", "数据时点晚于截止日期，请核对")
BEGUN = ("data_day", "round_begun", "这一轮已有村填了研判表，数据时点和开始日期不能再改")
FIELDS = (
    day("data_day", "as_of"), day("opens", "opens"), day("closes", "closes"), text("scheme_no", "document_no"),
    text("round_remarks", "remarks"),
)  # fmt: skip
NAMES = (("review_round", ReviewRound, "name"),)
NEEDED = (("data_day", "数据时点"), ("opens", "开始日期"), ("closes", "截止日期"))
FIXED = {"as_of", "opens"}


def identities(values, fields, context):
    """The same round is the same row."""
    return [("review_round", values["review_round"])] if values.get("review_round") else []


def compare(rows, scope):
    """A Comparison of rows with the rounds of the county."""
    return rounds.compare(rows, _Kept(scope), _problems, partial(_take, scope))


class _Kept:
    def __init__(self, scope):
        self.plan = Plan()
        found = ReviewRound.objects.filter(division_id=rounds.of_county(scope)).order_by("pk")
        self.rounds = {held.name: held for held in (found.select_for_update() if scope.lock else found)}
        begun = TeamReview.objects.filter(round__in=self.rounds.values()).exclude(status=TeamReview.Status.WAITING)
        self.begun = set(begun.order_by().values_list("round_id", flat=True))


def _problems(row):
    return misfits(row, NAMES, ((FIELDS, ReviewRound),))


def _take(scope, row, verdict, kept):
    name = row.values["review_round"]
    held = kept.rounds.get(name)
    fresh = held is None
    held = ReviewRound(division_id=rounds.of_county(scope), name=name) if fresh else held
    before = rounds.Stated(held)
    for problem in rounds.missing(row, NEEDED) if fresh else ():
        verdict.refuse(*problem)
    names = restate(held, row, FIELDS, verdict.diff)
    if (fresh or names) and not verdict.refused:
        for problem in _refusals(scope, held, names, kept):
            verdict.refuse(*problem)
    if verdict.refused:
        return before.take_back()
    kept.rounds[name] = held
    nothing = Said(None, set(), False, "")
    return settle(verdict, kept.plan, Said(held, names, fresh, "review_round", name), nothing)


def _refusals(scope, held, names, kept):
    if not rounds.may_write(scope):
        yield NOT_YOURS
    if held.closes < held.opens:
        yield BACKWARDS
    if held.as_of > held.closes:
        yield LATE
    if held.pk in kept.begun and names & FIXED:
        yield BEGUN


def write(plan, *, by, batch):
    """Write the plan; sheets of a round whose day changed are brought up to the ledger of the new day."""
    for held in plan.things:
        actions.open_round(held, by=by, batch=batch)
    changed = list(plan.changed.values())
    names = sorted(set().union(*(found for _, found in changed)))
    change_rows([held for held, _ in changed], names, by=by, batch=batch)
    for held in [held for held, found in changed if "as_of" in found]:
        actions.prepare(held, by=by, batch=batch)
