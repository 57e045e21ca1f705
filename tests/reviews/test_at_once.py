"""Two at once: nobody's sheet is overwritten unseen by a save of the same moment."""

import threading

from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from talent.actions import reviews as actions
from talent.models import Adjustment, PersonReview
from tests import factories
from tests.reviews.conftest import AS_OF, VILLAGE, decided, sheet_of, typed


def test_a_save_of_the_same_moment_is_told_and_what_was_typed_stays(committed_db, held):
    """While the county's save is being written, the clerk saves the same sheet, opened before it."""
    sheet, answers = sheet_of(held), []
    clerk = Client()
    clerk.force_login(factories.user("township_clerk", factories.OWN), backend="core.auth.RoleBackend")
    address = reverse("review_village", args=[sheet.pk])
    given = typed(sheet, plan="乡镇写的") | {"seen": clerk.get(address).context["seen"]}

    def save():
        answers.append(clerk.post(address, given))
        connections.close_all()

    other = threading.Thread(target=save)
    with transaction.atomic():
        sheet.plan = "县里写的"
        actions.fill(sheet, [], by=factories.user())
        other.start()
        other.join(1)  # meanwhile the clerk's save either waits for us, or has gone past us
    other.join()

    sheet.refresh_from_db()
    assert (answers[0].status_code, sheet.plan) == (409, "县里写的")
    assert "乡镇写的" in answers[0].content.decode()
    assert "别人刚改过这张表" in answers[0].content.decode()


def test_what_is_given_back_at_the_same_moment_is_not_carried_out(committed_db, held, teams):
    """While the county gives a decided sheet back, a colleague carries out what was decided."""
    sheet = decided(held, {teams[VILLAGE].member.pk: {"proposal": "adjust", "reason": "外出"}})
    review = PersonReview.objects.select_related("team__round").get(person=teams[VILLAGE].member)
    told = []

    def carry_out():
        try:
            actions.carry_out(review, on=AS_OF, reason="unfit", document_no="", by=factories.user())
        except ValidationError as refused:
            told.extend(refused.messages)
        connections.close_all()

    other = threading.Thread(target=carry_out)
    with transaction.atomic():
        actions.send_back(sheet, reason="重报", by=factories.user())
        other.start()
        other.join(1)
    other.join()

    assert told == ["县里还没有审定这张研判表，审定以后才能办理。"]
    assert not Adjustment.objects.exists()
