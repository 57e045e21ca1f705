"""A table of wishes against those stated already: a row is a person's wish for a topic in a year."""

from collections import defaultdict
from dataclasses import dataclass, field

from core.scope import inside
from core.writes import change_rows
from rosters.comparison import Comparison, Verdict, outside
from talent.roster_apply import who, words
from talent.roster_apply.role_kinds import choice, exact_day, restate, text
from talent.rosters import persons
from training import actions
from training.models import Topic, TrainingWish

NOBODY = ("name", "no_file", "此人还没有档案，请先用村干部、后备干部等名册登记，再登记培训需求")
LISTED_ELSEWHERE = ("name", "listed_elsewhere", "此人这项需求由其他单位登记，这里不能改动，请联系县委组织部")
WRONG_YEAR = ("wish_year", "bad_year", "年度请填四位年份，例如 2026")
YEARS = range(2000, 2101)
FIELDS = (
    choice("wish_source", "source", TrainingWish.Source),
    exact_day("wish_stated_on", "stated_on"),
    text("remarks"),
)
MOST_NAMED = 8


@dataclass
class Plan:
    """What `write` writes: new wishes and changed ones with the names of their fields, each with its row's index."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)


def identities(values, fields, context):
    """The same person with the same topic of the same year is the same row."""
    wish = (values.get("topic"), values.get("wish_year"))
    return [(*key, *wish) for key in persons.identity_keys(values, fields, context)]


def compare(rows, scope):
    """A Comparison of rows with the wishes that are kept."""
    verdicts, plan = [Verdict() for _ in rows], Plan()
    known = who.identify(rows, verdicts, scope, lambda values: True)
    topics, kept = _topics(scope), _kept(known.people.values(), scope)
    for index, (row, verdict) in enumerate(zip(rows, verdicts, strict=True)):
        if row.refused or verdict.refused:
            continue
        person = known.people.get(known.keys[index])
        if person is None:
            verdict.refuse(*NOBODY)
        else:
            _take(index, row, verdict, person, topics, kept, plan, scope)
    return Comparison(verdicts, plan)


def _topics(scope):
    """{name: topics of that name}, those of the widest division first."""
    found = defaultdict(list)
    for topic in Topic.objects.filter(Topic.objects.all().in_scope(scope.code)).order_by("division_id", "pk"):
        found[topic.name].append(topic)
    return found


def _kept(people, scope):
    """{(person's key, topic's name, year): wish} of these people."""
    wishes = TrainingWish.objects.filter(person__in=[person.pk for person in people]).order_by("pk")
    wishes = wishes.select_related("person", "topic")
    if scope.lock:
        wishes = wishes.select_for_update(of=("self",))
    return {(wish.person_id, wish.topic.name, wish.year): wish for wish in wishes}


def _take(index, row, verdict, person, topics, kept, plan, scope):
    year = row.values.get("wish_year") or scope.as_of.year
    if year not in YEARS:
        return verdict.refuse(*WRONG_YEAR)
    wish = kept.get((person.pk, row.values["topic"], int(year)))
    if wish is not None and outside(wish.village_id, scope.code):
        return verdict.refuse(*LISTED_ELSEWHERE)
    is_new = wish is None
    if is_new:
        village = row.village_code or person.village_id
        topic = next((one for one in topics.get(row.values["topic"], ()) if inside(village, one.division_id)), None)
        if topic is None:
            return verdict.refuse(*_unknown(row.values["topic"], topics))
        wish = TrainingWish(person=person, village_id=village, topic=topic, year=int(year), stated_on=scope.as_of)
    for misfit in filter(None, (one.misfit(row, TrainingWish._meta.get_field(one.attribute)) for one in FIELDS)):
        verdict.refuse(*misfit)
    typed = row.values.get("wish_stated_on")
    if typed and words.day(typed) > scope.as_of:
        verdict.refuse("wish_stated_on", "stated_in_future", f"提出日期晚于数据日期 {scope.as_of:%Y.%m.%d}，请核对")
    if verdict.refused:
        return None
    names = restate(wish, row, FIELDS, verdict.diff)
    if is_new:
        kept[person.pk, wish.topic.name, wish.year] = wish
        verdict.diff, verdict.change = {"topic": (None, wish.topic.name)}, "new"
        plan.new.append((index, wish))
        if not row.values.get("wish_year"):
            verdict.hint("wish_year", "year_assumed", f"没有填，按数据日期的 {wish.year} 年度记")
        return None
    verdict.change = "changed" if names else "unchanged"
    if names and wish.pk:
        plan.changed.append((index, wish, names))
    return None


def _unknown(name, topics):
    offered = "、".join(list(topics)[:MOST_NAMED])
    told = f"，请填写：{offered}" if offered else "，请县委组织部先在“谁缺什么 › 培训专题”里建立"
    return ("topic", "unknown_topic", f"没有“{name}”这个培训专题{told}")


def write(plan, *, by, batch):
    """Write the plan."""
    actions.note_wishes([wish for _, wish in plan.new], by=by, batch=batch)
    names = sorted({name for _, _, changed in plan.changed for name in changed})
    change_rows([wish for _, wish, _ in plan.changed], names, by=by, batch=batch)
