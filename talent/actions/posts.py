"""Writes about people, their posts, the reserve pool and people sent in: by set, each with its audit line."""

import datetime
from collections import defaultdict

from django.db import transaction

from core import identity
from core.writes import change_rows, create_rows
from talent.models import ReserveCandidate
from talent.models.appointment import TWO_COMMITTEES


def create_people(people, *, by, batch=None):
    """Insert unsaved people; sex and birth date follow a valid ID number."""
    for person in people:
        if person.id_number and not identity.id_problem(person.id_number):
            person.take_from_id()
    return create_rows(people, by=by, batch=batch)


def add_educations(educations, *, by, batch=None):
    """Add completed education levels."""
    return create_rows(educations, by=by, batch=batch)


@transaction.atomic
def appoint(appointments, *, by, batch=None):
    """Insert unsaved appointments. Whoever enters the two committees for good leaves the reserve pool (进入“两委”)."""
    created = create_rows(appointments, by=by, batch=batch, verb="appoint")
    _promote(created, by=by, batch=batch)
    return created


def _promote(appointments, *, by, batch):
    entered = {row.person_id: row.start for row in appointments if row.end is None and row.post in TWO_COMMITTEES}
    leaving = defaultdict(list)
    for place in (
        ReserveCandidate.objects.select_related("person", "village")
        .filter(person_id__among=entered, end=None)
        .order_by("pk")
    ):
        leaving[max(entered[place.person_id] - datetime.timedelta(days=1), place.start)].append(place)
    for on, places in sorted(leaving.items()):
        leave_pool(places, on=on, reason=ReserveCandidate.OutReason.PROMOTED, by=by, batch=batch)


def end_appointments(appointments, *, on, by, reason="", document_no="", batch=None):
    """End posts; `on` is the last day in office. An empty `reason` is a re-election to the same post."""
    for row in appointments:
        row.end, row.end_reason, row.end_document_no = on, reason, document_no
    return change_rows(appointments, ["end", "end_reason", "end_document_no"], by=by, batch=batch, verb="dismiss")


def enter_pool(candidates, *, by, batch=None):
    """Insert unsaved reserve candidates."""
    return create_rows(candidates, by=by, batch=batch)


def leave_pool(candidates, *, on, reason, by, batch=None):
    """Take candidates out of the pool; `on` is their last day in it."""
    for row in candidates:
        row.end, row.end_reason = on, reason
    return change_rows(candidates, ["end", "end_reason"], by=by, batch=batch)
