"""Writes of what an evaluation is made of: points, ballots, proposed grades, a township's hand-in."""

from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from awards import scoring
from awards.actions.evaluation_grades import refuse_beyond, refuse_grade, refuse_veto
from awards.actions.evaluations import locked_scheme, refuse_published
from awards.models import BallotCorrection, Evaluation, EvaluationItem, EvaluationScore
from core.writes import change_rows, create_rows, delete_rows
from talent.models.review import COUNTS

Part, Source = EvaluationItem.Part, EvaluationItem.Source
OF_SCORE = ("item", "evaluation__scheme", "evaluation__person", "evaluation__village")
GIVEN = ("township_points", "county_points", "evidence")
DAY = timedelta(1)
REASON_WANTED = "改动要写明更正原因。"


@transaction.atomic
def give_points(scheme, given, *, on, by, batch=None):
    """Write points as of the day `on`: {evaluation: {item: (points or None, evidence)}}. The county's are kept beside the
    township's.

    Nothing changes of who was graded, and by a township of who was handed in. Raises ValidationError naming whom it is
    about. Returns the rows really written."""
    refuse_published(locked_scheme(scheme))
    county = by.has_perm("awards.grade_evaluation")
    rows = Evaluation.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in given])
    for row in rows.select_related("person", "village").order_by("pk"):
        refuse_closed(row, county=county)
    kept = {
        (one.evaluation_id, one.item_id): one
        for one in EvaluationScore.objects.standing(None).filter(evaluation__in=list(given)).order_by("pk")
    }
    scores = []
    for row, items in given.items():
        for item, (points, evidence) in items.items():
            refuse_points(row, item, points, evidence, county=county)
            score = kept.get((row.pk, item.pk)) or EvaluationScore()
            score.evaluation, score.item = row, item
            _put(score, points, evidence, county=county)
            scores.append(score)
    return _keep(scores, on=on, by=by, batch=batch)


def _keep(scores, *, on, by, batch=None):
    """Write new and changed scores as of the day `on`; what stood on the days before is kept. Returns those written."""
    locked = EvaluationScore.objects.select_for_update(of=("self",)).select_related(*OF_SCORE).order_by("pk")
    kept = locked.in_bulk([one.pk for one in scores if one.pk])
    written = [one for one in scores if (not one.pk and one.is_given) or (one.pk and _differs(one, kept[one.pk]))]
    over = [kept[one.pk] for one in written if one.pk and kept[one.pk].start < on]
    for was in over:
        was.end = on - DAY
    change_rows(over, ["end"], by=by, batch=batch)
    same_day = [one for one in written if one.pk and kept[one.pk].start >= on]
    delete_rows([one for one in same_day if not one.is_given], by=by, batch=batch)
    change_rows([one for one in same_day if one.is_given], list(GIVEN), by=by, batch=batch)
    begun = [one for one in written if one.is_given and (not one.pk or kept[one.pk].start < on)]
    ended = _ended([one for one in begun if not one.pk], on)
    create_rows([_begun(one, ended.get((one.evaluation_id, one.item_id), on)) for one in begun], by=by, batch=batch)
    return written


def _ended(scores, on):
    """{(evaluation, item): the first free day} of those that had a score which was taken back only after the day `on`."""
    found = EvaluationScore.objects.filter(evaluation__in=[one.evaluation_id for one in scores], end__gte=on)
    return {(one.evaluation_id, one.item_id): one.end + DAY for one in found.order_by("end", "pk")}


def _differs(score, kept):
    return any(getattr(score, name) != getattr(kept, name) for name in GIVEN)


def _begun(score, on):
    given = {name: getattr(score, name) for name in GIVEN}
    return EvaluationScore(evaluation=score.evaluation, item=score.item, start=on, **given)


def _put(score, points, evidence, *, county):
    if county:
        score.county_points = points
    else:
        score.township_points = points
    score.evidence = evidence or ""


def refuse_closed(row, *, county):
    if row.grade:
        raise ValidationError(f"{row.name}已经定了等次，得分、票数和佐证材料不再改动。")
    if row.handed_in_on and not county:
        raise ValidationError(f"{row.name}已报县里，要改的请县委组织部退回。")


def refuse_points(row, item, points, evidence, *, county):
    """Points stay within an item's own; what adds, takes or vetoes needs evidence."""
    most = 1 if item.part == Part.VETO else item.most
    if points is not None and not 0 <= points <= most:
        raise ValidationError(f"{row.name}的“{item.title}”应在 0 到 {most} 之间，现在是 {Decimal(points):f}。")
    if points and item.part != Part.SCORE and not evidence:
        raise ValidationError(f"{row.name}的“{item.title}”要写明依据，例如文号和日期。")
    if points is not None and item.source == Source.COUNTY and not county:
        raise ValidationError(f"“{item.title}”由县里评分。")


@transaction.atomic
def count_ballots(scheme, rows, *, on, by, reasons=None, batch=None):
    """Write the ballot counts of evaluations as of the day `on`; the counts fit together or nothing is written.

    Counts that were there before are kept with the reason why they were corrected: `reasons` {evaluation's key: reason}."""
    refuse_published(locked_scheme(scheme))
    county = by.has_perm("awards.grade_evaluation")
    locked = Evaluation.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in rows])
    for row in locked.select_related("person", "village").order_by("pk"):
        refuse_closed(row, county=county)
    return _count(rows, on=on, by=by, reasons=reasons or {}, batch=batch)


def _count(rows, *, on, by, reasons, batch=None):
    """A corrected count is that of the day on which the votes were counted first; what it replaces is kept."""
    kept = Evaluation.objects.order_by("pk").in_bulk([row.pk for row in rows])
    corrections = [_corrected(kept[row.pk], row, reasons, on, by) for row in rows if _corrects(kept[row.pk], row)]
    create_rows(corrections, by=by, batch=batch)
    for row in rows:
        row.counted_on = None if row.issued is None else min(row.counted_on or on, on)
    return change_rows(rows, [*COUNTS, "counted_on"], by=by, batch=batch)


def _corrects(was, row):
    """True where counts are changed that were there."""
    return was.issued is not None and any(getattr(was, name) != getattr(row, name) for name in COUNTS)


def _corrected(was, row, reasons, on, by):
    """An unsaved correction that keeps the counts as they were. Raises ValidationError without a reason."""
    reason = (reasons.get(row.pk) or "").strip()
    if not reason:
        raise ValidationError(f"{row.name}的票数登记过了，{REASON_WANTED}")
    counts = {name: getattr(was, name) for name in COUNTS}
    return BallotCorrection(evaluation=row, corrected_on=on, reason=reason, by=by, **counts)


@transaction.atomic
def write_scores(scores, counted, *, on, by, proposed=(), reasons=None, batch=None):
    """Scores, ballots (corrected ones with `reasons`) and proposed grades from a roster, checked by its comparison under a
    lock."""
    _keep(scores, on=on, by=by, batch=batch)
    _count(counted, on=on, by=by, reasons=reasons or {}, batch=batch)
    change_rows(list(proposed), ["proposed"], by=by, batch=batch)


# --- proposing, handing in, returning


@transaction.atomic
def propose_grades(scheme, township, grades, *, by):
    """Write what a township proposes {evaluation's key: grade or ""}, within its places for 优秀. Raises ValidationError."""
    kept = locked_scheme(scheme)
    refuse_published(kept)
    found = scoring.lines(kept, kept.evaluations.below(township))
    by_key = {line.row.pk: line for line in found}
    if unknown := set(grades) - set(by_key):
        raise ValidationError(f"有 {len(unknown)} 个对象不在这次考核中，请刷新后再办理。")
    for key, grade in grades.items():
        refuse_closed(by_key[key].row, county=False)
        refuse_grade(by_key[key], grade)
        by_key[key].row.proposed = grade
    refuse_beyond(kept, found, "proposed")
    return change_rows([by_key[key].row for key in grades], ["proposed"], by=by)


@transaction.atomic
def hand_in_evaluations(scheme, township, *, on, by):
    """Hand in every evaluation of a township that is whole; what is missing is told and nothing handed in.

    What the township proposes stays within its places for 优秀, and a vetoed object is 不称职."""
    kept = locked_scheme(scheme)
    refuse_published(kept)
    rows = scheme.evaluations.below(township).filter(handed_in_on=None)
    found = scoring.lines(kept, kept.evaluations.below(township))
    waiting = [line for line in found if not line.row.handed_in_on and _lacks(scheme, line)]
    if waiting:
        named = "、".join(line.row.name for line in waiting[:5])
        raise ValidationError(
            f"还有 {len(waiting)} 个对象没有评完（{named}{'等' if len(waiting) > 5 else ''}），请补齐后再报。"
        )
    for line in found:
        refuse_veto(line, line.row.proposed)
    refuse_beyond(kept, found, "proposed")
    rows = list(rows.order_by("pk"))
    if not rows:
        raise ValidationError("没有要报送的：这个乡镇的考核已经报县里，或没有考核对象。")
    for row in rows:
        row.handed_in_on, row.returned_for = on, ""
    return change_rows(rows, ["handed_in_on", "returned_for"], by=by)


def _lacks(scheme, line):
    """True where something is missing that the township gives."""
    of_county = {item.title for item in scheme.items.all() if item.source == Source.COUNTY}
    return set(line.missing) - of_county


@transaction.atomic
def return_evaluations(scheme, township, *, reason, by):
    """Give a township's evaluations back that were not graded yet."""
    refuse_published(locked_scheme(scheme))
    rows = list(scheme.evaluations.below(township).filter(grade="", handed_in_on__isnull=False).order_by("pk"))
    if not rows:
        raise ValidationError("这个乡镇没有可以退回的：还没有报送，或都已定等次。")
    for row in rows:
        row.handed_in_on, row.returned_for = None, reason
    return change_rows(rows, ["handed_in_on", "returned_for"], by=by, reason=reason)
