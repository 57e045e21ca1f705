"""The documentation page of the interface in a real browser: under our policy, and from our host alone."""

import pytest
from django.conf import settings
from django.test import Client

from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def session_cookie(committed_db):
    browser = Client()
    browser.force_login(factories.user("county_staff"))
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def test_the_page_renders_and_asks_no_other_host(chromium, session_cookie, live_server):
    asked, complaints = [], []
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_cookie, "url": live_server.url}])
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/api/docs/")
    page.locator("#operations-tag-persons").click(timeout=20_000)
    page.get_by_text("/api/v1/persons/lookup/").wait_for()
    page.locator("#operations-tag-indicators").click()
    page.get_by_text("/api/v1/indicators/", exact=True).click()
    page.get_by_text("时点，例如 2024-12-31").first.wait_for()
    title = page.title()
    context.close()

    assert title == "乡才 接口"
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert complaints == []
