"""Every list of the demo county is read without scrolling sideways at 1366×768: Chromium draws what the pages answer."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests.browser.conftest import SIZES
from tests.pages.test_lists import lists

pytestmark = pytest.mark.browser
SITE = "http://testserver"
TOO_WIDE = """[...document.querySelectorAll('main table')].filter(table => {
    const box = table.closest('.scroll') || table.parentElement
    return box.scrollWidth > box.clientWidth + 1
}).length"""


class Given:
    """What Django answered, handed to Chromium, with the static files from disk. (Playwright's handlers run in a context of their own,
    where Django would open another connection, outside the demo's transaction.)"""

    def __init__(self):
        self.address, self.body = "", b""

    def __call__(self, route):
        path = urlsplit(route.request.url).path
        if path == self.address:
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=self.body)
        elif found := finders.find(path.removeprefix(settings.STATIC_URL)):
            route.fulfill(status=200, path=found)
        else:
            route.abort()


# Chromium first: it ends last, and Django stays in one context.
def test_no_list_scrolls_sideways(chromium, account):
    client = Client()
    client.force_login(account("wang"), backend="core.auth.RoleBackend")
    width, height = SIZES["desk"]
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    given, seen, wide = Given(), 0, []
    context.route("**/*", given)
    page = context.new_page()
    for _, address in lists():
        found = client.get(address)
        if found.status_code != 200 or not found["Content-Type"].startswith("text/html"):
            continue
        given.address, given.body = address, found.content
        page.goto(SITE + address)
        seen += page.locator("main table").count()
        if page.evaluate(TOO_WIDE):
            wide.append(address)
    context.close()

    assert seen > 40
    assert wide == []
