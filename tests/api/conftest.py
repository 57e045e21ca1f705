"""The REST door as another system meets it."""

import json

import pytest
from django.test import Client

from tests import factories


class ApiClient:
    """Sends JSON with a token's header; `get("persons/", on=…)` goes to /api/v1/persons/."""

    def __init__(self, secret=""):
        self.http = Client(headers={"Authorization": f"Token {secret}"} if secret else {})

    def get(self, path, **query):
        return self.http.get(self.address(path), query)

    def post(self, path, given):
        return self.http.post(self.address(path), json.dumps(given), content_type="application/json")

    def patch(self, path, given):
        return self.http.patch(self.address(path), json.dumps(given), content_type="application/json")

    def address(self, path):
        return path if path.startswith(("/", "http")) else f"/api/v1/{path}"


def client_of(code=factories.COUNTY, role="api_client", **fields):
    _, secret = factories.token(factories.user(role, code), **fields)
    return ApiClient(secret)


@pytest.fixture
def anonymous():
    return ApiClient()


@pytest.fixture
def county(db):
    """A reading client of the county."""
    return client_of()


@pytest.fixture
def township(db):
    """A reading client of one township."""
    return client_of(factories.OWN)


@pytest.fixture
def writer(db):
    """A writing client of one township."""
    return client_of(factories.OWN, can_write=True)


@pytest.fixture
def county_writer(db):
    return client_of(can_write=True)
