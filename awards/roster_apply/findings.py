"""A list of what a check found against what is kept: the county enters and closes, the township says what was done."""

from dataclasses import dataclass, field

from awards import actions
from awards.models import Inspection, InspectionFinding, InspectionFollowUp
from awards.roster_apply.county import judged, whole_day
from core.dates import LATEST
from core.scope import inside
from rosters.comparison import OUTSIDE, outside
from talent.roster_apply import words
from talent.roster_apply.role_kinds import restate, text

TOWNSHIP_DIGITS = 9
GONE = ("finding_item", "round_gone", "这次检查已经删除或不是本县的，请作废这份表，选择另一次检查重新上传")
NO_ITEM = ("finding_item", "no_such_check_item", "这次检查没有这个检查事项，请照检查页面上的事项写")
NOT_YOURS = ("finding_problem", "finding_of_county", "检查发现的问题由县委组织部登记和销号，乡镇只填整改进展")
CLOSED = ("finding_problem", "finding_closed", "这个问题已经销号，不再改动")
NO_DUE = ("finding_due", "missing_field:finding_due", "整改责任人和整改期限要填，请补上")
EARLY_DUE = ("finding_due", "due_before_check", "整改期限早于检查日期，请核对两个日期")
EARLY_STEP = ("step_on", "step_before_check", "整改进展的日期早于检查日期，请核对")
NO_STEP = ("step_done", "missing_field:step_done", "写了日期，没有写整改进展，请补上")
CLOSE_WHOLE = ("close_result", "close_not_whole", "销号要写明销号日期和整改结果，并且先有整改进展")
EARLY_CLOSE = ("closed_on", "closed_before_step", "销号日期早于最近一次整改进展，请核对两个日期")
FIELDS = (text("finding_responsible", "responsible"), whole_day("finding_due", "due"))
TEXTS = (("finding_problem", InspectionFinding, "problem"), ("step_done", InspectionFollowUp, "done"), ("close_result", InspectionFinding, "result"))  # fmt: skip


@dataclass
class Plan:
    """New findings, changed ones, steps [(finding, on, done)] and those to close with the day and the result."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    steps: list = field(default_factory=list)
    closed: list = field(default_factory=list)


def identities(values, fields, context):
    """The same problem of the same village is the same row."""
    names = ("township", "village", "finding_item", "finding_problem")
    return [("finding", *(values.get(name) for name in names))]


def compare(rows, scope):
    """A Comparison of rows with the findings of the check `scope.target_id`."""
    held = Inspection.objects.filter(pk=scope.target_id).first()
    if held is None or not (inside(held.division_id, scope.code) or inside(scope.code, held.division_id)):
        return judged(rows, Plan(), lambda row: [GONE], None)
    kept = _Kept(held, rows, scope)
    return judged(
        rows, kept.plan, lambda row: _problems(row, kept), lambda row, verdict: _Case(row, verdict, kept).take()
    )


class _Kept:
    """The findings of the check in the rows' villages with their steps, read once."""

    def __init__(self, held, rows, scope):
        self.held, self.scope, self.plan = held, scope, Plan()
        self.items = {item.title: item for item in held.items.order_by("pk")}
        codes = {row.village_code for row in rows if row.village_code and inside(row.village_code, scope.code)}
        found = InspectionFinding.objects.filter(inspection=held, village__in=codes).select_related("village")
        found = found.select_for_update(of=("self",)) if scope.lock else found
        self.rows = {(one.village_id, one.item_id, one.problem): one for one in found.order_by("pk")}
        self.steps = {}
        steps = InspectionFollowUp.objects.filter(finding__inspection=held, finding__village__in=codes)
        for step in steps.order_by("on", "pk"):
            self.steps.setdefault(step.finding_id, []).append(step)

    @property
    def by_county(self):
        return len(self.scope.code) < TOWNSHIP_DIGITS


def _problems(row, kept):
    if row.village_code and outside(row.village_code, kept.scope.code):
        yield OUTSIDE
    if row.values["finding_item"] not in kept.items:
        yield NO_ITEM
    for name, model, attribute in TEXTS:
        field = model._meta.get_field(attribute)
        if len(row.values.get(name) or "") > field.max_length:
            yield (name, "too_long", f"{field.verbose_name}超过 {field.max_length} 个字，请核对")
    for one in FIELDS:
        if found := one.misfit(row, InspectionFinding._meta.get_field(one.attribute)):
            yield found


class _Case:
    """One row beside its finding."""

    def __init__(self, row, verdict, kept):
        self.row, self.verdict, self.kept = row, verdict, kept
        key = (row.village_code, kept.items[row.values["finding_item"]].pk, row.values["finding_problem"])
        self.one = kept.rows.get(key)
        self.is_new = self.one is None
        if self.is_new:
            self.one = InspectionFinding(
                inspection=kept.held, item=kept.items[row.values["finding_item"]], village_id=row.village_code,
                problem=row.values["finding_problem"],
            )  # fmt: skip
        self.was_closed = self.one.closed_on is not None
        self.steps = [] if self.is_new else kept.steps.get(self.one.pk, [])

    def take(self):
        names = restate(self.one, self.row, FIELDS, self.verdict.diff)
        step, closing = self._step(), self._closing()
        for problem in self._problems(names, step, closing):
            self.verdict.refuse(*problem)
            return
        self._plan(names, step, closing)

    def _step(self):
        """(on, done) that the row adds, or None."""
        done, typed = self.row.values.get("step_done"), self.row.values.get("step_on")
        if not done or any(
            words.reads_as(step.done, done) and (not typed or words.same_day(step.on, typed)) for step in self.steps
        ):
            return None
        return (words.day(typed) if typed else self.kept.scope.as_of, done)

    def _closing(self):
        """(on, result) that the row says and is not kept, or None."""
        typed, result = self.row.values.get("closed_on"), self.row.values.get("close_result")
        same = (not typed or words.same_day(self.one.closed_on, typed)) and (
            not result or words.reads_as(self.one.result, result)
        )
        return None if same else (words.day(typed) if typed else None, result)

    def _problems(self, names, step, closing):
        if self.was_closed and (names or step or closing):
            yield CLOSED
        if (self.is_new or names or closing) and not self.kept.by_county:
            yield NOT_YOURS
        if self.is_new and not (self.one.responsible and self.one.due):
            yield NO_DUE
        if self.one.due and not self.kept.held.on <= self.one.due <= LATEST:
            yield EARLY_DUE
        if self.row.values.get("step_on") and not self.row.values.get("step_done"):
            yield NO_STEP
        if step and not self.kept.held.on <= step[0] <= LATEST:
            yield EARLY_STEP
        if closing:
            yield from self._wrong_closing(step, closing)

    def _wrong_closing(self, step, closing):
        last = max([one.on for one in self.steps] + ([step[0]] if step else []), default=None)
        if None in closing or last is None:
            yield CLOSE_WHOLE
        elif not last <= closing[0] <= LATEST:
            yield EARLY_CLOSE

    def _plan(self, names, step, closing):
        plan, diff = self.kept.plan, self.verdict.diff
        if step:
            plan.steps.append((self.one, *step))
            diff["step_done"] = (self.steps[-1].done if self.steps else None, step[1])
        if closing:
            plan.closed.append((self.one, *closing))
            diff["closed_on"] = (None, f"{closing[0]:%Y-%m-%d}")
        if self.is_new:
            plan.new.append(self.one)
            self.verdict.diff = {"finding_problem": (None, self.one.problem)}
        elif names:
            plan.changed.append(self.one)
        self.verdict.change = "new" if self.is_new else "changed" if diff else "unchanged"


def write(plan, *, by, batch):
    """Write the plan."""
    actions.write_findings(plan.new, plan.changed, plan.steps, plan.closed, by=by, batch=batch)
