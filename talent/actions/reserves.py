"""Writes about the bench: grooming, half-yearly assessments, promotion to a post."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from core.writes import change_rows, create_rows
from talent.actions.posts import appoint, leave_pool
from talent.models import ReserveCandidate

GROOMING = ("target", "planned_post", "readiness", "source", "mentor", "measures", "remarks")


def groom(candidates, *, by):
    """Write what is kept of how candidates are groomed; rows that stand as they were are not written."""
    return change_rows(candidates, list(GROOMING), by=by)


def assess_reserves(assessments, *, by, batch=None):
    """Insert unsaved half-yearly assessments."""
    for row in assessments:
        row.by = by
    return create_rows(assessments, by=by, batch=batch)


def change_assessments(assessments, *, by, batch=None):
    """Write the result of assessments that were recorded already."""
    return change_rows(assessments, ["result", "remarks", "assessed_on"], by=by, batch=batch)


@transaction.atomic
def promote(candidate, seat, *, by):
    """Give the candidate the post of the unsaved appointment `seat`: the place in the pool ends the day before.

    Raises ValidationError when somebody else has taken the candidate out meanwhile."""
    kept = (
        ReserveCandidate.objects.select_for_update(of=("self",))
        .select_related("person", "village")
        .get(pk=candidate.pk)
    )
    if kept.end is not None:
        raise ValidationError("这名后备干部已经出库，没有再任职。请刷新页面查看。")
    seat.person, seat.village = kept.person, kept.village
    appoint([seat], by=by)
    kept.refresh_from_db(fields=["end", "end_reason"])
    if kept.end is None:  # a post outside the two committees: the office takes them out of the pool all the same
        last = max(seat.start - datetime.timedelta(days=1), kept.start)
        leave_pool([kept], on=last, reason=ReserveCandidate.OutReason.PROMOTED, by=by)
    return seat
