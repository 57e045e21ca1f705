"""The record of discipline: for the county's staff alone, and read by the check of eligibility."""

import datetime

import pytest

from talent import eligibility
from talent.models import Candidate
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidate():
    found = factories.candidate()
    factories.election_village(round=found.round, village=found.village, election_day=datetime.date(2026, 1, 10))
    return found


def concerns(candidate, role, code):
    told = eligibility.concerns(
        Candidate.objects.filter(pk=candidate.pk), datetime.date(2026, 1, 1), factories.user(role, code)
    )
    return [text for texts in told.values() for text in texts if "受" in text]


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (datetime.date(2026, 1, 10), ["2021-03-31 受党内警告，影响期至 2026-01-10"]),
        (datetime.date(2026, 1, 9), []),
        (None, ["2021-03-31 受党内警告，没有期限"]),
    ],
)
def test_a_decision_counts_to_the_last_day_of_its_effect(candidate, end, told):
    factories.integrity_record(person=candidate.person, end=end)

    assert concerns(candidate, "county_staff", factories.COUNTY) == told


@pytest.mark.parametrize("role", ["township_clerk", "leader", "api_client"])
def test_nobody_else_is_told(candidate, role):
    factories.integrity_record(person=candidate.person)

    assert concerns(candidate, role, factories.OWN if role == "township_clerk" else factories.COUNTY) == []
