"""A table of required topics against those kept: a row is what one group must take, in one period."""

from dataclasses import dataclass, field

from core.scope import ancestors
from core.writes import change_rows
from rosters.comparison import Comparison, Verdict
from talent.roster_apply import words
from talent.roster_apply.role_kinds import RoleField, exact_day, overlapping, restate, text
from training import actions
from training.models import Topic, TopicRequirement
from training.roster_apply.words import COUNTY_DIGITS, plain

NOT_YOURS = ("req_topic", "requirement_of_county", "必修要求由县委组织部制定，这里不能改动")
NO_GROUP = ("req_group", "missing_field:req_group", "必修对象没有填，请补上")
NO_YEARS = ("req_years", "missing_field:req_years", "每几年一次没有填，请填 1 到 10")
WRONG_YEARS = ("req_years", "years_unlikely", "每几年一次请填 1 到 10 的整数")
BACKWARDS = ("req_end", "end_before_start", "执行止早于执行起，请核对这两个时间")
YEARS = range(1, 11)
FIELDS = (
    RoleField("req_years", "every_years", keep=int, show=lambda value: value and plain(value)),
    exact_day("req_end", "end"),
    text("req_basis", "basis"),
)


@dataclass
class Plan:
    """Topics to begin, new requirements and changed ones with the names of their fields."""

    topics: dict = field(default_factory=dict)
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)


def identities(values, fields, context):
    """The same topic of the same group from the same day is the same row."""
    key = (values.get("req_topic"), values.get("req_group"), values.get("req_start"))
    return [("requirement", *key)] if values.get("req_topic") else []


def compare(rows, scope):
    """A Comparison of rows with the requirements that govern the division; what is kept is stated before what is new."""
    verdicts, kept = [Verdict() for _ in rows], _Kept(scope)
    pairs = [(row, verdict) for row, verdict in zip(rows, verdicts, strict=True) if not row.refused]
    fresh = [pair for pair in pairs if not _corrected(*pair, kept, scope)]
    for row, verdict in fresh:
        if not verdict.refused:
            _begin(row, verdict, kept, scope)
    return Comparison(verdicts, kept.plan)


class _Kept:
    """The topics and requirements of the division and those above it, each read with one query."""

    def __init__(self, scope):
        self.plan = Plan()
        over = ancestors(scope.code)
        topics = Topic.objects.filter(division__in=over).order_by("-division_id", "-pk")
        self.topics = {topic.name: topic for topic in topics}  # of two of a name the widest division's
        found = TopicRequirement.objects.filter(topic__division__in=over).select_related("topic")
        found = found.select_for_update(of=("self",)) if scope.lock else found
        self.rows = {}
        for row in found.order_by("start", "pk"):
            self.rows.setdefault((row.topic.name, row.group), []).append(row)

    def meant(self, values, on):
        """The kept requirement that a row is about, or None."""
        found, typed = self.rows.get((values.get("req_topic"), values.get("req_group")), []), values.get("req_start")
        if typed:
            return next((row for row in found if words.same_day(row.start, typed)), None)
        running = [row for row in found if row.end is None or row.end >= on]
        return running[-1] if running else None


def _corrected(row, verdict, kept, scope):
    """True when the row is about a requirement that is kept, or cannot be taken at all."""
    for problem in _problems(row):
        verdict.refuse(*problem)
    one = None if verdict.refused else kept.meant(row.values, scope.as_of)
    if one is None:
        return verdict.refused
    names = restate(one, row, FIELDS, verdict.diff)
    if one.end and one.end < one.start:
        verdict.refuse(*BACKWARDS)
    elif names and one.topic.division_id != scope.code:
        verdict.refuse(*NOT_YOURS)
    elif met := _met(kept, one):
        verdict.refuse(*met)
    else:
        verdict.change = "changed" if names else "unchanged"
        if names:
            kept.plan.changed.append((one, names))
    return True


def _met(kept, one):
    """Why the period of `one` cannot stand beside another of the same topic and group, or None."""
    same = kept.rows.get((one.topic.name, one.group), [])
    met = overlapping(same, one.start, one.end, but=one)
    if met is None:
        return None
    told = f"这类对象自 {met.start:%Y.%m.%d} 起已有这个专题的要求，请先给原来的填上执行止，或核对执行起"
    return ("req_start", "period_overlap", told)


def _begin(row, verdict, kept, scope):
    values = row.values
    if values.get("req_years") in (None, ""):
        return verdict.refuse(*NO_YEARS)
    topic = kept.topics.get(values["req_topic"])
    if len(scope.code) > COUNTY_DIGITS or (topic is not None and topic.division_id != scope.code):
        return verdict.refuse(*NOT_YOURS)
    start = words.day(values["req_start"]) if values.get("req_start") else scope.as_of
    one = TopicRequirement(topic=topic or Topic(division_id=scope.code, name=values["req_topic"]), group=values["req_group"], start=start)  # fmt: skip
    restate(one, row, FIELDS, verdict.diff)
    verdict.diff = {}
    if one.end and one.end < start:
        return verdict.refuse(*BACKWARDS)
    if met := _met(kept, one):
        return verdict.refuse(*met)
    verdict.diff, verdict.change = {"req_topic": (None, values["req_topic"])}, "new"
    if topic is None:
        kept.topics[one.topic.name] = kept.plan.topics[one.topic.name] = one.topic
        verdict.warn("req_topic", "topic_begun", "还没有这个培训专题，入库时新建；如是写法不同，请改成已有的名称")
    if not values.get("req_start"):
        verdict.hint("req_start", "start_assumed", f"没有填，按数据日期 {scope.as_of:%Y.%m.%d} 记")
    kept.rows.setdefault((one.topic.name, one.group), []).append(one)
    return kept.plan.new.append(one)


def _problems(row):
    values = row.values
    if not values.get("req_group"):
        yield NO_GROUP
    if values.get("req_years") not in (None, "", *YEARS):
        yield WRONG_YEARS
    longest = Topic._meta.get_field("name").max_length
    if len(values.get("req_topic") or "") > longest:
        yield ("req_topic", "too_long", f"培训专题超过 {longest} 个字，请核对")
    for one in FIELDS:
        if found := one.misfit(row, TopicRequirement._meta.get_field(one.attribute)):
            yield found


def write(plan, *, by, batch):
    """Write the plan: what ends first, so that what follows it may begin."""
    names = sorted({name for _, changed in plan.changed for name in changed})
    change_rows([one for one, _ in plan.changed], names, by=by, batch=batch)
    begun = {topic.name: topic for topic in actions.add_topics(list(plan.topics.values()), by=by, batch=batch)}
    for one in plan.new:
        one.topic = begun.get(one.topic.name, one.topic)
    actions.add_requirements(plan.new, by=by, batch=batch)
