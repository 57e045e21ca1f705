"""Signing in: counted, locked, neutral, written down; sessions that end when they must."""

import re
import threading
from ipaddress import ip_network

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from core import accounts, tries
from core.models import AuditEntry, User
from tests import factories

pytestmark = pytest.mark.django_db
WRONG = "not the password 1"


@pytest.fixture
def clerk():
    return factories.user("township_clerk", factories.OWN, username="clerk")


def try_in(username, password=factories.PASSWORD, browser=None, address="127.0.0.1", **headers):
    browser = browser or Client(REMOTE_ADDR=address)
    return browser.post("/login/", {"username": username, "password": password}, headers=headers)


def is_in(browser):
    return browser.get("/password/").status_code == 200


def sign_in(username="clerk"):
    browser = Client()
    assert try_in(username, browser=browser).status_code == 302
    return browser


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def without_tokens(page):
    """A page without what differs every time: CSRF token, request id, what was typed as the name."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
    return re.sub(r'value="\w*"', "", text)


def test_in_and_out_are_written_down(clerk):
    browser = Client(headers={"User-Agent": "x"})

    try_in("clerk", browser=browser)
    assert is_in(browser)
    browser.post("/logout/")

    assert not is_in(browser)
    assert verbs() == ["login", "logout"]
    line = AuditEntry.objects.first()
    assert (line.by, line.role, line.division_code, line.address) == (
        clerk,
        "township_clerk",
        factories.OWN,
        "127.0.0.1",
    )
    assert line.request_id


def test_out_is_a_post(clerk):
    browser = sign_in()

    assert browser.get("/logout/").status_code == 405
    assert is_in(browser)


def test_five_wrong_tries_lock_for_half_an_hour_also_against_the_right_password(clerk):
    with time_machine.travel("2024-12-31 08:00:00+00:00", tick=False) as clock:
        for _ in range(5):
            try_in("clerk", WRONG)
        right = try_in("clerk")
        assert right.status_code == 200
        clock.shift(29 * 60)
        assert try_in("clerk").status_code == 200
        clock.shift(2 * 60)
        assert try_in("clerk").status_code == 302

    assert verbs() == [*["login_failed"] * 4, "locked", "locked", "locked", "login"]


def test_four_wrong_tries_and_a_right_one_begin_anew(clerk):
    for _ in range(2):
        for _ in range(4):
            try_in("clerk", WRONG)
        assert try_in("clerk").status_code == 302


def test_the_lock_is_the_accounts_not_the_others(clerk):
    factories.user("leader", username="leader")
    for _ in range(6):
        try_in("clerk", WRONG)

    assert try_in("leader").status_code == 302


def test_addresses_that_a_client_claims_change_nothing(clerk):
    for number in range(5):
        try_in("clerk", WRONG, **{"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.0.{number}"})

    assert try_in("clerk", **{"X-Forwarded-For": "10.9.9.9", "Forwarded": "for=10.9.9.9"}).status_code == 200
    assert set(AuditEntry.objects.values_list("address", flat=True)) == {"127.0.0.1"}
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"127.0.0.1"}


def test_behind_a_proxy_that_is_named_the_address_is_the_one_it_saw(clerk, settings):
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1"), ip_network("10.0.0.0/24")]
    for said in ("10.9.9.9", "10.1.1.1, 10.9.9.9", "10.9.9.9, 10.0.0.5", "no address, 10.9.9.9"):
        try_in("clerk", WRONG, **{"X-Forwarded-For": said})
    assert set(AuditEntry.objects.values_list("address", flat=True)) == {"10.9.9.9"}
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"10.9.9.9"}

    try_in("clerk", WRONG, address="10.9.9.8", **{"X-Forwarded-For": "10.0.0.1"})
    assert AuditEntry.objects.order_by("pk").last().address == "10.9.9.8"


def test_twenty_wrong_tries_of_one_address_at_many_names_close_it_for_half_an_hour(clerk):
    with time_machine.travel("2024-12-31 08:00:00+00:00", tick=False) as clock:
        answers = [try_in(f"name{number}", WRONG, address="10.9.9.9") for number in range(tries.MOST_WRONG)]
        refused = try_in("clerk", address="10.9.9.9")
        assert without_tokens(refused) == without_tokens(answers[0])
        assert try_in("clerk", address="10.9.9.8").status_code == 302
        clock.shift(29 * 60)
        assert try_in("clerk", address="10.9.9.9").status_code == 200
        clock.shift(2 * 60)
        assert try_in("clerk", address="10.9.9.9").status_code == 302

    assert verbs() == [*["login_failed"] * tries.MOST_WRONG, "locked", "login", "login"]


def test_an_address_is_let_in_again_from_the_servers_shell(clerk, capsys):
    for number in range(tries.MOST_WRONG):
        try_in(f"name{number}", WRONG, address="10.9.9.9")

    call_command("unlock", address="10.9.9.9")

    assert try_in("clerk", address="10.9.9.9").status_code == 302
    assert "10.9.9.9" in capsys.readouterr().out
    assert "unlock" in verbs()
    with pytest.raises(CommandError, match="没有登录失败"):
        call_command("unlock", address="10.9.9.7")
    with pytest.raises(CommandError, match="请写"):
        call_command("unlock")


def test_agents_that_a_client_claims_change_nothing(clerk):
    for number in range(5):
        try_in("clerk", WRONG, **{"User-Agent": f"agent {number}"})

    assert try_in("clerk", **{"User-Agent": "another"}).status_code == 200


def test_missing_disabled_locked_and_wrong_look_alike(clerk):
    factories.user("leader", username="gone", is_active=False)
    factories.user("api_client", username="machine")
    factories.user("leader", username="locked")
    for _ in range(5):
        try_in("locked", WRONG)

    pages = [
        try_in("clerk", WRONG),
        try_in("nobody"),
        try_in("gone"),
        try_in("machine"),
        try_in("locked"),
        try_in("locked", WRONG),
    ]

    assert {page.status_code for page in pages} == {200}
    assert len({without_tokens(page) for page in pages}) == 1
    assert accounts.REFUSED in pages[0].content.decode()


def test_a_missing_account_locks_like_any(clerk):
    for _ in range(5):
        try_in("nobody", WRONG)
    factories.user("leader", username="nobody")

    assert try_in("nobody").status_code == 200


def test_what_was_typed_as_a_name_is_not_written_down():
    try_in("my secret password 1", "x")

    line = AuditEntry.objects.get()
    assert (line.verb, line.by, line.object_text) == ("login_failed", None, "没有这个账号")


def test_the_password_is_nowhere_in_the_database(clerk):
    try_in("clerk", WRONG)
    try_in("clerk")

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s OR t::text LIKE %s',
                [f"%{WRONG}%", f"%{factories.PASSWORD}%"],
            )
            assert cursor.fetchone()[0] == 0, table


def test_parallel_tries_are_counted_one_by_one(committed_db):
    factories.user("township_clerk", factories.OWN, username="clerk")

    def attempt():
        try_in("clerk", WRONG)
        connection.close()

    tries = [threading.Thread(target=attempt) for _ in range(12)]
    for one in tries:
        one.start()
    for one in tries:
        one.join()

    assert sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == 5
    assert verbs().count("login_failed") == 4
    assert verbs().count("locked") == 8


def test_the_glass_can_be_broken(clerk, capsys):
    for _ in range(5):
        try_in("clerk", WRONG)

    call_command("unlock", "clerk")

    assert try_in("clerk").status_code == 302
    assert AuditEntry.objects.get(verb="unlock").object_id == str(clerk.pk)
    with pytest.raises(CommandError, match="没有账号"):
        call_command("unlock", "nobody")


def test_a_new_session_key_at_sign_in(clerk):
    browser = Client()
    browser.get("/login/")
    session = browser.session
    session["seen"] = True
    session.save()
    browser.cookies["sessionid"] = before = session.session_key

    try_in("clerk", browser=browser)

    assert browser.cookies["sessionid"].value != before
    stale = Client()
    stale.cookies["sessionid"] = before
    assert not is_in(stale)


@pytest.mark.parametrize(
    "change",
    [
        {"is_active": False},
        {"division_id": factories.NEIGHBOUR},
        {"role": "leader"},
        {"password": "argon2$another"},
    ],
    ids=["disabled", "moved", "another role", "new password"],
)
def test_a_change_of_the_account_ends_its_sessions(clerk, change):
    factories.division(factories.NEIGHBOUR)
    browser = sign_in()
    assert is_in(browser)

    User.objects.filter(pk=clerk.pk).update(**change)

    assert not is_in(browser)


def test_changing_ones_own_password_ends_the_other_sessions(clerk):
    here, elsewhere = sign_in(), sign_in()
    given = {"old_password": factories.PASSWORD, "new_password1": "Another-2024", "new_password2": "Another-2024"}

    assert here.post("/password/", given).status_code == 302

    assert is_in(here)
    assert not is_in(elsewhere)
    assert verbs()[-1] == "password"


@pytest.mark.parametrize(
    "password", ["short-1A", "onlylowercase", "clerk-clerk-1A", "12345678901", "Xiangcai-2024", factories.PASSWORD]
)
def test_passwords_that_are_too_plain(clerk, password):
    browser = sign_in()
    given = {"old_password": factories.PASSWORD, "new_password1": password, "new_password2": password}

    assert browser.post("/password/", given).status_code == 200
    assert try_in("clerk").status_code == 302


def test_a_session_ends_after_half_an_hour_of_rest_and_twelve_of_work(clerk):
    with time_machine.travel("2024-12-31 00:00:00+00:00", tick=False) as clock:
        browser = sign_in()
        clock.shift(29 * 60)
        assert is_in(browser)
        clock.shift(31 * 60)
        assert not is_in(browser)

        browser = sign_in()
        for _ in range(25):
            assert is_in(browser)
            clock.shift(29 * 60)
        assert not is_in(browser)


def test_a_first_password_is_changed_before_anything_else(clerk):
    User.objects.filter(pk=clerk.pk).update(must_change_password=True)
    browser = sign_in()

    for path in ("/", "/admin/", "/api/v1/persons/", "/figures/villages/"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers.get("Location")) == (302, "/password/")
    assert is_in(browser)


def test_the_first_administrator(capsys):
    factories.division(factories.COUNTY)

    call_command("create_account", "admin", name="管理员", division=factories.COUNTY)

    password = capsys.readouterr().out.strip().rsplit("：", 1)[1]
    account = User.objects.get(username="admin")
    assert (account.role, account.must_change_password) == ("system_admin", True)
    assert account.check_password(password)
    assert len(password) >= 16
    assert password not in str(list(AuditEntry.objects.values()))
    assert "password" not in AuditEntry.objects.get(verb="create").after


@pytest.mark.parametrize(
    ("options", "words"),
    [({"division": "990199"}, "没有区划"), ({"username": "clerk"}, "同名"), ({"username": "a b"}, "用户名")],
)
def test_accounts_that_are_not_made(clerk, options, words):
    factories.division(factories.COUNTY)

    given = {"username": "new", "name": "某", "division": factories.COUNTY} | options
    with pytest.raises(CommandError, match=words):
        call_command("create_account", given.pop("username"), **given)


def test_first_passwords_pass_our_own_rules():
    from django.contrib.auth.password_validation import validate_password

    made = {accounts.first_password() for _ in range(50)}

    assert len(made) == 50
    for password in made:
        validate_password(password)


def test_signing_in_goes_to_no_other_site(clerk):
    answer = Client().post(
        "/login/?next=https://evil.example/",
        {"username": "clerk", "password": factories.PASSWORD, "next": "https://evil.example/"},
    )

    assert answer["Location"] == "/"
