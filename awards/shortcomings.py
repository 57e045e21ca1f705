"""The latest published evaluation of somebody as a shortcoming: graded 基本称职 or 不称职, or low in an indicator."""

from django.db.models import Prefetch

from awards import scoring
from awards.models import Evaluation, EvaluationScore, Grade
from core.periods import dated_by
from talent.shortcomings import Shortcoming, source

LOW = (Grade.BASIC, Grade.UNFIT)


@source
def evaluated(user, on, people, percent):
    if not user.has_perm("awards.view_evaluation"):
        return
    rows = (
        Evaluation.objects.graded(on)
        .visible_to(user)
        .filter(dated_by(on, "scheme__published_on"), person__in=list(people))
    )
    standing = Prefetch("scores", EvaluationScore.objects.standing(on).order_by("pk"))
    rows = rows.select_related("scheme").prefetch_related("scheme__items", standing)
    latest = {row.person_id: row for row in rows.order_by("scheme__year", "graded_on", "pk")}
    for row in latest.values():
        when = f"{row.scheme.year} 年度考核"
        if row.grade_on in LOW:
            label = Grade(row.grade_on).label
            yield Shortcoming(row.person_id, label, f"{when}{label}", row.graded_on)
        for title, share in scoring.shares(row, on):
            if share < percent:
                yield Shortcoming(
                    row.person_id, title, f"{when}“{title}”得分率 {share}%，不到 {percent}%", row.graded_on
                )
