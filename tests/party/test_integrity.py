"""The record of discipline: for the county's staff alone, and read by the check of eligibility."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from rosters import spec
from talent import eligibility
from talent.models import Candidate
from tests import factories
from tests.party.conftest import HOME
from tests.rosters.handing import codes, committed, hand_in, row_of, sent_back
from villages.models import IntegrityRecord

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


HEADER = ("村", "姓名", "身份证号", "处分种类", "处分决定日期", "影响期止", "决定机关", "处分事由")


@pytest.fixture
def decided():
    """A cadre of HOME and the row about a decision."""
    found = factories.person("李四", village=factories.village(HOME, "甲村"))
    return found, ("甲村", "李四", found.id_number, "警告", "2026.3.1", "2027.2.28", "县纪委监委", "违反工作纪律")


def test_the_county_keeps_decisions_by_roster(decided):
    someone, row = decided
    county = factories.user("county_staff", factories.COUNTY)

    committed(county, "integrity", HEADER, row)

    kept = IntegrityRecord.objects.get()
    assert (kept.person, kept.kind, kept.end) == (someone, "warning", datetime.date(2027, 2, 28))
    assert row_of(hand_in(county, "integrity", HEADER, row)).change == "unchanged"
    assert row_of(sent_back("integrity", county)).change == "unchanged"
    assert "record_unlikely" in codes(hand_in(county, "integrity", HEADER, (*row[:5], "2026.2.1", *row[6:])))
    assert "missing_field:authority" in codes(hand_in(county, "integrity", HEADER, (*row[:4], "2026.4.1", "", "", "")))


@pytest.mark.parametrize(("role", "code"), [("township_clerk", factories.OWN), ("api_client", factories.COUNTY)])
def test_nobody_else_hands_them_in_or_finds_them(decided, role, code):
    _, row = decided
    user = factories.user(role, code)

    with pytest.raises(PermissionDenied):
        hand_in(user, "integrity", HEADER, row)

    assert "integrity" not in {roster.slug for roster in spec.importable(user)}
    assert not IntegrityRecord.objects.exists()


def test_a_township_learns_nothing_from_a_file_that_is_recognised_as_one(decided):
    someone, row = decided
    factories.integrity_record(person=someone)

    upload = handed_in_unnamed(factories.user("township_clerk", factories.OWN), row)

    assert upload.kind != "integrity" or codes(upload) >= {"integrity_of_county"}
    assert upload.writes == 0


def handed_in_unnamed(user, row):
    return hand_in(user, "", HEADER, row, title="廉政记录名册")


def test_pages_and_rest_do_not_offer_them(decided):
    _, row = decided
    county = factories.user("county_staff", factories.COUNTY)
    kept = committed(county, "integrity", HEADER, row)
    clerk = Client()
    clerk.force_login(factories.user("township_clerk", factories.OWN), backend="core.auth.RoleBackend")
    _, secret = factories.token(factories.user("api_client", factories.COUNTY))
    account = Client(headers={"authorization": f"Token {secret}"})

    for name in ("roster_home", "roster_upload", "roster_forms"):
        assert "廉政记录名册" not in clerk.get(reverse(name)).content.decode()
    assert clerk.post(reverse("roster_export", args=["integrity"]), {"reason": "核对"}).status_code in {403, 404}
    assert account.get("/api/v1/rosters/integrity/").status_code == 404
    assert "integrity" not in {kind["slug"] for kind in account.get("/api/v1/rosters/").json()}
    assert account.get(f"/api/v1/uploads/{kept.pk}/").status_code == 404
    assert "警告" not in account.get(f"/api/v1/uploads/{kept.pk}/rows/").content.decode()
