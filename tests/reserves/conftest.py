"""A county with two townships, a clerk of one, a recruitment, and browsers of both."""

import datetime

import pytest
from django.test import Client

from tests import factories

ON = datetime.date(2024, 9, 1)
HOME, BESIDE, FOREIGN = "990121100201", "990121100202", "990121101201"


@pytest.fixture
def places(db):
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.division(factories.NEIGHBOUR, "柳林镇")
    for code, name in ((HOME, "甲山村"), (BESIDE, "乙水村"), (FOREIGN, "丙田村")):
        factories.village(code, name)


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
def held(places):
    """A recruitment with one place in each township, whose publicity (a Thursday to the next) is over."""
    factories.calendar(2024)
    found = factories.recruitment(
        title="2024年村级后备干部公开招聘", applies_until=datetime.date(2024, 6, 30), published_on=datetime.date(2024, 6, 1),
        min_education="junior_college", household="county", written_weight=60, interview_weight=40,
        publicised_from=datetime.date(2024, 8, 1), publicised_until=datetime.date(2024, 8, 8),
    )  # fmt: skip
    for code in (factories.OWN, factories.NEIGHBOUR):
        factories.recruitment_quota(code, recruitment=found)
    return found


def text(answer):
    assert answer.status_code == 200, answer
    return answer.content.decode()
