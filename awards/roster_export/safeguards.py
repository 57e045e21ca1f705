"""Safeguards of a year as rows of their roster: for export and for the template's drop-downs."""

from awards.models import SafeguardRecord
from awards.models.safeguards import COVERS
from awards.roster_export.values import amount, exact
from talent import roster_export


def rows(code, on):
    """The records of the year of `on` in villages of the division `code`, a row per person."""
    found = SafeguardRecord.objects.below(code).filter(year=on.year)
    return roster_export.of_roles(found, code, on, _about)


def _about(role):
    amounts = ("basic_paid", "performance_paid", "allowance_paid", "pension_subsidy", "housing_amount")
    return {
        "safeguard_year": str(role.year),
        **{name: amount(getattr(role, name)) for name in amounts},
        **{name: getattr(role, f"get_{name}_display")() or None for name in COVERS},
        **{f"{name}_{edge}": exact(getattr(role, f"{name}_{edge}")) for name in COVERS for edge in ("start", "end")},
        "checkup_on": exact(role.checkup_on),
        "remarks": role.remarks,
    }


def choices(code, on):
    labels = {name: dict(SafeguardRecord._meta.get_field(name).flatchoices) for name in COVERS}
    return roster_export.place_choices(code, on) | {name: list(known.values()) for name, known in labels.items()}
