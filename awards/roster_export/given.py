"""Awards given as rows of a roster: for export and for the template's drop-downs."""

from awards.models import Award, AwardScheme
from awards.roster_export.nominees import TYPES
from awards.roster_export.values import amount, exact
from core.scope import ancestors
from talent import roster_export


def rows(code, on):
    """The awards given by the day `on` to people and collectives of the division `code`; withdrawn ones are left out."""
    found = Award.objects.below(code).given(on).select_related("person__village", "village__township", "scheme")
    return [_row(row, code) for row in found.order_by("-year", "scheme_id", "village_id", "pk")]


def _row(row, code):
    person = row.person
    who = {"name": row.collective}
    if person:
        who = {"name": person.name, "id_number": person.id_number, "person_id": person.pk}
        who |= {name: text for name, text in roster_export.masked(person, code).items() if name == "id_number"}
    return {
        "township": row.village.township.name,
        "village": row.village.name,
        "nominee_type": TYPES["individual" if person else "collective"],
        **who,
        "award_scheme": row.scheme.name,
        "award_year": str(row.year),
        "award_category": row.get_category_display() or None,
        "award_document": row.document_no,
        "award_day": exact(row.decided_on),
        "award_bonus": amount(row.bonus),
        "award_material": row.material,
        "award_honours": row.honours,
        "remarks": row.remarks,
    }


def choices(code, on):
    names = AwardScheme.objects.filter(division_id__in=ancestors(code)).order_by("name").values_list("name", flat=True)
    return roster_export.place_choices(code, on) | {
        "nominee_type": list(TYPES.values()),
        "award_category": Award.Category.labels,
        "award_scheme": list(dict.fromkeys(names)),
    }
