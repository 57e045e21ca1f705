"""Pages for what went wrong: plain words, the request's id, never a trace."""

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test import Client, RequestFactory

from core.views.errors import server_error
from tests import factories


def failing(error):
    request = RequestFactory().get("/")
    request.id = "0123456789abcdef"
    try:
        raise error
    except type(error):
        return server_error(request)


@pytest.mark.parametrize(
    ("error", "status"),
    [(ValueError("secret"), 500), (OperationalError("secret"), 503), (IntegrityError("secret"), 409)],
)
def test_a_failure_names_the_request_and_nothing_else(error, status):
    answer = failing(error)

    assert answer.status_code == status
    assert "0123456789abcdef" in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_ready_says_when_the_database_does_not_answer(client, db):
    assert client.get("/readyz").status_code == 200
    closed, connection.connection = (
        connection.connection,
        connection.get_new_connection(connection.get_connection_params()),
    )
    connection.connection.close()

    refused, alive = client.get("/readyz").status_code, client.get("/healthz").status_code

    connection.connection = closed
    assert (refused, alive) == (503, 200)


def test_an_expired_form_is_told_in_words(db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.user(), backend="core.auth.RoleBackend")

    answer = client.post("/password/", {"old_password": "x"})

    assert answer.status_code == 403
    assert "打开太久" in answer.content.decode()


@pytest.mark.parametrize("lookup", ["password__startswith=argon2", "division__users__password=x", "is_active__regex=t"])
def test_a_list_answers_no_question_about_hidden_fields(lookup, sign_in):
    answer = sign_in("system_admin").get(f"/admin/core/user/?{lookup}")

    assert answer.status_code == 400
    assert "无法处理" in answer.content.decode()


def test_every_filter_that_a_list_offers_answers(sign_in, own):
    client = sign_in()

    for url in ("/admin/talent/appointment/", "/admin/talent/person/", "/admin/training/trainingsession/",
                "/admin/training/enrollment/", "/admin/awards/award/", "/admin/villages/villagefigures/"):  # fmt: skip
        changes = client.get(url).context["cl"]
        for spec in changes.filter_specs:
            for choice in spec.choices(changes):
                assert client.get(url + choice["query_string"]).status_code == 200, (url, choice)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search/?q=%00", 400),
        ("/villages/?q=%00", 400),
        ("/villages/%00/", 400),
        ("/admin/talent/person/?sex__exact=%00", 400),
        ("/villages/?division=%F4%8F%BF%BF", 404),
        ("/?division=x", 404),
        ("/?on=0001-01-01", 200),
    ],
)
def test_an_address_that_makes_no_sense_is_the_callers_mistake(sign_in, address, status):
    assert sign_in().get(address).status_code == status


@pytest.mark.parametrize("address", ["/talents/answer/", "/fund/budget/"])
def test_what_only_takes_a_form_says_so_when_it_is_opened(sign_in, address):
    answer = sign_in().get(address)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "后退" in answer.content.decode()
