"""What the judges' points come to: who stands aside, means, ranks, who is within the places."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from awards.models import AwardScore, Nomination
from awards.parameters.awards import TRIM_FROM
from talent.models import Kinship

INDIVIDUAL, COLLECTIVE = Nomination.Type.INDIVIDUAL.value, Nomination.Type.COLLECTIVE.value
UNDECIDED = "同分跨名额"
LEAST_TO_TRIM = 3  # with fewer nothing would be left


@dataclass
class Line:
    """A nomination in the ranking of its type. `rank` is None without points or when it is out."""

    nomination: Nomination
    points: list = field(default_factory=list)
    recusals: int = 0
    mean: Decimal | None = None
    rank: int | None = None
    is_within: bool = False
    state: str = ""


def conflicts(judge, nominations):
    """{nomination's key: why the judge gives no points}: the judge's own, a near relative's, those of the own village."""
    kin = {}
    if judge.person_id:
        rows = Kinship.objects.filter(Q(first=judge.person_id) | Q(second=judge.person_id)).order_by("pk")
        kin = {(row.second_id if row.first_id == judge.person_id else row.first_id): row for row in rows}
    found = {row.pk: _conflict(judge, row, kin) for row in nominations}
    return {key: reason for key, reason in found.items() if reason}


def _conflict(judge, row, kin):
    if row.person_id and row.person_id == judge.person_id:
        return "评委本人"
    if row.person_id in kin:
        return f"与评委是{kin[row.person_id].get_relation_display()}"
    villages = {judge.village_id, judge.person.village_id if judge.person_id else None} - {None}
    return "与评委同村" if row.place_id in villages else ""


def rank(held, nominations, on):
    """{type: [Line]} of nominations of one round, the best first; equal means share a rank. One query."""
    lines = {row.pk: Line(row) for row in nominations}
    for score in AwardScore.objects.filter(nomination_id__in=lines).order_by("judge_id", "pk"):
        line = lines[score.nomination_id]
        if score.points is None:
            line.recusals += 1
        else:
            line.points.append(score.points)
    places = {INDIVIDUAL: held.individual_places, COLLECTIVE: held.collective_places}
    ranked, trim = defaultdict(list), TRIM_FROM.value(on)
    for line in lines.values():
        line.mean = mean(line.points, trim)
        ranked[line.nomination.nominee_type].append(line)
    return {kind: _ordered(found, places[kind]) for kind, found in ranked.items()}


def mean(points, trim):
    """The mean to two decimals, half up; from `trim` judges on without the highest and the lowest. None without points."""
    given = sorted(points)
    if trim and len(given) >= max(trim, LEAST_TO_TRIM):
        given = given[1:-1]
    return (sum(given) / len(given)).quantize(Decimal("0.01"), "ROUND_HALF_UP") if given else None


def _ordered(lines, places):
    standing = [line for line in lines if line.mean is not None and not why_out(line.nomination)]
    standing.sort(key=lambda line: (-line.mean, line.nomination.township_id, line.nomination.pk))
    means = [line.mean for line in standing]
    for line in standing:
        line.rank = means.index(line.mean) + 1
        last = line.rank + means.count(line.mean) - 1
        line.is_within = places is None or last <= places
        line.state = "名额内" if line.is_within else UNDECIDED if line.rank <= places < last else "未入围"
    others = [line for line in lines if line.rank is None]
    for line in others:
        line.state = why_out(line.nomination) or ("待打分" if line.nomination.eligibility else "待审核")
    return standing + sorted(others, key=lambda line: (line.nomination.township_id, line.nomination.pk))


def why_out(row):
    """Why a nomination is no longer in the running; "" while it is."""
    if row.withdrawn_on:
        return "已撤回"
    return "资格不合格" if row.eligibility == Nomination.Eligibility.FAILED else ""
