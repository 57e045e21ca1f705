"""What awards put on the sheets of a review: the grades announced and the awards given by the date."""

from collections import defaultdict

from awards.models import Award, Evaluation, EvaluationScheme, Grade
from talent.review_sheet import person_source, village_source

Kind = EvaluationScheme.Kind
LATEST = 3  # evaluations on a sheet


@village_source("年度考核")
def grades_of_teams(codes, on):
    rows = Evaluation.objects.announced(on).filter(village_id__in=codes, scheme__kind=Kind.TEAM)
    return _latest((row.village_id, row) for row in rows.select_related("scheme"))


@person_source("年度考核")
def grades_of_people(keys, on):
    rows = Evaluation.objects.announced(on).filter(person_id__in=keys)
    return _latest((row.person_id, row) for row in rows.select_related("scheme"))


def _latest(found):
    """key → its latest grades, the newest first, from pairs of key and evaluation."""
    graded = defaultdict(list)
    for key, row in sorted(found, key=lambda pair: (-pair[1].scheme.year, pair[1].pk)):
        if len(graded[key]) < LATEST:
            as_what = "" if row.scheme.kind in (Kind.TEAM, Kind.CADRE) else f"（{row.scheme.get_kind_display()}）"
            graded[key].append(f"{row.scheme.year} 年度{Grade(row.grade_on).label}{as_what}")
    return {key: "、".join(texts) for key, texts in graded.items()}


@village_source("表彰")
def of_collectives(codes, on):
    given = defaultdict(list)
    rows = Award.objects.given(on).filter(village_id__in=codes, person=None)
    for row in rows.select_related("scheme").order_by("year", "pk"):
        given[row.village_id].append(f"{row.collective} {row.year} 年度{row.scheme}")
    return {code: "、".join(texts) for code, texts in given.items()}


@person_source("表彰")
def of_people(keys, on):
    given = defaultdict(list)
    rows = Award.objects.given(on).filter(person_id__in=keys)
    for row in rows.select_related("scheme").order_by("year", "pk"):
        given[row.person_id].append(f"{row.year} 年度{row.scheme}")
    return {key: "、".join(texts) for key, texts in given.items()}
