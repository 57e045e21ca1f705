"""What awards put on the sheets of a review: what was given by the date."""

from collections import defaultdict

from awards.models import Award
from talent.review_sheet import person_source, village_source


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
