"""The settings as they are shipped, and the checks that speak when an installation is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import checks

from config import settings as shipped
from core import checks as ours

ROOT = Path(__file__).resolve().parents[2]
LONG = "k" * 40


def check(*arguments, **environment):
    """`manage.py check` in a process of its own, so that the environment is read anew."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DEBUG", "HTTPS", "ALLOWED_HOSTS"}}
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_proper_installation_has_nothing_to_say():
    done = check(
        "--deploy", "--fail-level", "DEBUG", HTTPS="1", ALLOWED_HOSTS="xc.example.gov.cn", TRUSTED_PROXIES="127.0.0.1"
    )

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_without_https_it_speaks():
    assert "xiangcai.W002" in check("--deploy").stderr


def test_a_proxy_that_nobody_named_is_spoken_of():
    assert "xiangcai.W003" in check("--deploy", HTTPS="1", ALLOWED_HOSTS="xc.example.gov.cn").stderr


def test_debug_for_everybody_does_not_start():
    done = check(DEBUG="1", ALLOWED_HOSTS="xc.example.gov.cn")

    assert done.returncode != 0
    assert "xiangcai.E001" in done.stderr


def test_debug_on_a_laptop_is_fine(settings):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["localhost"]

    assert ours.debug_is_for_laptops(None) == []


@pytest.mark.parametrize("hosts", [["*"], [".gov.cn"]])
def test_hosts_are_named(settings, hosts):
    settings.ALLOWED_HOSTS = hosts

    assert [found.id for found in ours.hosts_are_named(None)] == ["xiangcai.E002"]


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        ({"FIELD_KEY": "short"}, ["xiangcai.E003"]),
        ({"SECRET_KEY": LONG, "FIELD_KEY": LONG}, ["xiangcai.E004"]),
        ({"SECRET_KEY": LONG, "FIELD_KEY": f"{LONG}1", "INDEX_KEY": f"{LONG}2"}, []),
    ],
)
def test_keys(settings, keys, ids):
    for name, key in keys.items():
        setattr(settings, name, key)

    assert [found.id for found in ours.keys_are_keys(None)] == ids


@pytest.mark.django_db
def test_the_databases_role_is_plain(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://x/y")

    assert ours.role_is_plain(None, databases=["default"]) == []


def test_our_checks_are_registered():
    registered = checks.registry.registry.get_checks(include_deployment_checks=True)

    assert {ours.debug_is_for_laptops, ours.hosts_are_named, ours.keys_are_keys, ours.https_is_on} <= set(registered)
    assert ours.role_is_plain in registered


def test_passwords_are_kept_by_argon2():
    assert shipped.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


def test_cookies_and_sessions():
    assert shipped.SESSION_COOKIE_HTTPONLY
    assert shipped.SESSION_COOKIE_SAMESITE == "Lax"
    assert (shipped.SESSION_COOKIE_AGE, shipped.SESSION_LIFETIME) == (30 * 60, 12 * 60 * 60)


def test_the_policy_allows_nothing_unsafe():
    policy = str(shipped.CONTENT_SECURITY_POLICY)

    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/login/", "/healthz", "/api/v1/persons/", "/nothing/"])
def test_headers_of_every_answer(client, path):
    answer = client.get(path)

    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert len(answer["X-Request-Id"]) == 16


@pytest.mark.django_db
def test_a_forged_host_is_refused(client):
    assert client.get("/login/", headers={"Host": "evil.example"}).status_code == 400
