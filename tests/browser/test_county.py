"""The county asks, the clerk answers from a template, the county sees it; a superior's form; another office's file."""

import datetime

import pytest
from django.utils import timezone

from core.models import User
from rosters import importer
from rosters.models import CollectionRound
from tests import factories
from tests.rosters import county
from tests.rosters.test_superior_forms import form
from tests.rosters.workbooks import roster_rows, xlsx

pytestmark = pytest.mark.browser


@pytest.fixture
def guangze(site):
    county.load()
    return county.clerk(), county.staff()


def signed_in(window, user: User, size):
    found = window(size)
    found.sign_in(user.username, factories.PASSWORD)
    return found


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_county_asks_and_the_clerk_answers(guangze, window, size, tmp_path):
    clerk, staff = guangze
    theirs = signed_in(window, staff, size)
    page = theirs.page
    page.goto(f"{theirs.site}/rosters/collection/new/")
    page.fill("input[name=title]", "年底班子名册")
    page.fill("input[name=due]", (timezone.localdate() + datetime.timedelta(days=1)).isoformat())
    page.fill("textarea[name=note]", "含新任干部，兼职分别列明")
    assert theirs.fits()
    page.get_by_role("button", name="向所选乡镇催报").click()
    page.get_by_text("已报 0/").wait_for()
    assert theirs.fits()

    mine = signed_in(window, clerk, size)
    page = mine.page
    page.get_by_text("还有 1 天").wait_for()
    assert mine.fits()
    page.get_by_role("link", name="下载模板").click()
    assert mine.fits()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载模板（.xlsx）").click()
    assert "寨里镇" in download.value.suggested_filename
    page.goto(f"{mine.site}/rosters/upload/")
    page.set_input_files("input[name=file]", county.FIRST)
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("这份表报的是县里催报的《年底班子名册》").wait_for()
    assert mine.fits()

    page = theirs.page
    page.goto(f"{theirs.site}/rosters/collection/{CollectionRound.objects.get().pk}/")
    page.get_by_text("有问题 8 行").wait_for()
    assert theirs.fits()
    for watched in (mine, theirs):
        watched.check()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_superiors_form_and_another_offices_file(guangze, window, size, tmp_path):
    _, staff = guangze
    content = county.FIRST.read_bytes()
    importer.confirm(importer.upload(by=staff, kind="committee", filename="x.xlsx", content=content), by=staff)
    mine = signed_in(window, staff, size)
    page = mine.page
    page.goto(f"{mine.site}/rosters/forms/")
    assert mine.fits()
    page.get_by_role("link", name="上传上级的空表").click()
    empty = tmp_path / "市委组织部表样.xlsx"
    empty.write_bytes(form())
    page.set_input_files("input[name=file]", empty)
    page.get_by_role("button", name="看各列填什么").click()
    page.get_by_text("1 列留空").wait_for()
    assert mine.fits()
    page.fill("input[name=reason]", "报市委组织部")
    with page.expect_download() as download:
        page.get_by_role("button", name="填好并下载").click()
    assert download.value.suggested_filename == "市委组织部表样（光泽县）.xlsx"

    page.goto(f"{mine.site}/rosters/reconcile/")
    other = tmp_path / "民政局名册.xlsx"
    other.write_bytes(xlsx(roster_rows()))
    page.set_input_files("input[name=file]", other)
    page.get_by_role("button", name="核对").click()
    page.get_by_role("heading", name="民政局名册.xlsx").wait_for()
    assert mine.fits()
    page.locator(".chip", has_text="全部").click()
    assert mine.fits()
    mine.check()
