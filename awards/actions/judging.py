"""Writes about judges and their scores."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards import ranking
from awards.models import AwardRound, AwardScore
from core.writes import change_rows, create_rows


def appoint_judges(judges, *, by):
    """Insert unsaved judges of rounds."""
    return create_rows(judges, by=by)


@transaction.atomic
def give_scores(judge, given, *, by):
    """Record the points of a judge: {nomination: (points or None, recusal)}. Who is found close to a nominee gives none,
    whatever was typed; nothing changes once somebody of the round is in publicity. Raises ValidationError."""
    held = AwardRound.objects.select_for_update().get(pk=judge.round_id)
    if held.publicities.exists():
        raise ValidationError("这一轮已经公示，打分不再改动。")
    barred = ranking.conflicts(judge, given)
    typed = [row.nominee for row, (points, _) in given.items() if row.pk in barred and points is not None]
    if typed:
        raise ValidationError(f"{'、'.join(typed)}与评委同村、是近亲属或就是评委本人，应当回避，不能打分。")
    rows = AwardScore.objects.select_for_update().filter(judge=judge, nomination__in=list(given))
    kept = {row.nomination_id: row for row in rows.order_by("pk")}
    fresh, changed = [], []
    for nomination, (points, recusal) in given.items():
        row = kept.get(nomination.pk) or AwardScore(judge=judge, nomination=nomination)
        row.points, row.recusal = points, barred.get(nomination.pk) or recusal
        if row.points is not None or row.recusal:
            (changed if row.pk else fresh).append(row)
    return create_rows(fresh, by=by) + change_rows(changed, ["points", "recusal"], by=by)
