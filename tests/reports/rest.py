"""The figures as REST tells them, to compare files with."""

from django.test import Client
from django.urls import reverse

from tests import factories


def figures(on, code=None):
    """{key: figure}."""
    _, secret = factories.token(factories.user("api_client", factories.COUNTY))
    asked = {"on": on.isoformat()} | ({"division": code} if code else {})
    return Client(headers={"authorization": f"Token {secret}"}).get(reverse("api:indicator-list"), asked).json()
