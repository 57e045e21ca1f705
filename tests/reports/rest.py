"""The figures and tables as REST tells them, to compare files with."""

from django.test import Client

from tests import factories


def rest(path, on=None, code=None, status=200):
    """The JSON that an account of the county gets at `path`."""
    _, secret = factories.token(factories.user("api_client", factories.COUNTY))
    asked = ({"on": str(on)} if on else {}) | ({"division": code} if code else {})
    answer = Client(headers={"authorization": f"Token {secret}"}).get(f"/api/v1/{path}/", asked)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def figures(on, code=None):
    """{key: figure}."""
    return rest("indicators", on, code)
