"""A year's plan as a table against the plan kept: a row is a line of the division's own plan of its year."""

import copy
from dataclasses import dataclass, field

from core.scope import ancestors
from core.writes import change_rows
from rosters.comparison import Comparison, Verdict
from talent.roster_apply.role_kinds import LARGEST_COUNT, choice, restate, text
from training import actions
from training.models import PlanLine, Topic, TrainingPlan, TrainingSession
from training.roster_apply.words import hours, hours_problem, number, whole_problem

BESIDE = ("plan_class", "beside_county_plan", "县的计划里也有同名的班次，内容不同，这一行列入本单位的计划")
NO_GROUP = ("plan_group", "missing_field:plan_group", "培训对象没有填，请补上")
NO_MONTH = ("plan_month", "missing_field:plan_month", "计划月份没有填，请补上")
NO_PEOPLE = ("plan_people", "missing_field:plan_people", "计划人次没有填，请补上")
WRONG_YEAR = ("plan_year", "bad_year", "年度请填四位年份，例如 2026")
WRONG_MONTH = ("plan_month", "bad_month", "计划月份请填 1 到 12")
YEARS, MONTHS, MOST_CLASSES = range(2000, 2101), range(1, 13), 32767
FIELDS = (
    text("plan_class", "name"), choice("plan_group", "class_type", TrainingSession.ClassType), number("plan_month", "month"),
    number("plan_classes", "classes"), number("plan_people", "people"), hours("plan_hours"), number("plan_budget", "budget", clears=True),
)  # fmt: skip
WHOLE = (
    ("plan_classes", "期数", 1, MOST_CLASSES),
    ("plan_people", "人次", 1, LARGEST_COUNT),
    ("plan_budget", "预算", 0, LARGEST_COUNT),
)


@dataclass
class Plan:
    """What `write` writes: plans to begin by year, new lines and changed ones with the names of their fields."""

    begun: dict = field(default_factory=dict)
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)


def identities(values, fields, context):
    """The same class of the same year is the same row."""
    return [("plan_class", values["plan_class"], values.get("plan_year"))] if values.get("plan_class") else []


def compare(rows, scope):
    """A Comparison of rows with the plans of the division of the scope."""
    verdicts, kept = [Verdict() for _ in rows], _Kept(scope)
    for row, verdict in zip(rows, verdicts, strict=True):
        if not row.refused:
            _take(row, verdict, kept, scope)
    return Comparison(verdicts, kept.plan)


class _Kept:
    """The division's plans, their lines, those of the divisions above, and the topics, each read with one query."""

    def __init__(self, scope):
        self.plan, self.code, over = Plan(), scope.code, ancestors(scope.code)
        self.plans = {one.year: one for one in TrainingPlan.objects.filter(division=scope.code).order_by("pk")}
        lines = PlanLine.objects.filter(plan__division__in=over).select_related("plan", "topic").order_by("pk")
        lines = list(lines.select_for_update(of=("self",)) if scope.lock else lines)
        self.lines = {(line.plan.year, line.name): line for line in lines if line.plan.division_id == scope.code}
        self.above = {(line.plan.year, line.name): line for line in lines if line.plan.division_id != scope.code}
        topics = Topic.objects.filter(division__in=over).order_by("-division_id", "-pk")
        self.topics = {topic.name: topic for topic in topics}

    def plan_for(self, year):
        """The division's own plan of the year, begun where there is none."""
        if year not in self.plans:
            self.plans[year] = self.plan.begun[year] = TrainingPlan(division_id=self.code, year=year)
        return self.plans[year]


def _take(row, verdict, kept, scope):
    year = row.values.get("plan_year") or scope.as_of.year
    if year not in YEARS:
        return verdict.refuse(*WRONG_YEAR)
    for problem in _problems(row, kept):
        verdict.refuse(*problem)
    key = int(year), row.values["plan_class"]
    line, above = kept.lines.get(key), kept.above.get(key)
    if line is None and above and not verdict.refused:
        if not _state(copy.copy(above), row, Verdict(), kept):
            verdict.change = "unchanged"  # the county's own table: it is there already
            return None
        verdict.warn(*BESIDE)
    if line is None:
        for name, problem in (("plan_group", NO_GROUP), ("plan_month", NO_MONTH), ("plan_people", NO_PEOPLE)):
            if row.values.get(name) in (None, ""):
                verdict.refuse(*problem)
    if verdict.refused:
        return None
    if line is None:
        return _begin(row, verdict, kept, int(year))
    names = _state(line, row, verdict, kept)
    verdict.change = "changed" if names else "unchanged"
    if names and line.pk:
        kept.plan.changed.append((line, names))
    return None


def _begin(row, verdict, kept, year):
    line = kept.lines[year, row.values["plan_class"]] = PlanLine(plan=kept.plan_for(year), classes=1)
    _state(line, row, verdict, kept)
    verdict.diff, verdict.change = {"plan_class": (None, line.name)}, "new"
    kept.plan.new.append(line)
    if not row.values.get("plan_year"):
        verdict.hint("plan_year", "year_assumed", f"没有填，按数据日期的 {year} 年度记")
    return


def _problems(row, kept):
    """What the database would refuse, at the cell that says it."""
    values = row.values
    for one in FIELDS:
        if found := one.misfit(row, PlanLine._meta.get_field(one.attribute)):
            yield found
    for name, label, least, most in WHOLE:
        if found := whole_problem(name, values.get(name), label, least, most):
            yield found
    if values.get("plan_month") not in (None, "", *MONTHS):
        yield WRONG_MONTH
    if found := hours_problem("plan_hours", values.get("plan_hours")):
        yield found
    topic = values.get("plan_topic")
    if topic and topic not in kept.topics:
        yield ("plan_topic", "unknown_topic", f"没有“{topic}”这个培训专题，请先在“谁缺什么 › 培训专题”里建立，或留空")


def _state(line, row, verdict, kept):
    """Set what the row says; the names of what differs from before, each with old and new in the verdict."""
    names = restate(line, row, FIELDS, verdict.diff)
    return names | _state_topic(line, row, verdict, kept)


def _state_topic(line, row, verdict, kept):
    typed, old = row.values.get("plan_topic"), line.topic.name if line.topic else None
    if (not typed and "plan_topic" not in row.cleared) or old == (typed or None):
        return set()
    verdict.diff["plan_topic"] = (old, typed or None)
    line.topic = kept.topics[typed] if typed else None
    return {"topic"}


def write(plan, *, by, batch):
    """Write the plan."""
    actions.add_plans(list(plan.begun.values()), by=by, batch=batch)
    begun = {one.year: one for one in plan.begun.values()}
    for line in plan.new:
        line.plan = begun.get(line.plan.year, line.plan)
    actions.add_plan_lines(plan.new, by=by, batch=batch)
    names = sorted({name for _, changed in plan.changed for name in changed})
    change_rows([line for line, _ in plan.changed], names, by=by, batch=batch)
