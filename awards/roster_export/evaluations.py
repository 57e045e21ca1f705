"""Evaluations as rows of a roster: for export and for the template's drop-downs."""

from collections import defaultdict

from awards.models import Evaluation, EvaluationScore, Grade
from awards.roster_apply.evaluations import COLUMNS, said
from core.scope import inside
from talent import roster_export
from talent.models.review import COUNTS


def evaluations(code, on, scheme_id):
    """Who or what the scheme evaluates in the division `code`, with the points that count, a row each.

    The numbers of people whose file is kept outside the division are left out: they are found again by name."""
    found = Evaluation.objects.below(code).filter(scheme_id=scheme_id).select_related("person", "village__township")
    scores = defaultdict(list)
    given = EvaluationScore.objects.standing(on).filter(evaluation__in=found.values("pk")).select_related("item")
    for score in given.order_by("item_id"):
        scores[score.evaluation_id].append(score)
    graded = dict(found.known_to(code, on).values_list("pk", "grade_on"))
    return [_about(row, scores[row.pk], graded.get(row.pk), code) for row in found.order_by("village_id", "pk")]


def _about(row, scores, grade, code):
    points = {score.item.title: score for score in scores if score.points is not None}
    person = row.person
    return {
        "township": row.village.township.name,
        "village": row.village.name,
        **({"name": person.name, "person_id": person.pk} if person else {}),
        **({"id_number": person.id_number} if person and inside(person.village_id, code) else {}),
        **{
            field: f"{points[title].points.normalize():f}" if title in points else None
            for field, title in COLUMNS.items()
        },
        "other_points": said([score for title, score in points.items() if title not in COLUMNS.values()]),
        **{name: None if getattr(row, name) is None else str(getattr(row, name)) for name in COUNTS},
        "proposed_grade": row.get_proposed_display() or None,
        "final_grade": Grade(grade).label if grade else None,
    }


def choices(code, on):
    return roster_export.place_choices(code, on) | {"proposed_grade": Grade.labels, "final_grade": Grade.labels}
