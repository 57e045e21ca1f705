"""Payments of support under a policy as rows of their roster: for export and for the template's drop-downs."""

from awards.models import SupportPayment
from awards.roster_export.values import amount, exact
from core.periods import dated_by
from talent import roster_export


def rows(code, on, policy_id):
    """Every payment by the day under the policy to people of the division `code` that was not sent back."""
    found = SupportPayment.objects.below(code).standing().filter(dated_by(on, "on"), application__policy_id=policy_id)
    found = found.select_related("application__person", "application__village__township")
    return [_row(row, code) for row in found.order_by("application__village_id", "application__person_id", "on", "pk")]


def _row(row, code):
    person, village = row.application.person, row.application.village
    told = {
        "township": village.township.name, "village": village.name, "name": person.name, "id_number": person.id_number,
        "person_id": person.pk, "support_paid_on": exact(row.on), "support_paid": amount(row.amount),
        "support_paid_basis": row.basis,
    }  # fmt: skip
    return told | roster_export.masked(person, code)


def choices(code, on):
    return roster_export.place_choices(code, on)
