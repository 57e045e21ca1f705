"""A by-election fills empty seats of some villages within the term: the rest of the team stays, no figure is hidden."""

import datetime

import pytest
from django.urls import reverse

from core import indicators
from talent.models import Appointment, ElectionRound, HandoverItem
from tests.elections.conftest import stand

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 20)


def text(answer):
    return answer.content.decode()


@pytest.fixture
def by_election(staff, held, place):
    """One of 甲山村 alone, typed in on its page while the term of `held` runs."""
    sent = {
        "name": "2026 年 6 月补选", "villages": [place.village.pk], "election_day": "2026-06-20", "start": "2026-05-20",
    }  # fmt: skip
    staff.post(reverse("election_new_by"), sent)
    return ElectionRound.objects.get(name="2026 年 6 月补选")


@pytest.fixture
def spot(by_election):
    return by_election.places.get()


def vote(staff, spot, won):
    sent = {
        "held_on": "2026-06-20", "issued": "40", "returned": "39", "valid": "38", "document_no": "清组〔2026〕8号",
        "won": [row.pk for row in won], "confirm": "1",
    }  # fmt: skip
    return text(staff.post(reverse("election_result", args=[spot.pk, "villagers"]), sent, follow=True))


def test_it_is_of_the_running_term_with_its_own_plan(by_election, held):
    assert by_election.is_by_election
    assert by_election.incoming == held.incoming
    assert [row.village.name for row in by_election.places.all()] == ["甲山村"]
    assert by_election.steps.count() == 8
    assert by_election.departments.get(name="公安局").items.count() == 2


def test_without_villages_none_is_opened_and_what_was_typed_stays(staff, held):
    page = staff.post(
        reverse("election_new_by"), {"name": "六月补选", "election_day": "2026-06-20", "start": "2026-05-20"}
    )

    assert page.status_code == 400
    assert "六月补选" in text(page)
    assert ElectionRound.objects.count() == 1


def test_the_rest_of_the_team_stays(staff, spot, team, by_election):
    row = stand(by_election, team.newcomer, "village_committee_member", by=staff.user)

    vote(staff, spot, [row])

    new = Appointment.objects.get(person=team.newcomer)
    assert (new.start, new.how, new.term) == (DAY, "by_election", by_election.incoming)
    assert not Appointment.objects.filter(end__isnull=False).exists()
    assert not HandoverItem.objects.exists()
    assert by_election.places.elected(DAY).count() == 1


def test_who_moves_up_leaves_the_earlier_post(staff, spot, team, by_election):
    Appointment.objects.filter(person=team.secretary, post="village_director").update(end=datetime.date(2026, 5, 31))
    row = stand(by_election, team.member, "village_director", by=staff.user)

    vote(staff, spot, [row])

    kept = Appointment.objects.filter(person=team.member).order_by("start").values_list("post", "end", "end_reason")
    assert list(kept) == [
        ("village_committee_member", datetime.date(2026, 6, 19), "changed"), ("village_director", None, ""),
    ]  # fmt: skip


def test_a_seat_that_is_held_is_not_filled(staff, spot, team, by_election):
    row = stand(by_election, team.newcomer, "village_director", by=staff.user)

    assert "村（居）委会主任现由老书记担任，请先登记离任再补选" in vote(staff, spot, [row])
    assert not Appointment.objects.filter(person=team.newcomer).exists()


def test_the_figures_stay_those_of_the_general_election(staff, held, team, by_election):
    stand(held, team.member, "village_director", by=staff.user, formal=False)
    figures = {figure.key: figure for figure in indicators.measure(DAY)}

    assert (figures["elections_done"].denominator, figures["candidates"].value) == (2, 1)


def test_the_villages_page_leads_to_the_by_election(clerk, spot, held, place):
    held.end = datetime.date(2026, 1, 31)
    held.save()

    page = text(clerk.get(reverse("village", args=[place.village_id]) + "?on=2026-06-01"))

    assert reverse("election_village", args=[spot.pk]) in page


def test_a_township_opens_none(clerk, held):
    assert clerk.get(reverse("election_new_by")).status_code == 403
