"""Showing an ID number and phone in full: with a reason, an audit line, and no more than thirty an hour."""

from django.db import transaction
from django.utils import timezone

from core import audit
from core.models import AuditEntry, User

PER_HOUR = 30


class TooMany(Exception):
    """The account has revealed as many numbers as it may within an hour."""


def reveal(person, *, reason, by):
    """The ID number and phone of `person` in clear, {"id_number", "phone"}; raises TooMany. The audit line comes first."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # parallel requests are counted one after the other
        since = timezone.now() - timezone.timedelta(hours=1)
        allowed = AuditEntry.objects.filter(by=by, verb="reveal", at__gte=since).count() < PER_HOUR
        audit.record(by=by, verb="reveal" if allowed else "refused", obj=person, reason=reason)
    if not allowed:
        raise TooMany(f"一小时内已查看 {PER_HOUR} 人，请过一会儿再看。")
    return {"id_number": person.id_number or "", "phone": person.phone or ""}
