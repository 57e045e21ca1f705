"""The roster pages as they are drawn: what is asked stays short, what is looked up stays in sight."""

import pytest

from tests import factories
from tests.rosters import county

pytestmark = pytest.mark.browser


@pytest.fixture
def mine(site, window):
    county.load()
    watched = window("desk")
    watched.sign_in(county.clerk().username, factories.PASSWORD)
    return watched


def test_the_upload_page_asks_only_what_the_kind_needs(mine):
    page = mine.page
    page.goto(f"{mine.site}/rosters/upload/")
    button = page.get_by_role("button", name="上传并核对").bounding_box()

    assert page.locator("[data-only-for]:visible").count() == 0
    assert button["y"] + button["height"] < page.viewport_size["height"]
    page.select_option("#kind", "trainees")
    assert page.locator("[data-only-for]:visible").count() == 1
    page.select_option("#kind", "")
    assert page.locator("[data-only-for]:visible").count() == 0
    assert page.locator("[data-only-for] select:enabled").count() == 0
    mine.check()


def test_the_head_and_the_name_stay_in_sight_in_a_long_preview(mine):
    page = mine.page
    page.goto(f"{mine.site}/rosters/upload/")
    page.set_input_files("input[name=file]", county.FIRST)
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("识别为").wait_for()
    table = page.locator(".scroll.tall")
    table.locator("tbody tr").last.scroll_into_view_if_needed()
    table.evaluate("table => { table.scrollLeft = table.scrollWidth; }")

    for seen in (table.get_by_role("columnheader", name="姓名"), table.locator("tbody tr").last.locator(".who")):
        box, around = seen.bounding_box(), table.bounding_box()
        assert around["y"] <= box["y"] < page.viewport_size["height"]
        assert around["x"] <= box["x"] < around["x"] + around["width"]
    assert around["height"] < page.viewport_size["height"]  # its scroll bar is on the screen with it
    mine.check()
