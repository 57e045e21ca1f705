"""Who lacks what: the evidence for each person and topic put together, and the list of a class drafted from it."""

import datetime
from dataclasses import dataclass, field

from talent.models import Appointment, Post, ReserveCandidate, Stationing
from training.evidence import FAILED, FEEDBACK, KINDS, NEVER, SOURCES, WISH, Asked, last_attended, reviewed
from training.models import Enrollment, TargetGroup, TrainingSession

ORDER = [kind for kind, _ in KINDS]
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


# Where people come from: the rows of a date, and which groups a row puts its person in.
PEOPLE = (
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
    """A topic that a member lacks, with the evidence for it. `last` is when it was last attended, None = never."""

    member: Member
    topic: object
    last: datetime.date | None
    evidence: tuple = ()
    review: object = None  # what the mid-term review says of the member, as evidence beside the topic

    @property
    def reason(self):
        """Why it is a need, in words."""
        return "；".join(one.told for one in self.evidence)

    @property
    def kinds(self):
        """What the need rests on: keys of `evidence.KINDS`."""
        return {one.kind for one in self.evidence}


def members(user, on, code=None):
    """{person's key: Member} of everybody in a group on the date, in the user's area and the division `code`."""
    found = {}
    for source, groups_of in PEOPLE:
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


def needs(user, on, code=None, people=None, sources=None):
    """Every Need of the user's area on the date, in order of village and name. The number of queries is fixed.

    `people` are the members where the caller has read them already; `sources` the evidence to go by, all if not said."""
    people = members(user, on, code) if people is None else people
    reviews = reviewed(user, on, people)
    reasons = _reasons(Asked(user, on, people), SOURCES if sources is None else sources)
    topics = {one[0].topic.pk: one[0].topic for one in reasons.values()}
    last = last_attended(topics, on)
    found = [
        Need(people[key], topics[topic], last.get((key, topic)), tuple(one), reviews.get(key))
        for (key, topic), one in reasons.items()
    ]
    return sorted(found, key=lambda one: (one.member.village.code, one.member.person.pinyin, one.member.person.pk, one.topic.pk))  # fmt: skip


def _reasons(asked, sources):
    """{(person's key, topic's key): [Evidence]} in the order of the kinds."""
    found = {}
    for one in (evidence for source in sources for evidence in source(asked)):
        found.setdefault((one.person, one.topic.pk), []).append(one)
    for reasons in found.values():
        reasons.sort(key=lambda one: ORDER.index(one.kind))
    return found


@dataclass
class Candidate:
    """Somebody proposed for a class, with what of its topics the person lacks."""

    member: Member
    needs: list

    @property
    def order(self):
        """Who needs it most first: never attended or not passed, longest ago, asked for it."""
        oldest = min((need.last for need in self.needs if need.last), default=datetime.date.min)
        never = sum(bool(need.kinds & {NEVER, FAILED}) or need.last is None for need in self.needs)
        stated = any(need.kinds & {FEEDBACK, WISH} for need in self.needs)
        return (-never, oldest, not stated, self.member.person.pinyin, self.member.person.pk)


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
