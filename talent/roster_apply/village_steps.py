"""A list of what villages have done of a round's plan against what is recorded: a row is a village and a step."""

from dataclasses import dataclass, field

from django.utils import timezone

from core.dates import EARLIEST
from core.scope import inside
from core.text import tight
from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from talent import actions
from talent.models import ElectionRound, ElectionStep, ElectionStepDone, ElectionVillage
from talent.roster_apply import rounds
from talent.roster_apply.candidates import NOT_IN_ROUND
from talent.roster_apply.role_kinds import exact_day, restate, text

GONE = ("village", "round_gone", "这一轮换届已经删除，请作废这份名册，选择另一轮重新上传")
CLOSED = (
    "village",
    "round_closed",
    "这一轮换届已经办结，不再收流程完成情况，请作废这份名册；确需登记的，请县委组织部办理",
)
NO_STEP = ("step_title", "unknown_step", "这一轮的流程里没有这个事项，请按这一轮的流程填写事项名称")
OF_COUNTY = ("step_title", "step_of_county", "这个事项由全县统一办，请在“换届轮次和流程表”里填完成日期")
AGAIN = ("step_title", "differs_in_file", "与前面一行是同一个村同一步，按前面一行入库")
KEPT = (
    "village_step_done",
    "step_recorded",
    "这一轮换届已办结，这一步已登记完成，不能再改；确需更正的，请先重新打开这一轮",
)
NO_DAY = ("village_step_done", "missing_field:village_step_done", "填了说明，请一并填完成日期")
FUTURE = ("village_step_done", "done_in_future", "完成日期还没有到，办完以后再登记")
FIELDS = (exact_day("village_step_done", "done_on"), text("step_note", "note"))


@dataclass
class Plan:
    """Steps newly done, and kept ones that change."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)


def identities(values, fields, context):
    """The same village and step is the same row."""
    return [("step", values.get("township"), values.get("village"), values.get("step_title"))]


def compare(rows, scope):
    """A Comparison of rows with what is done of the round `scope.target_id`."""
    verdicts = [Verdict() for _ in rows]
    held = ElectionRound.objects.filter(pk=scope.target_id).first()
    if held is None or not inside(held.division_id, scope.code[: rounds.COUNTY_DIGITS]):
        return Comparison.refused(rows, GONE)
    if held.is_closed_on(timezone.localdate()) and not rounds.may_write(scope):
        return Comparison.refused(rows, CLOSED)
    kept, plan, said = _Kept(held, rows, scope), Plan(), set()
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.village_code and outside(row.village_code, scope.code):
            verdict.refuse(*OUTSIDE)
        elif not row.refused:
            _judge(row, verdict, kept, plan, said)
    return Comparison(verdicts, plan)


class _Kept:
    """The round's steps, its villages that rows name, and what these have done, each read once."""

    def __init__(self, held, rows, scope):
        self.is_closed = held.is_closed_on(timezone.localdate())
        self.steps = {tight(step.title): step for step in held.steps.order_by("pk")}
        places = ElectionVillage.objects.filter(round=held, village__in={row.village_code for row in rows} - {None})
        places = places.select_related("village", "round").order_by("pk")
        self.places = {
            one.village_id: one for one in (places.select_for_update(of=("self",)) if scope.lock else places)
        }
        done = ElectionStepDone.objects.filter(place__in=self.places.values()).order_by("pk")
        self.done = {(one.place_id, one.step_id): one for one in done}


def _judge(row, verdict, kept, plan, said):
    place, step = kept.places.get(row.village_code), kept.steps.get(tight(row.values["step_title"]))
    if problem := _unknown(place, step):
        return verdict.refuse(*problem)
    verdict.change = "unchanged"
    if (place.pk, step.pk) in said:
        return verdict.warn(*AGAIN)
    said.add((place.pk, step.pk))
    known = kept.done.get((place.pk, step.pk))
    done = known or ElectionStepDone(step=step, place=place)
    done.step, done.place = step, place
    before = rounds.Stated(done)
    for problem in filter(None, (one.misfit(row, done._meta.get_field(one.attribute)) for one in FIELDS)):
        verdict.refuse(*problem)
    changed = not verdict.refused and restate(done, row, FIELDS, verdict.diff)
    for problem in _problems(row, done, known, changed, kept) if not verdict.refused else ():
        verdict.refuse(*problem)
    if verdict.refused or not changed:
        return before.take_back()
    verdict.change = "changed" if known else "new"
    (plan.changed if known else plan.new).append(done)
    return None


def _unknown(place, step):
    if place is None:
        return NOT_IN_ROUND
    if step is None:
        return NO_STEP
    return OF_COUNTY if step.per == ElectionStep.Per.COUNTY else None


def _problems(row, done, known, changed, kept):
    if changed and done.done_on is None:
        yield NO_DAY
    if done.done_on and not EARLIEST <= done.done_on <= timezone.localdate():
        yield FUTURE
    if changed and known and kept.is_closed:
        yield KEPT


def write(plan, *, by, batch):
    """Write the plan."""
    actions.record_steps(plan.new, plan.changed, by=by, batch=batch)
