"""Evidence of who lacks what: each source says of which people which topic they lack, and why.

`training.needs` puts the sources together. A further one (the yearly evaluation of cadres) is one function with @source."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Max, Q

from core.periods import birthday_bound
from core.scope import inside
from core.text import tight
from talent.models import PersonReview, TeamReview
from talent.shortcomings import shortcomings
from training.models import Enrollment, Topic, TopicRequirement, TrainingWish
from training.parameters.classes import LOW_PERCENT, PASS_SCORE, mapping

NEVER, OVERDUE, FAILED, EVALUATED, FEEDBACK, WISH = "never", "overdue", "failed", "evaluated", "feedback", "wish"
# How the page filters by what a need rests on, in the order in which reasons are told.
KINDS = (
    (NEVER, "必修从未参加"),
    (OVERDUE, "必修已过期"),
    (FAILED, "测试不合格"),
    (EVALUATED, "年度考核反映"),
    (FEEDBACK, "班次评价反映"),
    (WISH, "本人或单位提出"),
)
SOURCES = []


@dataclass(frozen=True)
class Asked:
    """What a source is asked: for the people {key: needs.Member} that `user` sees, on the day `on`."""

    user: object
    on: datetime.date
    people: dict


@dataclass(frozen=True)
class Evidence:
    """One reason why the person with the key `person` lacks `topic`; `kind` is one of KINDS, `told` its words."""

    person: int
    topic: object
    kind: str
    told: str


def source(function):
    """Register (Asked) → iterable of Evidence; the number of its queries is fixed."""
    SOURCES.append(function)
    return function


def last_attended(topics, on, enrollments=None):
    """{(person's key, topic's key): when a class with the topic was last attended}, up to the date."""
    held = Enrollment.objects.trained() if enrollments is None else enrollments
    held = held.filter(session__start__lte=on, session__topics__in=list(topics))
    rows = held.order_by().values_list("person_id", "session__topics").annotate(last=Max("session__start"))
    return {(person, topic): last for person, topic, last in rows if topic in topics}


@source
def required(asked):
    """Topics that the post asks for and that were not passed in time."""
    rows = list(TopicRequirement.objects.visible_to(asked.user).required(asked.on).select_related("topic"))
    topics = {one.topic_id: one.topic for one in rows}
    last = last_attended(topics, asked.on, Enrollment.objects.passed(PASS_SCORE.value(asked.on)))
    seen = last_attended(topics, asked.on)
    for key, member in asked.people.items():
        for topic, years in _years(rows, member).items():
            passed = last.get((key, topic))
            if passed is None or passed <= birthday_bound(asked.on, years):
                yield _overdue(key, topics[topic], years, passed, seen.get((key, topic)))


def _overdue(key, topic, years, passed, seen):
    if seen is None:
        return Evidence(key, topic, NEVER, "必修，从未参加")
    last = f"上次 {passed:%Y.%m}" if passed else "参加过但没有合格"
    return Evidence(key, topic, OVERDUE, f"必修，每 {years} 年一次，{last}")


def _years(rows, member):
    """{topic's key: years} asked of the member; of two requirements the stricter."""
    found = {}
    for one in rows:
        if one.group in member.groups and inside(member.village.code, one.topic.division_id):
            found[one.topic_id] = min(one.every_years, found.get(one.topic_id, one.every_years))
    return found


@source
def failed(asked):
    """Topics of classes that somebody did not pass, until a class with the topic is passed."""
    line = PASS_SCORE.value(asked.on)
    rows = Enrollment.objects.failed(line).visible_to(asked.user).filter(session__end__lte=asked.on)
    rows = rows.select_related("session").prefetch_related("session__topics").order_by("session__start", "pk")
    latest = {(row.person_id, topic): row for row in rows for topic in row.session.topics.all()}
    passed = last_attended({topic.pk for _, topic in latest}, asked.on, Enrollment.objects.passed(line))
    for (key, topic), row in latest.items():
        later = passed.get((key, topic.pk))
        if key in asked.people and (later is None or later < row.session.start):
            yield Evidence(key, topic, FAILED, _failing(row, line))


def _failing(row, line):
    when = f"{row.session.start:%Y.%m} “{row.session}”"
    if row.score is not None and row.score < line:
        return f"{when}测试 {float(row.score):g} 分，不到 {line} 分"
    return f"{when}不合格"


@source
def evaluated(asked):
    """Topics that the county maps to a low grade or indicator of the yearly evaluation, until one is passed afterwards."""
    found = shortcomings(asked.user, asked.on, asked.people, LOW_PERCENT.value(asked.on))
    mapped, topics = mapping(asked.on), defaultdict(list)
    for topic in Topic.objects.visible_to(asked.user).order_by("division_id", "pk"):
        topics[tight(topic.name)].append(topic)
    passed = last_attended(
        {one.pk for same in topics.values() for one in same},
        asked.on,
        Enrollment.objects.passed(PASS_SCORE.value(asked.on)),
    )
    for one in found:
        for name in mapped.get(tight(one.word), ()):
            village = asked.people[one.person].village.code
            topic = next((topic for topic in topics[name] if inside(village, topic.division_id)), None)
            last = passed.get((one.person, topic.pk)) if topic else None
            if topic and (last is None or last <= one.since):
                yield Evidence(one.person, topic, EVALUATED, one.told)


@source
def wished(asked):
    """What was stated for the year of the date or the year before, by whom, and what a class's evaluation says is still
    lacking."""
    stated = TrainingWish.objects.visible_to(asked.user).stated(asked.on)
    stated = stated.filter(Q(session=None) | Q(session__end__lte=asked.on)).select_related("topic", "session")
    wishes = {(wish.person_id, wish.topic_id): wish for wish in stated.order_by("year", "pk")}
    last = last_attended({topic for _, topic in wishes}, asked.on)
    for (key, topic), wish in wishes.items():
        if key in asked.people and wish.is_open(last.get((key, topic))):
            kind = FEEDBACK if wish.source == TrainingWish.Source.FEEDBACK else WISH
            yield Evidence(key, wish.topic, kind, _stated(wish))


def _stated(wish):
    about = f"：“{wish.session}”后还需要" if wish.session else ""
    return f"{wish.get_source_display()}（{wish.year}）{about}"


# --- what the mid-term review says of people who are to be taught and guided (教育帮带): beside the topics, for it names none


def reviewed(user, on, people):
    """{person's key: PersonReview} of those of `people` (keys) for whom the county decided 教育帮带 in the latest round
    by the date. One query; nothing where the user may not see reviews."""
    if not user.has_perm("talent.view_personreview"):
        return {}
    sheets = TeamReview.objects.latest(on).decided(on)
    found = PersonReview.objects.visible_to(user).filter(team__in=sheets, person__in=list(people))
    found = found.filter(proposal=PersonReview.Proposal.HELP).select_related("team__round").order_by("pk")
    return {row.person_id: row for row in found}


def told(review):
    """The problem and the plan for the person, in one line."""
    return "；".join(filter(None, (" ".join(text.split()) for text in (review.performance, review.plan))))
