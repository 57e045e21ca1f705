"""A real Chromium on the test database; every page it opens is watched."""

from urllib.parse import urlsplit

import pytest

SIZES = {"desk": (1366, 768), "phone": (390, 844)}


@pytest.fixture
def site(chromium, committed_db, live_server):
    """The address of the running site."""
    return live_server.url


class Watched:
    """A browser window whose requests, console errors and CSP violations are kept."""

    def __init__(self, chromium, site, size):
        self.site, self.faults, self.hosts = site, [], set()
        width, height = SIZES[size]
        self.context = chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page.on("console", lambda said: said.type in {"error", "warning"} and self.faults.append(said.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def sign_in(self, username, password):
        self.page.goto(f"{self.site}/login/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", password)
        self.page.click("form button.main")
        self.page.wait_for_url(f"{self.site}/")

    def check(self):
        """Nothing went to another host, and the browser complained about nothing."""
        assert self.hosts <= {urlsplit(self.site).netloc, ""}, self.hosts
        assert not self.faults, self.faults

    def fits(self):
        """True when the page itself, once it is there, does not scroll sideways."""
        self.page.wait_for_load_state()
        return self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def window(chromium, site):
    """`window(size)` opens a new, signed-out window: size is desk or phone."""
    opened = []

    def open_window(size="desk"):
        opened.append(Watched(chromium, site, size))
        return opened[-1]

    yield open_window
    for watched in opened:
        watched.context.close()
