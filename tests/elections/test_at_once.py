"""Two at once: a candidacy and a 有 of the same moment never pass each other by."""

import threading

from django.db import connections, transaction

from talent import actions
from talent.models import Candidate, JointReviewMark
from tests import factories


def test_nobody_is_nominated_past_a_finding_of_the_same_moment(committed_db):
    """While a department writes 有 of a candidate, the same person is nominated for a second post."""
    staff = factories.user("county_staff", factories.COUNTY)
    first = factories.candidate()
    item = factories.review_item(department=factories.review_department(round=first.round))
    found = JointReviewMark(
        item=item,
        person=first.person,
        village=first.village,
        result="found",
        reason="正被立案",
        decided_on="2026-01-03",
    )
    second = Candidate(
        round=first.round, person=first.person, village=first.village, post="party_secretary", nominated_on="2025-12-26"
    )

    def nominate():
        actions.nominate_candidates([second], by=staff)
        connections.close_all()

    other = threading.Thread(target=nominate)
    with transaction.atomic():
        actions.record_marks(first.round, [found], by=staff)
        other.start()
        other.join(1)  # meanwhile the nomination either waits for us, or has gone past us
    other.join()

    assert not Candidate.objects.filter(blocked_reason="").exists()
