"""The door itself: tokens, errors in Chinese as problem+json, quotas, OpenAPI and its page."""

import datetime
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from core.models import ApiToken, AuditEntry, Quota
from tests import factories
from tests.api.conftest import ApiClient, client_of

pytestmark = pytest.mark.django_db


def problem_of(answer, status):
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["type"], body["status"]) == ("about:blank", status)
    assert not body["title"].isascii()
    return body


def test_without_a_token(anonymous):
    answer = anonymous.get("persons/")

    problem_of(answer, 401)
    assert answer["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize("change", [{"is_active": False}])
def test_an_account_that_is_disabled_takes_its_tokens_along(change):
    token, secret = factories.token()
    type(token.user).objects.filter(pk=token.user.pk).update(**change)

    problem_of(ApiClient(secret).get("persons/"), 401)


def test_a_revoked_token_is_refused_at_the_next_request():
    token, secret = factories.token()
    client = ApiClient(secret)
    assert client.get("persons/").status_code == 200

    call_command("revoke_token", token.key)

    problem_of(client.get("persons/"), 401)
    assert AuditEntry.objects.get(verb="revoke").object_id == str(token.pk)


def test_an_expired_token_is_refused():
    problem_of(client_of(days=-1).get("persons/"), 401)


def test_a_token_whose_division_left_the_accounts_is_refused():
    token, secret = factories.token(factories.user("api_client", factories.OWN))
    token.user.division = factories.division(factories.NEIGHBOUR)
    token.user.save()

    problem_of(ApiClient(secret).get("persons/"), 401)


@pytest.mark.parametrize(
    "header",
    ["Token", "Token ", "Token x", "Token xc_", "Token xc_a_b", "Token a b c", "Bearer x", "Basic eDp5", "\xff"],
)
def test_broken_headers(header):
    answer = Client().get("/api/v1/persons/", headers={"Authorization": header})

    problem_of(answer, 401)


def test_a_wrong_secret_with_a_right_key():
    token, _ = factories.token()

    problem_of(ApiClient(f"xc_{token.key}_{'x' * 43}").get("persons/"), 401)


def test_a_token_is_kept_as_a_digest_only():
    token, secret = factories.token()

    text = secret.split("_", 2)[2]
    assert text not in str(ApiToken.objects.filter(pk=token.pk).values())
    assert len(text) >= 43


def test_a_token_narrower_than_its_account_sees_less():
    factories.person(village=factories.village_in(factories.OWN))
    factories.person(village=factories.village_in(factories.NEIGHBOUR))

    everything = client_of(factories.COUNTY).get("persons/").json()["results"]
    narrowed = client_of(factories.COUNTY, division=factories.division(factories.OWN)).get("persons/").json()["results"]

    assert (len(everything), len(narrowed)) == (2, 1)


def test_use_is_noted_now_and_then():
    token, secret = factories.token()
    client = ApiClient(secret)
    client.get("persons/")
    token.refresh_from_db()
    first = token.last_used_at

    client.get("persons/")
    token.refresh_from_db()
    assert first == token.last_used_at

    ApiToken.objects.update(last_used_at=timezone.now() - datetime.timedelta(minutes=6))
    client.get("persons/")
    token.refresh_from_db()
    assert token.last_used_at > first


def issued(capsys, **options):
    call_command("issue_token", **options)
    return re.search(r"xc_\S+", capsys.readouterr().out)[0]


def test_a_token_from_the_shell_is_shown_once_and_works(capsys):
    factories.user("api_client", factories.OWN, username="city")

    secret = issued(capsys, user="city", name="市级平台", days=30, write=True)

    token = ApiToken.objects.get()
    assert ApiClient(secret).get("persons/").status_code == 200
    assert token.can_write
    assert token.expires_at - timezone.now() > datetime.timedelta(days=29)
    line = AuditEntry.objects.get(verb="token")
    assert secret.split("_", 2)[2] not in str((line.after, line.object_text))


def test_a_token_from_the_shell_for_one_township(capsys):
    factories.user("api_client", factories.COUNTY, username="city")
    factories.division(factories.OWN)

    issued(capsys, user="city", name="某平台", days=30, division=factories.OWN)

    assert ApiToken.objects.get().division_id == factories.OWN
    assert not ApiToken.objects.get().can_write


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"user": "nobody"}, "没有启用的账号"),
        ({"days": 0}, "1 至 366"),
        ({"days": 4000}, "1 至 366"),
        ({"division": "990199"}, "没有区划"),
        ({"division": factories.NEIGHBOUR}, "不能超出"),
    ],
)
def test_tokens_that_are_not_given_out(options, words):
    factories.user("api_client", factories.OWN, username="city")
    factories.division(factories.NEIGHBOUR)

    with pytest.raises(CommandError, match=words):
        call_command("issue_token", **{"user": "city", "name": "某平台", "days": 30} | options)
    assert not ApiToken.objects.exists()


def test_no_permission():
    problem_of(client_of(role="system_admin").get("persons/"), 403)
    problem_of(client_of(role="auditor").get("indicators/"), 403)


def test_not_there(county):
    assert problem_of(county.get("persons/1/"), 404) == {"type": "about:blank", "title": "没有找到", "status": 404}


@pytest.mark.parametrize("path", ["nothing/", "persons/x/", "persons", "../"])
def test_addresses_that_are_none(county, path):
    assert county.get(path).status_code in {301, 404}


def test_a_method_that_is_none(county):
    problem_of(county.http.put("/api/v1/villages/"), 405)
    problem_of(county.http.options("/api/v1/villages/"), 405)


def test_a_format_we_do_not_speak(county):
    answer = county.http.get("/api/v1/villages/", headers={"Accept": "application/xml"})

    problem_of(answer, 406)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "application/xml"])
def test_a_body_we_do_not_read(writer, kind):
    problem_of(writer.http.post("/api/v1/persons/", "name=x", content_type=kind), 415)


@pytest.mark.parametrize(
    "body",
    ["", "{", "[1", '{"name": "\\ud800"', "NaN", b"\xff\xfe", "[" * 100_000, '{"a":' * 5_000],
    ids=["empty", "open", "list", "half a pair", "NaN", "no UTF-8", "deep lists", "deep objects"],
)
def test_malformed_json(writer, body):
    answer = writer.http.post("/api/v1/persons/", body, content_type="application/json")

    errors = problem_of(answer, 400)["errors"]
    if body:
        assert errors == [{"field": "", "code": "malformed", "message": "请求正文不是有效的 JSON（UTF-8 编码）。"}]


@pytest.mark.parametrize("body", ["[]", "null", '"x"', "7", "true", '[{"name": "x"}]'])
def test_json_that_is_no_row(writer, body):
    answer = writer.http.post("/api/v1/persons/", body, content_type="application/json")

    assert problem_of(answer, 400)["errors"]


@pytest.mark.parametrize("value", [{"a": 1}, ["x"], True, "a\x00b", "\ud800", 10**400])
@pytest.mark.parametrize("field", ["name", "id_number", "village", "party_joined"])
def test_values_of_the_wrong_kind(writer, field, value):
    given = {"name": "张三", "id_number": factories.id_number(), "village": "990121100201", field: value}

    assert problem_of(writer.post("persons/", given), 400)["errors"]


def test_a_body_too_large(writer):
    body = '{"name": "' + "x" * (13 * 1024 * 1024) + '"}'

    answer = writer.http.post("/api/v1/persons/", body, content_type="application/json")

    assert answer.status_code in {400, 413}


def test_too_many_requests(county, settings):
    settings.API_REQUESTS_PER_MINUTE = 3
    other = client_of()

    while Quota.objects.filter(requests__gte=3).first() is None:
        assert county.get("terms/").status_code == 200
    answer = county.get("terms/")

    problem_of(answer, 429)
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert other.get("terms/").status_code == 200


def test_the_quota_begins_anew_each_minute():
    assert [Quota.count("token 1", 100) for _ in range(3)] == [1, 2, 3]
    assert Quota.count("token 1", 101) == 1
    assert Quota.count("token 2", 101) == 1
    assert Quota.objects.count() == 2


def test_a_session_reads_and_writes_only_with_its_csrf_token():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(factories.user("county_staff"))

    assert browser.get("/api/v1/persons/").status_code == 200
    problem_of(browser.post("/api/v1/persons/", "{}", content_type="application/json"), 403)


def test_the_schema_is_complete_and_without_warnings(tmp_path):
    target = tmp_path / "schema.yml"

    call_command("spectacular", file=str(target), validate=True, fail_on_warn=True)

    assert "openapi: 3" in target.read_text()


def test_the_schema_needs_a_token_or_a_session(anonymous, county):
    problem_of(anonymous.get("/api/schema/"), 401)
    assert county.get("/api/schema/").status_code == 200


def test_the_page_needs_a_session():
    browser = Client()
    assert browser.get("/api/docs/").status_code == 302

    browser.force_login(factories.user("leader"))
    page = browser.get("/api/docs/")

    assert page.status_code == 200
    assert b"<style" not in page.content
    assert re.findall(rb"<script(?![^>]*src=)", page.content) == []
    assert re.findall(rb'(?:src|href)="(?:https?:)?//', page.content) == []
