"""Applications for support under a policy as rows of their roster: for export and for the template's drop-downs."""

from awards.models import SupportApplication
from awards.roster_export.values import amount, exact
from talent import roster_export
from talent.models import Business


def rows(code, on, policy_id):
    """The latest application by the day `on` of each person in villages of the division `code` under the policy, withdrawn
    ones left out."""
    found = SupportApplication.objects.below(code).by(on).filter(policy_id=policy_id).exclude(state="withdrawn")
    latest = dict(found.order_by("pk").values_list("person_id", "pk"))
    return roster_export.of_roles(found.filter(pk__in=latest.values()), code, on, _about)


def _about(role):
    return {
        "applied_on": exact(role.applied_on),
        "business": role.get_business_display() or None,
        "project": role.project,
        "support_base": amount(role.base),
        "bank": role.bank or None,
        "loan": amount(role.loan),
        "loan_rate": amount(role.loan_rate),
        "loan_start": exact(role.loan_start),
        "loan_end": exact(role.loan_end),
        "remarks": role.remarks,
    }


def choices(code, on):
    return roster_export.place_choices(code, on) | {"business": Business.labels}
