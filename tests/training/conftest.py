"""Browsers of every role, and a small county: two townships with a village each, and a class of the county to come."""

import datetime

import pytest
from django.test import Client

from tests import factories

ON = datetime.date(2026, 11, 20)
HOME, FOREIGN = "990121100201", "990121101201"


@pytest.fixture
def sign_in(db):
    """A signed-in browser of a role, at the date ON; a clerk is of the township OWN."""

    def sign_in(role="county_staff"):
        client = Client()
        client.user = factories.user(role, factories.OWN if role == "township_clerk" else factories.COUNTY)
        client.force_login(client.user, backend="core.auth.RoleBackend")
        client.get(f"/?on={ON}")
        return client

    return sign_in


@pytest.fixture
def topic(db):
    """A topic that members of the two committees take every three years."""
    required = factories.topic_requirement(topic=factories.topic(name="村务公开"), group="committee")
    return required.topic


@pytest.fixture
def held(topic):
    """A class of the county with the topic, in December."""
    session = factories.session(
        name="两委班", class_type="committee", start=datetime.date(2026, 12, 8), end=datetime.date(2026, 12, 9)
    )
    session.topics.add(topic)
    return session


@pytest.fixture
def over(topic):
    """A class that was held in September."""
    session = factories.session(
        name="秋训班", class_type="committee", start=datetime.date(2026, 9, 22), end=datetime.date(2026, 9, 23)
    )
    session.topics.add(topic)
    return session


@pytest.fixture
def cadre(db):
    """`cadre(name, village)` is a serving member of a villagers' committee."""

    def make(name="李四", village=HOME, **fields):
        someone = factories.person(name, village=village)
        factories.appointment(
            person=someone, village=factories.village(village), post="village_committee_member", **fields
        )
        return someone

    return make
