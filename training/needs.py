"""Who lacks what: required topics by post and wishes stated, against what each person has attended and how long ago."""

import datetime
from dataclasses import dataclass, field, replace

from django.db.models import Max

from core.periods import birthday_bound
from core.scope import inside
from talent.models import Appointment, Post, ReserveCandidate, Stationing
from training.evidence import reviewed
from training.models import Enrollment, TargetGroup, TopicRequirement, TrainingSession, TrainingWish

Kind = TrainingSession.ClassType
# A class is for one of the groups; any other kind of class may take people of all of them.
GROUPS_OF_CLASS = {
    Kind.SECRETARY: (TargetGroup.SECRETARY,),
    Kind.COMMITTEE: (TargetGroup.SECRETARY, TargetGroup.DIRECTOR, TargetGroup.COMMITTEE),
    Kind.STATIONED: (TargetGroup.STATIONED,),
    Kind.RESERVE: (TargetGroup.RESERVE,),
}


def _cadres(on):
    return Appointment.objects.cadres(on)


def _sent_in(on):
    return Stationing.objects.in_teams(on)


# Each source of people: the rows of a date, and which groups a row puts its person in.
SOURCES = (
    (_cadres, lambda row: _groups_of_post(row.post)),
    (_sent_in, lambda row: (TargetGroup.STATIONED,)),
    (ReserveCandidate.objects.in_pool, lambda row: (TargetGroup.RESERVE,)),
)


def _groups_of_post(post):
    own = {Post.PARTY_SECRETARY: (TargetGroup.SECRETARY,), Post.VILLAGE_DIRECTOR: (TargetGroup.DIRECTOR,)}
    return (*own.get(post, ()), TargetGroup.COMMITTEE)


@dataclass
class Member:
    """Somebody in one or more groups on a date; `post` is what the person is called by there."""

    person: object
    village: object
    posts: list = field(default_factory=list)
    groups: set = field(default_factory=set)

    @property
    def post(self):
        return "、".join(dict.fromkeys(self.posts))


@dataclass(frozen=True)
class Need:
    """A topic that a member lacks. `last` is when it was last attended, None = never."""

    member: Member
    topic: object
    last: datetime.date | None
    every_years: int | None  # None: only wished for
    wish: object = None
    review: object = None  # what the mid-term review says of the member, as evidence beside the topic

    @property
    def reason(self):
        """Why it is a need, in words."""
        return "；".join(filter(None, [self._required(), self._wished()]))

    def _required(self):
        if self.every_years is None:
            return ""
        if self.last is None:
            return "必修，从未参加"
        return f"必修，每 {self.every_years} 年一次，上次 {self.last:%Y.%m}"

    def _wished(self):
        return f"{self.wish.get_source_display()}（{self.wish.year}）" if self.wish else ""


def members(user, on, code=None):
    """{person's key: Member} of everybody in a group on the date, in the user's area and the division `code`."""
    found = {}
    for source, groups_of in SOURCES:
        rows = source(on).visible_to(user).select_related("person", "village__township").order_by("village_id", "pk")
        for row in rows.below(code) if code else rows:
            one = found.setdefault(row.person_id, Member(row.person, row.village))
            one.groups.update(groups_of(row))
            one.posts.append(_called(row))
    return found


def _called(row):
    if isinstance(row, Appointment):
        return row.get_post_display()
    return row.get_role_display() if isinstance(row, Stationing) else row.get_target_display()


def needs(user, on, code=None, people=None):
    """Every Need of the user's area on the date, in order of village and name. The number of queries is fixed.

    `people` are the members where the caller has read them already."""
    people = members(user, on, code) if people is None else people
    reviews = reviewed(user, on, people)
    required = list(TopicRequirement.objects.visible_to(user).required(on).select_related("topic"))
    wishes = _wishes(user, on)
    topics = {one.topic_id: one.topic for one in required} | {wish.topic_id: wish.topic for wish in wishes.values()}
    last = last_attended(topics, on)
    found = []
    for key, member in people.items():
        years = _years(required, member)
        for topic_id, topic in topics.items():
            need = _need(member, topic, last.get((key, topic_id)), years.get(topic_id), wishes.get((key, topic_id)), on)
            if need:
                found.append(replace(need, review=reviews.get(key)))
    return sorted(found, key=lambda one: (one.member.village.code, one.member.person.pinyin, one.member.person.pk, one.topic.pk))  # fmt: skip


def _years(required, member):
    """{topic's key: years} asked of the member; of two requirements the stricter."""
    found = {}
    for one in required:
        if one.group in member.groups and inside(member.village.code, one.topic.division_id):
            found[one.topic_id] = min(one.every_years, found.get(one.topic_id, one.every_years))
    return found


def _need(member, topic, last, years, wish, on):
    """A Need, or None when the topic was attended in time or is asked by nobody."""
    overdue = years is not None and (last is None or last <= birthday_bound(on, years))
    open_wish = wish if wish and (last is None or last < datetime.date(wish.year, 1, 1)) else None
    if not overdue and open_wish is None:
        return None
    return Need(member, topic, last, years if overdue else None, open_wish)


def _wishes(user, on):
    """{(person's key, topic's key): the latest wish} stated for the year of `on` or the year before."""
    stated = TrainingWish.objects.visible_to(user).filter(year__in=(on.year - 1, on.year))
    return {(wish.person_id, wish.topic_id): wish for wish in stated.select_related("topic").order_by("year", "pk")}


def last_attended(topics, on):
    """{(person's key, topic's key): when a class with the topic was last attended}, up to the date."""
    held = Enrollment.objects.trained().filter(session__start__lte=on, session__topics__in=list(topics))
    rows = held.order_by().values_list("person_id", "session__topics").annotate(last=Max("session__start"))
    return {(person, topic): last for person, topic, last in rows if topic in topics}


@dataclass
class Candidate:
    """Somebody proposed for a class, with what of its topics the person lacks."""

    member: Member
    needs: list

    @property
    def order(self):
        """Who needs it most first: never attended, longest ago, asked for it."""
        last = [need.last for need in self.needs]
        oldest = min((day for day in last if day), default=datetime.date.min)
        never, wished = last.count(None), any(need.wish for need in self.needs)
        return (-never, oldest, not wished, self.member.person.pinyin, self.member.person.pk)


def candidates(user, on, session, code=None):
    """Who lacks a topic of the class, is in its groups and is free on its days, those who need it most first."""
    topics = set(session.topics.values_list("pk", flat=True))
    groups = set(GROUPS_OF_CLASS.get(session.class_type, TargetGroup.values))
    busy = set(Enrollment.objects.booked(session.start, session.end).values_list("person_id", flat=True))
    busy |= set(session.enrollments.values_list("person_id", flat=True))
    found = {}
    for need in needs(user, on, code):
        key = need.member.person.pk
        if need.topic.pk in topics and key not in busy and need.member.groups & groups:
            found.setdefault(key, Candidate(need.member, [])).needs.append(need)
    return sorted(found.values(), key=lambda one: one.order)


def quotas(counts, places):
    """{key: seats} of `places` shared in proportion to `counts` {key: people}, by largest remainder; never above them."""
    whole = sum(counts.values())
    if whole <= places:
        return dict(counts)
    exact = {key: places * count / whole for key, count in counts.items()}
    given = {key: int(share) for key, share in exact.items()}
    rest = sorted(counts, key=lambda key: (given[key] - exact[key], key))
    for key in rest[: places - sum(given.values())]:
        given[key] += 1
    return given
