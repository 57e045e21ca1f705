"""Nominations as rows of a roster: for export and for the template's drop-downs."""

from awards.models import Award, Nomination
from talent import roster_export

TYPES = dict(Nomination.Type.choices)
NOTHING_OF_A_PERSON = ("village", "remarks", "party_joined")


def nominees(code, on, round_id):
    """Whom the townships of the division `code` recommend in the round, those taken back left out: individuals first, then collectives."""
    found = Nomination.objects.standing().below(code).filter(round_id=round_id)
    found = found.select_related("person__village__township", "township")
    found = list(found.order_by("-nominee_type", "township_id", "pk"))
    educations = roster_export.educations_of({row.person_id for row in found if row.person_id}, on)
    return [_person(row, educations, code) | _about(row) for row in found]


def _person(row, educations, code):
    if row.person is None:
        return {"name": row.collective, "phone": row.phone}
    own = roster_export.person_row(row.person, row.person.village, educations[row.person_id])
    own |= roster_export.masked(row.person, code) | {"person_id": row.person_id}
    return {name: value for name, value in own.items() if name not in NOTHING_OF_A_PERSON}


def _about(row):
    return {
        "township": row.township.name,
        "nominee_type": TYPES[row.nominee_type],
        "unit": row.unit,
        "award_category": row.get_category_display() or None,
        "achievements": row.achievements,
        "leader_name": row.leader_name,
        "member_count": None if row.member_count is None else str(row.member_count),
        "remarks": row.remarks,
    }


def choices(code, on):
    """Texts that cells of a list of nominees may hold, by field."""
    return roster_export.person_choices(code, on) | {
        "nominee_type": list(TYPES.values()),
        "award_category": Award.Category.labels,
    }
