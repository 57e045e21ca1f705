"""The clerk decides what is unsure: kind, columns, a word; on a screen and on a phone."""

import pytest

from rosters.models import Upload
from tests import factories
from tests.browser.test_accessibility import findings
from tests.rosters import county
from tests.rosters.test_mapping import POSTS, VAGUE, kinds_alike, people

pytestmark = pytest.mark.browser


def hand_in(mine, content, name="名册.xlsx"):
    page = mine.page
    page.goto(f"{mine.site}/rosters/upload/")
    page.set_input_files("input[name=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.get_by_role("button", name="上传并核对").click()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_clerk_decides_what_is_unsure(site, window, size):
    county.load()
    mine = window(size)
    mine.sign_in(county.clerk().username, factories.PASSWORD)
    page = mine.page

    hand_in(mine, people(VAGUE, posts=POSTS))
    page.get_by_role("heading", name="名册.xlsx").wait_for()
    assert (mine.fits(), findings(page)) == (True, [])
    page.get_by_label("E 列读作").select_option("任现职时间")
    page.get_by_role("button", name="按此读取并核对").click()

    page.get_by_text("有 1 个写法系统不认识").wait_for()
    assert (mine.fits(), findings(page)) == (True, [])
    page.get_by_label("“妇女主任”当作").select_option("村（居）委会委员")
    page.get_by_role("button", name="按此重新核对").click()
    page.get_by_role("button", name="入库 4 行").wait_for()

    page.goto(f"{site}/rosters/memory/")
    assert page.get_by_text("时间 → 任现职时间").count() == 1
    assert (mine.fits(), findings(page)) == (True, [])
    hand_in(mine, kinds_alike())
    page.get_by_role("heading", name="这是哪一种名册？").wait_for()
    assert (mine.fits(), findings(page)) == (True, [])
    mine.check()
    assert set(Upload.objects.values_list("status", flat=True)) == {"read", "unsure"}
