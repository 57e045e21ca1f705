"""A list of classes against those kept: a row is one class (期), with its topics, its courses and its line of the plan."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from core.scope import ancestors
from core.text import tight
from core.writes import change_rows
from rosters.comparison import Comparison, Verdict
from talent.roster_apply import words
from talent.roster_apply.role_kinds import choice, exact_day, restate, text
from training import actions
from training.models import Course, PlanLine, Topic, TrainingSession
from training.models.session import unfit_days
from training.roster_apply.words import COUNTY_DIGITS, hours, hours_problem, whole_problem

NOT_YOURS = ("class_title", "class_of_county", "班次由县委组织部登记，这里不能改动；乡镇要办的班请报县委组织部")
NO_GROUP = ("plan_group", "missing_field:plan_group", "培训对象没有填，请补上")
NO_DAY = "{}要写到日，如 2026.03.05"
BACKWARDS = ("class_end", "end_before_start", "结业日期早于开班日期，请核对这两个日期")
SEVERAL = ("class_start", "several_classes", "这个月有几期同名同期次的班，请把开班日期写到日")
FULL_DATE, MOST_CLASSES, MOST_NAMED = len("2026-03-05"), 32767, 3
PARTS = re.compile(r"[；;\n]")
FINER = re.compile(r"[、，,]")
FIELDS = (
    choice("plan_group", "class_type", TrainingSession.ClassType), choice("class_level", "level", TrainingSession.Level),
    text("class_host", "organiser"), text("class_place", "place"), exact_day("class_end", "end"), hours("class_hours"),
)  # fmt: skip
# The field of a row, the relation of a class, what is at its other end.
TIES = (("class_topics", "topics", Topic), ("class_courses", "courses", Course))
BEGUN = {
    "class_topics": ("topic_begun", "还没有培训专题“{}”，入库时新建；如是写法不同，请改成已有的名称"),
    "class_courses": ("course_begun", "还没有课程“{}”，入库时新建，授课人未定；如是写法不同，请改成已有的名称"),
}
LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "township"}  # by the digits of who holds the class


@dataclass
class Plan:
    """New classes, changed ones with the names of their fields, topics and courses to begin, and {relation: [(class, what it
    is to have)]}."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    begun: list = field(default_factory=list)
    ties: dict = field(default_factory=lambda: defaultdict(list))


def identities(values, fields, context):
    """The same number of the same class from the same day is the same row."""
    if not values.get("class_title"):
        return []
    return [("class", tight(values["class_title"]), values.get("class_number") or 1, values.get("class_start"))]


def compare(rows, scope):
    """A Comparison of rows with the classes of the division and those that serve it."""
    verdicts, kept = [Verdict() for _ in rows], _Kept(scope)
    moved = {}
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.refused:
            continue
        for problem in _problems(row):
            verdict.refuse(*problem)
        if not verdict.refused:
            _take(row, verdict, kept, scope, moved)
    for session, told in unfit_days(list(moved)).items():
        verdict = moved[session]
        verdict.refuse("class_end", "days_do_not_fit", told)
        kept.forget(session)
    return Comparison(verdicts, kept.plan)


class _Kept:
    """The classes with their topics and courses, and what they may be given, each read with one query."""

    def __init__(self, scope):
        self.plan, self.code, over = Plan(), scope.code, ancestors(scope.code)
        found = TrainingSession.objects.filter(TrainingSession.objects.all().in_scope(scope.code))
        found = (
            found.select_related("plan_line")
            .prefetch_related("topics", "courses__teacher")
            .order_by("division_id", "pk")
        )
        found = found.select_for_update(of=("self",)) if scope.lock else found
        self.sessions = defaultdict(list)
        for one in found:
            self.sessions[tight(one.name), one.number].append(one)
        topics = Topic.objects.filter(division__in=over).order_by("-division_id", "-pk")
        courses = Course.objects.filter(division__in=over).select_related("teacher").order_by("-division_id", "-pk")
        lines = (
            PlanLine.objects.filter(plan__division__in=over).select_related("plan").order_by("plan__division_id", "pk")
        )
        self.known = {"class_topics": {one.name: one for one in topics}, "class_courses": _by_call(courses)}
        self.lines = {(line.plan.year, tight(line.name)): line for line in lines}

    def meant(self, values):
        """The kept classes that a row is about: none, one, or several where only the month is told."""
        same = self.sessions.get((tight(values["class_title"]), values.get("class_number") or 1), [])
        found = [one for one in same if words.same_day(one.start, values["class_start"])]
        own = [one for one in found if one.division_id == self.code]
        return own or found[:1]

    def forget(self, session):
        """Take back what was planned for a class whose new days cannot be."""
        self.plan.changed = [(one, names) for one, names in self.plan.changed if one is not session]
        for relation, wanted in self.plan.ties.items():
            self.plan.ties[relation] = [(one, several) for one, several in wanted if one is not session]


def _by_call(courses):
    """{how a course is called: course}: by its name where that is the only one of it, and always with its teacher."""
    courses = list(courses)
    often = Counter(one.name for one in {(one.name, one.teacher_id): one for one in courses}.values())
    return {one.name: one for one in courses if often[one.name] == 1} | {called(one): one for one in courses}


def called(course):
    """A course with its teacher, as it is told apart from others of its name."""
    return f"{course.name}（{course.teacher.name if course.teacher else '未定'}）"


def _take(row, verdict, kept, scope, moved):
    found = kept.meant(row.values)
    if len(found) > 1:
        return verdict.refuse(*SEVERAL)
    session = found[0] if found else _begin(row, verdict, kept)
    if session is None:
        return None
    is_new, days = session.pk is None and not found, (session.start, session.end)
    names = restate(session, row, FIELDS, verdict.diff) | _state_line(session, row, verdict, kept)
    ties, fresh = _ties(session, row, verdict, kept)
    if session.end < session.start:
        return verdict.refuse(*BACKWARDS)
    if (names or ties) and session.division_id != scope.code:
        return verdict.refuse(*NOT_YOURS)
    if verdict.refused:
        return None
    kept.plan.begun += fresh
    for relation, wanted in ties.items():
        kept.plan.ties[relation].append((session, wanted))
    if is_new:
        kept.plan.new.append(session)
        verdict.diff, verdict.change = {"class_title": (None, str(session))}, "new"
        return kept.sessions[tight(session.name), session.number].append(session)
    verdict.change = "changed" if names or ties else "unchanged"
    if session.pk and names:
        kept.plan.changed.append((session, names))
    if session.pk and (session.start, session.end) != days:
        moved[session] = verdict
    return None


def _begin(row, verdict, kept):
    """A new class with what no field of FIELDS says; None where the row cannot begin one."""
    values = row.values
    if len(kept.code) > COUNTY_DIGITS:
        return verdict.refuse(*NOT_YOURS)
    if not values.get("plan_group"):
        return verdict.refuse(*NO_GROUP)
    if len(values["class_start"]) < FULL_DATE:
        return verdict.refuse("class_start", "day_wanted", NO_DAY.format("开班日期"))
    start, name = words.day(values["class_start"]), values["class_title"]
    if not values.get("class_end"):
        verdict.hint("class_end", "end_assumed", "没有填结业日期，按一天的班记")
    session = TrainingSession(
        division_id=kept.code, name=name, number=values.get("class_number") or 1, start=start, end=start,
        level=LEVELS.get(len(kept.code), TrainingSession.Level.COUNTY),
    )  # fmt: skip
    same = [one for one in kept.sessions.get((tight(name), session.number), ()) if one.start.year == start.year]
    if same:
        told = "、".join(f"{one.start:%m.%d}" for one in same[:MOST_NAMED])
        verdict.warn(
            "class_start",
            "class_again",
            f"这一年已有同名同期次的班（{told} 开班），按新的一期入库；只是改日期的，请到那一期的页面里改",
        )
    return session


def _state_line(session, row, verdict, kept):
    """Tie the class to a line of the plan of its year."""
    typed, old = row.values.get("class_plan"), session.plan_line.name if session.plan_line else None
    if (not typed and "class_plan" not in row.cleared) or (typed and old and tight(typed) == tight(old)):
        return set()
    line = kept.lines.get((session.start.year, tight(typed))) if typed else None
    if typed and line is None:
        told = f"{session.start.year} 年度计划里没有“{typed}”这个班次，请先在“年度计划”里列入，或留空"
        verdict.refuse("class_plan", "unknown_plan_line", told)
        return set()
    if line is None and old is None:
        return set()
    session.plan_line = line
    verdict.diff["class_plan"] = (old, line.name if line else None)
    return {"plan_line"}


def _ties(session, row, verdict, kept):
    """({relation: what the class is to have} where that differs, topics and courses to begin)."""
    ties, fresh = {}, []
    for column, relation, model in TIES:
        typed = row.values.get(column)
        if not typed and column not in row.cleared:
            continue
        old = list(getattr(session, relation).all()) if session.pk else []
        wanted = [_one(name, column, model, old, kept) for name in _names(typed or "", kept.known[column], old)]
        for one in wanted:
            if (problem := _too_long(one, column)) is not None:
                verdict.refuse(*problem)
        if {one.pk for one in wanted} == {one.pk for one in old}:
            continue  # a new one has no key, and is in no old list
        begun = [one for one in wanted if one.pk is None and one not in kept.plan.begun]
        for one in begun:
            code, told = BEGUN[column]
            verdict.warn(column, code, told.format(one.name))
        fresh += begun
        ties[relation] = wanted
        verdict.diff[column] = (_listed(old), _listed(wanted))
    return ties, fresh


def _names(typed, known, old):
    """The names in a cell: between semicolons whatever stands there, else between commas, unless the whole is one name."""
    theirs = {one.name for one in old}
    parts = [part.strip() for part in PARTS.split(typed) if part.strip()]
    found = [
        name.strip()
        for part in parts
        for name in ([part] if part in known or part in theirs or len(parts) > 1 else FINER.split(part))
        if name.strip()
    ]
    return list(dict.fromkeys(found))


def _one(name, column, model, old, kept):
    """The topic or course of that name: one that the class has already, one that is known, or a new one."""
    known = kept.known[column]
    found = next((one for one in old if one.name == name), None) or known.get(name)
    if found is None:
        found = next((one for call, one in known.items() if tight(call) == tight(name)), None)
    if found is None:
        found = known[name] = model(division_id=kept.code, name=name)
    return found


def _too_long(one, column):
    kept = one._meta.get_field("name")
    if len(one.name) > kept.max_length:
        return (column, "too_long", f"{kept.verbose_name}超过 {kept.max_length} 个字，请核对；几个的用分号隔开")
    return None


def _listed(several):
    return "；".join(one.name for one in several) or None


def _problems(row):
    """What the database would refuse, at the cell that says it."""
    values = row.values
    longest = TrainingSession._meta.get_field("name").max_length
    if len(values["class_title"]) > longest:
        yield ("class_title", "too_long", f"班次名称超过 {longest} 个字，请核对")
    for one in FIELDS:
        if found := one.misfit(row, TrainingSession._meta.get_field(one.attribute)):
            yield found
    if found := whole_problem("class_number", values.get("class_number"), "期次", 1, MOST_CLASSES):
        yield found
    if found := hours_problem("class_hours", values.get("class_hours")):
        yield found
    if values.get("class_end") and len(values["class_end"]) < FULL_DATE:
        yield ("class_end", "day_wanted", NO_DAY.format("结业日期"))


def write(plan, *, by, batch):
    """Write the plan: topics and courses before the classes that have them."""
    actions.add_topics([one for one in plan.begun if isinstance(one, Topic)], by=by, batch=batch)
    actions.add_courses([one for one in plan.begun if isinstance(one, Course)], by=by, batch=batch)
    actions.open_sessions(plan.new, by=by, batch=batch)
    names = sorted({name for _, changed in plan.changed for name in changed})
    change_rows([session for session, _ in plan.changed], names, by=by, batch=batch)
    for relation, wanted in plan.ties.items():
        actions.retie(relation, dict(wanted), by=by, batch=batch)
