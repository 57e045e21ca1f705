"""Two townships with one row of everything each, and browsers of every role."""

import pytest
from django.test import Client

from talent.models import Person
from tests import factories


@pytest.fixture
def own(db):
    """One row of every model in the clerk's township."""
    return _with_phone(factories.one_of_each(factories.OWN))


@pytest.fixture
def neighbour(db):
    """One row of every model in the next township."""
    return _with_phone(factories.one_of_each(factories.NEIGHBOUR))


def _with_phone(rows):
    rows[Person].phone = "13912345678"
    rows[Person].save()
    return rows


@pytest.fixture
def sign_in(db):
    """A signed-in browser of a role; a clerk is of the township OWN."""

    def sign_in(role="county_staff"):
        code = factories.OWN if role == "township_clerk" else factories.COUNTY
        client = Client()
        client.user = factories.user(role, code)
        client.force_login(client.user, backend="core.auth.RoleBackend")
        return client

    return sign_in
