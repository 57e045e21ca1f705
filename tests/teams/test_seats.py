"""The seats that the county approved, from a day on: what stood before keeps its number on earlier days."""

import datetime

import pytest

from core import indicators, rules
from talent.vacancies import vacancies
from tests import factories
from tests.stationed.conftest import sign_in  # noqa: F401 - a fixture
from villages.models import ApprovedSeats, Village

day = datetime.date
VILLAGE, RAISED, ON = "990121100201", day(2024, 3, 1), day(2024, 9, 30)


@pytest.fixture
def village(db):
    """Two members of the party organisation, two seats; a third was approved later."""
    place = factories.village(VILLAGE, party_seats=2, committee_seats=0)
    for _ in range(2):
        factories.appointment(person=factories.person(village=place), village=place, post="party_committee_member")
    factories.approved_seats(village=place, start=RAISED, party_seats=3, committee_seats=0, document_no="组〔2024〕1号")
    return place


def told(on):
    return [finding.message for finding in rules.check(on, VILLAGE) if finding.code == "seats_vacant_long"]


def test_the_figure_and_the_page_count_by_the_number_of_their_day(sign_in, village):  # noqa: F811
    client, account = sign_in(), factories.user()
    eve = RAISED - datetime.timedelta(1)

    def shown(on):
        page = client.get(f"/villages/{VILLAGE}/?on={on}").context["committees"][0]
        line = client.get(f"/villages/?on={on}").context["rows"][0]
        return page["seats"], page["vacant"], line["vacant"], indicators.figure("seats_vacant", account, on).value

    assert shown(eve) == (2, 0, 0, 0)
    assert shown(RAISED) == (3, 1, 1, 1)


@pytest.mark.parametrize(
    ("base", "approved", "left", "since"),
    [
        (2, {RAISED: 3}, None, RAISED),
        (2, {RAISED: 3}, day(2024, 5, 31), day(2024, 6, 1)),
        (2, {RAISED: 3}, day(2023, 5, 31), RAISED),
        (3, {RAISED: 3}, None, None),
        (3, {RAISED: 3}, day(2023, 5, 31), day(2023, 6, 1)),
        (None, {day(2021, 5, 1): 3, RAISED: 3}, None, day(2021, 5, 1)),
        (3, {day(2021, 5, 1): 2, RAISED: 3}, None, RAISED),
        (2, {day(2021, 5, 1): 3, RAISED: 3, day(2025, 1, 1): 9}, None, day(2021, 5, 1)),
    ],
)
def test_an_added_seat_is_empty_since_it_was_approved(village, base, approved, left, since):
    Village.objects.update(party_seats=base)
    ApprovedSeats.objects.all().delete()
    for start, seats in approved.items():
        factories.approved_seats(village=village, start=start, party_seats=seats, committee_seats=0)
    if left:
        gone = factories.person(village=village)
        factories.appointment(person=gone, village=village, post="party_committee_member", end=left)

    found = [one.since for one in vacancies([village], ON)]

    assert found == [since]
    (message,) = told(ON)
    assert (f"{since} 起未满员" if since else "从未登记满员") in message


def test_seats_that_are_empty_since_the_same_day_are_told_once(sign_in, village):  # noqa: F811
    ApprovedSeats.objects.update(party_seats=4)

    page = sign_in().get(f"/villages/{VILLAGE}/?on={ON}").context["committees"][0]

    assert (page["vacant"], page["since"]) == (2, ["2024-03-01 起，214 天"])


def test_a_seat_added_of_late_is_not_long_empty(village):
    assert told(day(2024, 5, 31)) == []
    assert told(day(2024, 6, 2))


def test_checks_take_the_number_of_their_day(village):
    Village.objects.update(party_seats=None)
    factories.village_figures(village=village, year=2023, population=900)
    ApprovedSeats.objects.update(committee_seats=7)

    def codes(on):
        return {finding.code for finding in rules.check(on, VILLAGE)} & {"seats_unknown", "seats_above_population"}

    assert codes(RAISED - datetime.timedelta(1)) == {"seats_unknown"}
    assert codes(RAISED) == {"seats_above_population"}


def test_the_county_writes_a_new_number_on_the_villages_page(sign_in, village):  # noqa: F811
    client = sign_in()
    url = f"/admin/villages/village/{village.pk}/change/"
    sent = {
        "code": VILLAGE, "township": village.township_id, "name": village.name, "kind": "village", "start": "1949-10-01", "end": "",
        "party_seats": "2", "committee_seats": "0", "credit_code": "",
        "labels-TOTAL_FORMS": 0, "labels-INITIAL_FORMS": 0, "former_names-TOTAL_FORMS": 0, "former_names-INITIAL_FORMS": 0,
        "approved_seats-TOTAL_FORMS": 2, "approved_seats-INITIAL_FORMS": 1,
        "approved_seats-0-id": village.approved_seats.get().pk, "approved_seats-0-village": VILLAGE,
        "approved_seats-0-start": "2024-03-01", "approved_seats-0-party_seats": 3, "approved_seats-0-committee_seats": 0,
        "approved_seats-1-village": VILLAGE, "approved_seats-1-start": "2024-06-01", "approved_seats-1-party_seats": 5,
        "approved_seats-1-committee_seats": 3,
    }  # fmt: skip
    assert "从哪一天起" in client.get(url).content.decode()

    for odd in ("0001-01-01", "9999-12-31", "2024-03-01"):
        assert (
            client.post(url, sent | {"approved_seats-1-start": odd}).status_code == 200
        )  # shown again, nothing written
    answer = client.post(url, sent)

    assert answer.status_code == 302
    assert Village.objects.with_seats(day(2024, 6, 1)).get().party_seats_on == 5
    assert Village.objects.with_seats(day(2024, 5, 31)).get().party_seats_on == 3
