"""What axe finds on the pages that everybody opens, by the rules of WCAG 2.1 A and AA."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import factories
from tests.rosters import county

pytestmark = pytest.mark.browser

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
PAGES = [
    "/",
    "/rosters/",
    "/rosters/upload/",
    "/people/",
    "/villages/",
    "/findings/",
    "/figures/one_shoulder/",
    "/villages/changes/",
    "/reports/",
    "/reports/tables/structure/",
    "/reports/essays/experience/",
    "/reports/essays/experience/edit/",
    "/admin/talent/person/",
]


def findings(page):
    report = Axe().run(page, options=WCAG).response
    assert report["passes"], "axe looked at nothing"
    return [
        (found["id"], node["target"], node["html"][:120]) for found in report["violations"] for node in found["nodes"]
    ]


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_pages_are_open_to_everybody(site, window, size):
    county.load()
    staff = county.staff()
    mine = window(size)
    mine.page.goto(f"{site}/login/")
    found = {"/login/": findings(mine.page)}
    mine.sign_in(staff.username, factories.PASSWORD)
    for address in PAGES:
        answer = mine.page.goto(site + address)
        assert answer.status == 200, address
        found[address] = findings(mine.page)

    assert {address: violations for address, violations in found.items() if violations} == {}
