"""A table of indicators against those of a scheme: weights stay those of 100 points, and nothing changes once graded."""

from dataclasses import dataclass, field

from awards import actions
from awards.actions.evaluations import WHOLE
from awards.models import EvaluationItem, EvaluationScheme
from awards.roster_apply.county import COUNTY_DIGITS, judged
from core.scope import inside
from talent.roster_apply.role_kinds import choice, count, restate, text

GONE = ("item_title", "round_gone", "这个考核方案已经删除或不是本县的，请作废这份表，选择另一个方案重新上传")
NOT_YOURS = ("item_title", "scheme_of_county", "考核方案由县委组织部定，这里不能改动")
CLOSED = ("item_title", "scheme_closed", "这个方案已经有对象定了等次，指标和权重不再改动；要试算请用“试算权重”")
SCORED = ("item_weight", "item_weighed", "考核指标要有权重（1 到 100）和满分")
OTHERS = ("item_weight", "item_not_weighed", "加分、扣分项只填上限，一票否决项权重和上限都不填，也都不按群众测评计分")
BALLOTS = ("item_source", "one_of_ballots", "一个方案只有一项按群众测评计分，请核对来源")
Part, Source = EvaluationItem.Part, EvaluationItem.Source
FIELDS = (
    choice("item_part", "part", Part), choice("item_source", "source", Source), count("item_weight", "weight", "权重"),
    count("item_most", "most", "分数"), text("item_standard", "standard"),
)  # fmt: skip
MOST = 1000


@dataclass
class Plan:
    """The scheme with its new and changed items."""

    scheme: object
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)


def identities(values, fields, context):
    """The same indicator is the same row."""
    return [("item", values.get("item_title"))]


def compare(rows, scope):
    """A Comparison of rows with the items of the scheme `scope.target_id`."""
    scheme = EvaluationScheme.objects.filter(pk=scope.target_id).first()
    if scheme is None or not (inside(scheme.division_id, scope.code) or inside(scope.code, scheme.division_id)):
        return judged(rows, Plan(None), lambda row: [GONE], None)
    items = {item.title: item for item in scheme.items.order_by("pk")}
    closed = bool(scheme.published_on) or scheme.evaluations.exclude(grade="").exists()
    plan, told = Plan(scheme), []
    found = judged(rows, plan, _problems, lambda row, verdict: told.append(_take(row, verdict, items, plan)))
    _refuse_together(found.verdicts, plan, items.values(), closed, scope)
    return found


def _problems(row):
    if len(row.values.get("item_title") or "") > EvaluationItem._meta.get_field("title").max_length:
        yield ("item_title", "too_long", "名称超过 60 个字，请核对")
    for one in FIELDS:
        if found := one.misfit(row, EvaluationItem._meta.get_field(one.attribute)):
            yield found


def _take(row, verdict, items, plan):
    one = items.get(row.values["item_title"])
    is_new = one is None
    one = one or EvaluationItem(scheme=plan.scheme, title=row.values["item_title"])
    names = restate(one, row, FIELDS, verdict.diff)
    if is_new and one.part == Part.SCORE and not one.most:
        one.most = WHOLE if one.source == Source.BALLOTS else one.weight
    verdict.change = "new" if is_new else "changed" if names else "unchanged"
    if (is_new or names) and (problem := _misfit(one)):
        verdict.refuse(*problem)
    elif is_new:
        verdict.diff = {"item_title": (None, one.title)}
        items[one.title] = one
        plan.new.append(one)
    elif names:
        plan.changed.append(one)


def _misfit(one):
    """What the database would refuse of an item."""
    if one.weight > WHOLE or one.most > MOST:
        return ("item_weight", "item_weighed", f"权重不超过 {WHOLE}，满分（上限）不超过 {MOST}，请核对")
    if one.part == Part.SCORE:
        return None if one.weight and one.most else SCORED
    fits = not one.weight and one.source != Source.BALLOTS and bool(one.most) == (one.part != Part.VETO)
    return None if fits else OTHERS


def _refuse_together(verdicts, plan, items, closed, scope):
    """What concerns the table as a whole is told at every row that changes something."""
    items = list(items)
    total = sum(item.weight for item in items if item.part == Part.SCORE)
    problem = None
    if len(scope.code) != COUNTY_DIGITS:
        problem = NOT_YOURS
    elif closed:
        problem = CLOSED
    elif sum(item.source == Source.BALLOTS for item in items) > 1:
        problem = BALLOTS
    elif total != WHOLE:
        problem = (
            "item_weight",
            "weights_not_hundred",
            f"入库后考核指标的权重合计应为 {WHOLE}，现在是 {total}，请核对",
        )
    if problem is None or not (plan.new or plan.changed):
        return
    plan.new, plan.changed = [], []
    for verdict in verdicts:
        if verdict.change in ("new", "changed"):
            verdict.refuse(*problem)


def write(plan, *, by, batch):
    """Write the plan."""
    if plan.new or plan.changed:
        actions.change_evaluation(plan.scheme, created=plan.new, changed=plan.changed, by=by, batch=batch)
