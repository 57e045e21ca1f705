"""Browsers of the county, of the township OWN, and of the one beside it."""

import pytest
from django.test import Client

from tests import factories


@pytest.fixture
def sign_in(db):
    """A signed-in browser of a role, a clerk by default of the township OWN."""

    def sign_in(role="county_staff", code=None):
        code = code or (factories.OWN if role == "township_clerk" else factories.COUNTY)
        client = Client()
        client.force_login(factories.user(role, code), backend="core.auth.RoleBackend")
        return client

    return sign_in
