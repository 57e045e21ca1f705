"""Near relatives of candidates (任职回避): who of them stands or serves in the same village, and what that means."""

from collections import defaultdict

from django.db.models import Q

from talent.models import Appointment, Candidate, Kinship, Post
from talent.models.appointment import POST_LABELS, Committee
from talent.models.candidate import ELECTED_POSTS

Status = Candidate.Status
BY_LAW = "村（居）委会成员及其近亲属不得担任监委会成员（《村民委员会组织法》）"
BY_COUNTY = "近亲属不在同一村“两委”班子任职，请核对是否须回避（任职回避要求）"
RANK = {post.value: number for number, post in enumerate(ELECTED_POSTS)}
RELATIONS = dict(Kinship.Relation.choices)


def told(candidates, days, on, user):
    """{candidate's key: [a line per near relative in the way]}; `days` are the villages' election days. Three queries."""
    related = _relatives({row.person_id for row in candidates}, user)
    others = {person for kin in related.values() for person in kin}
    seats = _serving(candidates, others, days, on) | _standing(candidates, others)
    found = {}
    for row in candidates:
        lines = [
            line
            for person, (name, relation) in sorted(related[row.person_id].items())
            if (line := _line(row, name, relation, *seats.get((person, row.village_id), ("", []))))
        ]
        if lines:
            found[row.pk] = lines
    return found


def _relatives(people, user):
    """person's key → {relative's key: (name, relation)}, as far as the user may see both files."""
    found = defaultdict(dict)
    pairs = Kinship.objects.visible_to(user).filter(Q(first__in=people) | Q(second__in=people)).order_by("pk")
    for first, its_name, second, name, relation in pairs.values_list(
        "first_id", "first__name", "second_id", "second__name", "relation"
    ):
        found[first][second] = (name, RELATIONS[relation])
        found[second][first] = (its_name, RELATIONS[relation])
    return found


def _standing(candidates, others):
    """(person, village) → ("参选", posts) of relatives who stand in the round, or are elected by it."""
    rows = Candidate.objects.filter(round_id__in={row.round_id for row in candidates}, person_id__in=others)
    rows = rows.exclude(status__in=[Status.DISQUALIFIED, Status.NOT_ELECTED]).order_by("pk")
    return _by_seat("参选", rows.values_list("person_id", "village_id", "post"))


def _serving(candidates, others, days, on):
    """(person, village) → ("现任", posts) of relatives whose post does not end before the village's election day.

    So those who leave with the outgoing team are no longer told of once its end is written down."""
    held = Appointment.objects.filter(
        person_id__in=others, village_id__in={row.village_id for row in candidates}, post__in=RANK
    ).order_by("pk")  # fmt: skip
    kept = []
    for person, code, post, start, end in held.values_list("person_id", "village_id", "post", "start", "end"):
        day = days.get(code, on)
        if start <= day and (end is None or end >= day):
            kept.append((person, code, post))
    return _by_seat("现任", kept)


def _by_seat(word, rows):
    found = defaultdict(lambda: (word, []))
    for person, code, post in rows:
        found[person, code][1].append(post)
    return dict(found)


def _line(row, name, relation, word, posts):
    """What is told of a relative, the law before the county's own rule; "" where nothing is in the way."""
    for why, pairs in ((BY_LAW, _LAW), (BY_COUNTY, _COUNTY)):
        clashing = [post for post in posts if (row.committee, Post(post).committee) in pairs]
        if clashing:
            labels = "、".join(POST_LABELS[post] for post in sorted(clashing, key=RANK.get))
            return f"近亲属{name}（{relation}）{word}{labels}：{why}"
    return ""


_LAW = {(Committee.VILLAGERS, Committee.SUPERVISION), (Committee.SUPERVISION, Committee.VILLAGERS)}
_TWO = (Committee.PARTY, Committee.VILLAGERS)
_COUNTY = {(one, other) for one in _TWO for other in _TWO}
