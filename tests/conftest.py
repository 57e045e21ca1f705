"""Fixtures that every test may use."""

import os
import shutil

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hashers, get_hashers_by_algorithm
from django.db import connection
from playwright.sync_api import sync_playwright
from pytest_django.plugin import blocking_manager_key


class UnknownVariable(str):
    """Stands in string_if_invalid: a name that a template prints and nobody gave fails the test."""

    def __contains__(self, item):
        return item == "%s"

    def __mod__(self, name):
        raise AssertionError(f"unknown template variable: {name}")


def pytest_configure():
    """Before the first template engine is made, and once: a change per test would compile every template anew."""
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")


@pytest.fixture
def committed_db(transactional_db):
    """A database whose transactions really commit (for killed processes, two sessions at once, and a live server).

    Emptying it afterwards truncates the audit log, which its trigger refuses to everybody; so it rests meanwhile.
    (`session_replication_role` would do it in one word, but only for a superuser, which the application is not.)"""
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_auditentry DISABLE TRIGGER core_auditentry_keep")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """The audit log is guarded again after everything of the test was put away, whichever fixture came first.

    After the last test the database itself is gone."""
    result = yield
    if "committed_db" in item.fixturenames and nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE core_auditentry ENABLE TRIGGER core_auditentry_keep")
    return result


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_up():
    """Not listed anew for each of hundreds of test clients; var/static need not exist."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_hashed_quickly():
    """Argon2 is slow on purpose; tests/security asks for it in the settings as they are shipped."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    get_hashers.cache_clear()
    get_hashers_by_algorithm.cache_clear()


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests that look at pages as they are drawn."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "没有找到 chromium，请用 script/test-browser 运行"
    # Playwright keeps an event loop in this thread; Django would take its own queries here for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chinese = os.environ | {"LANGUAGE": "zh_CN"}
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--lang=zh-CN"], env=chinese)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
