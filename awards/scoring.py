"""What the scores of an evaluation come to: total, rank and the grade that follows, all from what is stored and the weights.

Nothing of this is kept, so a changed weight can be tried on the same scores before anybody decides."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from awards.models import Evaluation, EvaluationItem, EvaluationScore, Grade

CENT = Decimal("0.01")
WHOLE = 100
Part, Source = EvaluationItem.Part, EvaluationItem.Source


@dataclass
class Line:
    """An evaluation with what its scores come to; `total` is None while a weighted item has no points."""

    row: Evaluation
    scores: dict = field(default_factory=dict)  # item's key → EvaluationScore
    share: Decimal | None = None  # the satisfied of the valid ballots in percent
    total: Decimal | None = None
    vetoes: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    rank: int | None = None  # in the township, the highest total first
    county_rank: int | None = None
    suggested: str = ""

    @property
    def township_id(self):
        return self.row.village.township_id

    @property
    def suggested_label(self):
        return Grade(self.suggested).label if self.suggested else ""


def places(count, percent):
    """How many of `count` may be 优秀: what does not make a whole place is left out."""
    return count * percent // WHOLE


def satisfaction(row, fair_percent):
    """The satisfied of the valid ballots in percent (基本满意 at `fair_percent`), a Decimal; None without ballots."""
    if not row.valid:
        return None
    return (Decimal(row.satisfied * WHOLE + row.fair * fair_percent) / row.valid).quantize(CENT, ROUND_HALF_UP)


def lines(scheme, rows=None, weights=None, on=None):
    """[Line] of the whole scheme in order of village; `rows` narrows them (ranks and places are then those of `rows`).

    `weights` {item's key: weight} tries other weights than those decided. With `on` the scores and ballots are those of
    that day, else the latest. Three queries."""
    found = scheme.evaluations.all() if rows is None else rows
    evaluations = list(
        found.select_related("person", "village__township").order_by("village_id", "person__pinyin", "pk")
    )
    items = list(scheme.items.order_by("pk"))
    given = defaultdict(dict)
    scores = EvaluationScore.objects.filter(evaluation__in=evaluations) if rows is not None else _all(scheme)
    for score in scores.standing(on).order_by("pk"):
        given[score.evaluation_id][score.item_id] = score
    made = [_line(scheme, row, items, given[row.pk], weights or {}, on) for row in evaluations]
    _rank(made)
    _suggest(scheme, made)
    return made


def line_of(scheme, row, items, scores):
    """The Line of one evaluation with its latest ballots and `scores` {item's key: EvaluationScore}; without its ranks."""
    return _line(scheme, row, items, scores, {}, None)


def _all(scheme):
    return EvaluationScore.objects.filter(evaluation__scheme=scheme)


def _line(scheme, row, items, scores, weights, on):
    line, total = _given(scheme, row, scores, on), Decimal(0)
    for item in items:
        points = _points(line, item)
        if item.part == Part.SCORE:
            if points is None:
                line.missing.append(item.title)
                continue
            total += weights.get(item.pk, item.weight) * points
        elif item.part == Part.VETO:
            line.vetoes += [item.title] if points else []
        elif points:
            total += points if item.part == Part.PLUS else -points
    if not line.missing:
        line.total = max(total, Decimal(0)).quantize(CENT, ROUND_HALF_UP)
    return line


def _given(scheme, row, scores, on):
    """A Line with what was scored and, where they were counted by `on`, what the ballots say."""
    line = Line(row, scores)
    if on is None or row.counted_on is None or row.counted_on <= on:
        line.share = satisfaction(row, scheme.fair_percent)
    return line


def _points(line, item):
    """Of a weighted item the share of its full points (0 to 1), of another the points; None where none were given."""
    if item.source == Source.BALLOTS:
        return None if line.share is None else line.share / WHOLE
    score = line.scores.get(item.pk)
    points = score.points if score else None
    if points is None:
        return None
    points = min(points, item.most) if item.part != Part.VETO else points
    return points / item.most if item.part == Part.SCORE else points


def shares(row, on):
    """[(title of a weighted item, its points in percent of the full ones, rounded down)] of one evaluation with its scheme's
    items and the scores of the day `on` at hand; an item without points is left out."""
    line = _given(row.scheme, row, {score.item_id: score for score in row.scores.all()}, on)
    weighted = [item for item in row.scheme.items.all() if item.part == Part.SCORE]
    found = [(item.title, _points(line, item)) for item in weighted]
    return [(title, int(share * WHOLE)) for title, share in found if share is not None]


def _rank(made):
    by_township = defaultdict(list)
    for line in made:
        by_township[line.township_id].append(line)
    for group in by_township.values():
        for line, place in _places_of(group):
            line.rank = place
    for line, place in _places_of(made):
        line.county_rank = place


def _places_of(group):
    """(Line, its place) of those with a total; equal totals share a place."""
    ordered = sorted((line for line in group if line.total is not None), key=lambda line: -line.total)
    place, last = 0, None
    for number, line in enumerate(ordered, 1):
        if line.total != last:
            place, last = number, line.total
        yield line, place


def _suggest(scheme, made):
    """The grade that total, vetoes and the township's places for 优秀 lead to; who shares the last place gets none."""
    groups = defaultdict(list)
    for line in made:
        groups[line.township_id].append(line)
    for group in groups.values():
        room = places(len(group), scheme.excellent_percent)
        able = [
            line for line in group if line.total is not None and not line.vetoes and line.total >= scheme.excellent_from
        ]
        for line in group:
            if line.total is not None:
                better = sum(one.total >= line.total for one in able)
                line.suggested = _grade(scheme, line, line in able and better <= room)


def _grade(scheme, line, excellent):
    if line.vetoes:
        return Grade.UNFIT.value
    if excellent:
        return Grade.EXCELLENT.value
    if line.total >= scheme.competent_from:
        return Grade.COMPETENT.value
    return (Grade.BASIC if line.total >= scheme.basic_from else Grade.UNFIT).value


@dataclass(frozen=True)
class Move:
    """Somebody whose total, rank or suggested grade other weights change."""

    now: Line
    then: Line

    @property
    def changes_grade(self):
        return self.now.suggested != self.then.suggested

    @property
    def changes_rank(self):
        return self.now.rank != self.then.rank


def moves(scheme, weights):
    """[Move] of everybody whose rank in the township or suggested grade other weights change, grades first."""
    tried = {line.row.pk: line for line in lines(scheme, weights=weights)}
    pairs = [Move(line, tried[line.row.pk]) for line in lines(scheme) if line.row.pk in tried]
    moved = [move for move in pairs if move.changes_grade or move.changes_rank]
    return sorted(moved, key=lambda move: not move.changes_grade)
