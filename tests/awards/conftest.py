"""A county with two townships, a round of an award, and browsers of who works on it."""

import datetime

import pytest
from django.test import Client

from awards.models import EvaluationScheme
from tests import factories

ON = datetime.date(2024, 11, 4)  # a Monday
LATER = datetime.date(2024, 11, 12)  # publicity from ON on is over
HOME, FOREIGN = "990121100201", "990121101201"


@pytest.fixture
def places(db):
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.division(factories.NEIGHBOUR, "柳林镇")
    for code, name in ((HOME, "甲山村"), (FOREIGN, "丙田村")):
        factories.village(code, name)
    factories.calendar(2024)


@pytest.fixture
def browser(places):
    """A signed-in browser of a role, of the county or of the clerk's township, on the date ON."""

    def browser(role="county_staff", code=""):
        place = code or (factories.OWN if role == "township_clerk" else factories.COUNTY)
        client = Client()
        client.user = factories.user(role, place)
        client.force_login(client.user, backend="core.auth.RoleBackend")
        client.get("/", {"on": ON.isoformat()})
        return client

    return browser


@pytest.fixture
def county(browser):
    return browser()


@pytest.fixture
def clerk(browser):
    return browser("township_clerk")


@pytest.fixture
def cadres(places):
    """Five cadres of the own township's village and one of the neighbour's."""
    found = [factories.appointment(village=HOME, post=post).person for post in ("party_secretary", "village_director")]
    found += [factories.appointment(village=HOME, post="party_committee_member").person for _ in range(3)]
    factories.appointment(village=FOREIGN, post="party_secretary")
    return found


def given(**more):
    return {
        "year": "2024", "kind": "cadre", "as_of": "2024-11-01", "opens": "2024-11-01", "closes": "2024-12-31",
        "excellent_percent": "20", "excellent_from": "90", "competent_from": "75", "basic_from": "60", "fair_percent": "60",
    } | more  # fmt: skip


@pytest.fixture
def scheme(county, cadres):
    county.post("/evaluations/new/", given())
    return EvaluationScheme.objects.get()


@pytest.fixture
def held(places):
    """A round with two places for individuals and one for a collective; 3000 and 10000 yuan."""
    scheme = factories.award_scheme(name="乡村振兴贡献奖")
    return factories.award_round(
        scheme=scheme, year=2024, opens_on=ON, closes_on=ON, individual_places=2, collective_places=1,
        individual_bonus=3000, collective_bonus=10_000, honours="荣誉证书",
    )  # fmt: skip


def nominated(held, name="张三", village=HOME, **fields):
    """A nomination with deeds, of a person of the village."""
    someone = factories.person(name, village=village, phone="13912345678")
    return factories.nomination(**{"round": held, "person": someone, "achievements": "带动就业 30 户"} | fields)


def agreed(nomination):
    """All departments agreed."""
    for name in ("县纪委监委机关", "县公安局", "县农业农村局"):
        factories.opinion(nomination=nomination, department=name)
    return nomination


def ready(held, name="张三", **fields):
    """A nomination that may go into publicity."""
    return agreed(nominated(held, name, **{"eligibility": "passed"} | fields))


def publicised(held, *rows):
    """Publicity from ON on, over on LATER."""
    notice = factories.award_publicity(round=held, starts_on=ON, ends_on=datetime.date(2024, 11, 11))
    for row in rows:
        row.publicity = notice
        row.save()
    return notice


def text(answer, status=200):
    assert answer.status_code == status, answer
    return answer.content.decode()
