"""Whatever is typed into a form or an address of talents, needs and matches: an answer that says what is wrong, never an error."""

import datetime
from itertools import product

import pytest
from django.urls import reverse

from talent.models import DemandRound, RuralTalent
from tests import factories
from tests.pages.conftest import sign_in

__all__ = ["sign_in"]  # a fixture
pytestmark = pytest.mark.django_db

DATES = ("0001-01-01", "9999-12-31", "", "2026-02-30", "1" * 500, "2026-01-01\0", "0000-00-00")
NUMBERS = ("-1", "0", "99999999999999999999", "1e9", "NaN", "Infinity", "1.25", "0.04", "²", "", "1" * 500, "3\0")
TEXTS = ("", "\0", "长" * 5000, "=1+1", "\ud7ff", " ")
HOME = "990121100201"


@pytest.fixture
def county(sign_in):
    return sign_in()


def talent(**fields):
    return factories.rural_talent(village=HOME, **fields)


def told(found, **more):
    return {
        "start": "2024-01-01",
        "talent_class": "",
        "sub_class": "",
        "category": "",
        "willing": "",
        "origin": "",
    } | more


def test_dates_of_a_talent(county):
    for name, value in product(("start", "end", "came_on"), DATES):
        found = talent()

        assert county.post(
            reverse("talent", args=[found.pk]), told(found, end_reason="", **{name: value})
        ).status_code in {
            200,
            302,
            400,
        }
        for page in (
            "talents",
            "talent_origins",
            "talent_counts",
            "talents_confirm",
            "talents_excel",
            "talent_origins_excel",
        ):
            assert county.get(reverse(page)).status_code == 200
        assert county.get(reverse("person", args=[found.person_id])).status_code == 200


def test_numbers_of_a_talent(county):
    for value in NUMBERS:
        found = talent()

        assert county.post(reverse("talent", args=[found.pk]), told(found, households_led=value)).status_code in {
            200,
            302,
            400,
        }


def test_texts_of_a_talent(county):
    for value in TEXTS:
        found = talent()
        texts = dict.fromkeys(
            ("specialty", "skills", "certificates", "scale", "wishes", "came_from", "remarks", "tags", "sub_class"),
            value,
        )

        assert county.post(reverse("talent", args=[found.pk]), told(found, **texts)).status_code in {200, 302, 400}


def test_a_place_that_would_meet_the_next_one_is_told(county):
    """Somebody left this pool and entered another: the end cannot be taken away."""
    found = talent(start=datetime.date(2021, 1, 1), end=datetime.date(2023, 1, 1), end_reason="迁走")
    factories.rural_talent(person=found.person, village="990121100202", start=datetime.date(2024, 1, 1))

    answer = county.post(reverse("talent", args=[found.pk]), told(found, start="2021-01-01"))

    assert "这个人在这段时间已在乡村人才库中" in answer.content.decode()
    assert RuralTalent.objects.get(pk=found.pk).end == datetime.date(2023, 1, 1)


# --- needs


def stated(held, **more):
    base = {
        "round": held.pk, "asker": "village", "township": factories.OWN, "village": HOME, "post": "电商运营", "number": "2",
        "manner": "flexible", "start": "2026-06-01", "stated_on": "2026-06-01", "talent_class": "industry", "sub_class": "",
    }  # fmt: skip
    return base | more


@pytest.fixture
def held():
    factories.village(HOME)
    return factories.demand_round()


def test_dates_of_a_need(county, held):
    for name, value in product(("start", "end", "stated_on"), DATES):
        answer = county.post(reverse("demand_new"), stated(held, **{name: value}), follow=True)

        assert answer.status_code in {200, 400}
        for page in ("demands", "demands_funnel"):
            assert county.get(reverse(page)).status_code == 200
        for what in ("demands", "matches", "visits", "funnel"):
            assert county.get(reverse("demands_excel", args=[what])).status_code == 200


def test_numbers_of_a_need(county, held):
    for value in NUMBERS:
        assert county.post(reverse("demand_new"), stated(held, number=value), follow=True).status_code in {200, 400}


def test_texts_of_a_need(county, held):
    for value in TEXTS:
        texts = dict.fromkeys(("unit", "credit_code", "post", "skills", "terms", "contact", "phone", "remarks"), value)

        assert county.post(reverse("demand_new"), stated(held, **texts), follow=True).status_code in {200, 400}


def test_choices_of_a_need(county, held):
    for name, value in product(
        ["round", "township", "village", "asker", "manner", "talent_class", "sub_class"],
        ["", "\0", "²", "9" * 300, "x"],
    ):
        assert county.post(reverse("demand_new"), stated(held, **{name: value}), follow=True).status_code in {200, 400}


def test_dates_of_a_survey(county):
    for value in DATES:
        for name in ("opens_on", "closes_on"):
            sent = {"year": "2026", "name": f"调查 {name}", name: value}
            assert county.post(reverse("demand_round_new"), sent, follow=True).status_code in {200, 400}
        assert county.get(reverse("demands")).status_code == 200
        assert county.get(reverse("demand_new")).status_code == 200


def test_a_survey_of_a_name_that_there_is_already_is_told(county):
    for status in (302, 200):
        answer = county.post(reverse("demand_round_new"), {"year": "2026", "name": "年度调查"})
        assert answer.status_code == status

    assert "这一年度已有同名的调查" in answer.content.decode()
    assert DemandRound.objects.count() == 1


def test_years_of_a_survey(county):
    for value in NUMBERS:
        sent = {"year": value, "name": "调查"}

        assert county.post(reverse("demand_round_new"), sent, follow=True).status_code in {200, 400}


# --- steps, visits, closing


def test_dates_of_steps_visits_and_closing(county):
    for value in DATES:
        day = datetime.date(2026, 3, 12)
        match = factories.match(invited_on=day, accepted_on=day)
        need = match.demand_id

        for key in ("agree", "end"):
            sent = {"step": key, f"{key}{match.pk}-on": value, f"{key}{match.pk}-said": "期满"}
            assert county.post(reverse("match_step", args=[match.pk]), sent, follow=True).status_code in {200, 400}
        sent = {"match": match.pk, "visited_on": value, "days": "1", "done": "教直播"}
        assert county.post(reverse("demand_visit", args=[need]), sent, follow=True).status_code in {200, 400}
        assert county.post(
            reverse("demand_close", args=[need]), {"on": value, "reason": "met"}, follow=True
        ).status_code in {200, 400}
        assert county.get(reverse("demand", args=[need])).status_code == 200
        assert county.get(reverse("person", args=[match.talent.person_id])).status_code == 200


def test_days_of_a_visit(county):
    for value in NUMBERS:
        day = datetime.date(2026, 3, 12)
        match = factories.match(invited_on=day, accepted_on=day)
        sent = {"match": match.pk, "visited_on": "2026-03-20", "days": value, "done": "教直播"}

        assert county.post(reverse("demand_visit", args=[match.demand_id]), sent, follow=True).status_code in {200, 400}
        for one in ("0", "zz", "9" * 400, "²"):
            assert county.post(reverse("demand_propose", args=[match.demand_id]), {"talent": [one]}).status_code in {
                302,
                404,
            }


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "1900-01-01", "2200-01-01"])
def test_every_page_answers_for_the_oddest_date(county, on):
    match = factories.match()
    pages = (
        "talents",
        "talent_counts",
        "talent_origins",
        "demands",
        "demands_funnel",
        "talents_excel",
        "talent_origins_excel",
        "talent_new",
    )

    county.get("/", {"on": on})
    for page in pages:
        assert county.get(reverse(page), {"on": on, "stale": "1", "class": "\0", "division": "²", "round": "9" * 400, "q": "\0"}).status_code in {200, 400}  # fmt: skip
    for what in ("demands", "matches", "visits", "funnel"):
        assert county.get(reverse("demands_excel", args=[what]), {"on": on}).status_code == 200
    assert county.get(reverse("demand", args=[match.demand_id]), {"on": on}).status_code == 200
    for kind in ("talent", "confirmations", "matches", "demand_visits", "demands"):
        sent = {"reason": "核对", "target": match.demand.round_id}
        assert county.post(reverse("roster_export", args=[kind]), sent).status_code == 200
