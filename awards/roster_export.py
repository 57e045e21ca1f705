"""Nominations and safeguards as rows of their rosters: for export and for the template's drop-downs."""

from awards.models import Award, Nomination, SafeguardRecord, SupportApplication, SupportCondition
from awards.models.safeguards import COVERS
from talent import roster_export

TYPES = dict(Nomination.Type.choices)
NOTHING_OF_A_PERSON = ("village", "remarks", "party_joined")


def nominees(code, on, round_id):
    """Whom the townships of the division `code` recommend in the round: individuals first, then collectives."""
    found = Nomination.objects.below(code).filter(round_id=round_id)
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


def safeguards(code, on):
    """The records of the year of `on` in villages of the division `code`, a row per person."""
    found = SafeguardRecord.objects.below(code).filter(year=on.year)
    return roster_export.of_roles(found, code, on, _about_safeguards)


def amount(kept):
    """A sum as a roster reads it back; nothing for none."""
    return f"{kept.normalize():f}" if kept else None


def _exact(day):
    return f"{day:%Y.%m.%d}" if day else None


def _about_safeguards(role):
    amounts = ("basic_paid", "performance_paid", "allowance_paid", "pension_subsidy", "housing_amount")
    return {
        "safeguard_year": str(role.year),
        **{name: amount(getattr(role, name)) for name in amounts},
        **{name: getattr(role, f"get_{name}_display")() or None for name in COVERS},
        **{f"{name}_{edge}": _exact(getattr(role, f"{name}_{edge}")) for name in COVERS for edge in ("start", "end")},
        "checkup_on": _exact(role.checkup_on),
        "remarks": role.remarks,
    }


def safeguard_choices(code, on):
    labels = {name: dict(SafeguardRecord._meta.get_field(name).flatchoices) for name in COVERS}
    return roster_export.place_choices(code, on) | {name: list(known.values()) for name, known in labels.items()}


def support(code, on, policy_id):
    """The latest application of each person in villages of the division `code` under the policy, withdrawn ones left out."""
    found = SupportApplication.objects.below(code).filter(policy_id=policy_id).exclude(state="withdrawn")
    latest = dict(found.order_by("pk").values_list("person_id", "pk"))
    return roster_export.of_roles(found.filter(pk__in=latest.values()), code, on, _about_application)


def _about_application(role):
    return {
        "applied_on": _exact(role.applied_on),
        "business": role.get_business_display() or None,
        "project": role.project,
        "support_base": amount(role.base),
        "remarks": role.remarks,
    }


def support_choices(code, on):
    return roster_export.place_choices(code, on) | {"business": SupportCondition.Business.labels}
