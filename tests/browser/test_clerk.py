"""The clerk's job with workbook 01, and the county's look at the figure that it changed."""

import json
from collections import Counter, defaultdict

import pytest

from talent.models import Person
from tests import factories
from tests.rosters import county

pytestmark = pytest.mark.browser


@pytest.fixture
def guangze(site):
    county.load()
    return county.clerk(), county.staff()


def expected_rows():
    document = json.loads(county.FIRST.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return [row["values"] for row in document["rows"] if row["outcome"] != "error"]


def one_shoulder_villages():
    """Villages whose secretary is also the director, by hand from the expected rows (one of them stands in two rows)."""
    held = defaultdict(set)
    for row in expected_rows():
        held[row["village"], row["id_number"]].update(row["posts"])
    return {village for (village, _), posts in held.items() if {"party_secretary", "village_director"} <= posts}


def figure(page, label):
    return page.locator("a.figure", has_text=label)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_clerk_hands_in_the_roster_and_the_county_sees_it(guangze, window, size):
    clerk, staff = guangze
    mine = window(size)
    mine.sign_in(clerk.username, factories.PASSWORD)
    page = mine.page
    page.goto(f"{mine.site}/rosters/")
    page.get_by_role("link", name="上传名册", exact=True).click()
    page.set_input_files("input[name=file]", county.FIRST)
    page.get_by_role("button", name="上传并核对").click()

    page.get_by_text("识别为“村‘两委’干部花名册”").wait_for()
    assert page.locator(".review tbody tr").count() == 54
    assert mine.fits()
    page.get_by_role("link", name="有问题").click()
    assert page.locator(".review tbody tr").count() == 8
    assert page.get_by_text("校验位不对").count() == 3
    assert not Person.objects.exists()

    page.get_by_role("button", name="入库 46 行，8 行有问题暂不入库").click()
    page.get_by_role("heading", name="已入库 46 行").wait_for()
    assert mine.fits()
    assert page.get_by_text("8 行有问题没有入库").count() == 1
    mine.check()

    theirs = window(size)
    theirs.sign_in(staff.username, factories.PASSWORD)
    page = theirs.page
    villages = one_shoulder_villages()
    tile = figure(page, "一肩挑")
    assert f"{len(villages)}/90" in tile.inner_text()
    tile.click()
    page.wait_for_url("**/figures/one_shoulder/**")
    assert page.locator("tbody tr").count() == len(villages)
    village = sorted(villages)[0]
    page.get_by_role("link", name=village, exact=True).first.click()
    secretary = next(
        row["name"] for row in expected_rows() if row["village"] == village and "party_secretary" in row["posts"]
    )
    page.get_by_role("link", name=secretary).first.click()
    page.get_by_role("heading", name=secretary).wait_for()
    assert theirs.fits()
    theirs.check()


def test_the_same_file_again_changes_nothing(guangze, window):
    clerk, _ = guangze
    mine = window()
    mine.sign_in(clerk.username, factories.PASSWORD)
    page = mine.page
    for words in ("入库 46 行", None):
        page.goto(f"{mine.site}/rosters/upload/")
        page.set_input_files("input[name=file]", county.FIRST)
        page.get_by_role("button", name="上传并核对").click()
        page.get_by_text("识别为").wait_for()
        if words:
            page.get_by_role("button", name=words).dblclick()
            page.get_by_role("heading", name="已入库 46 行").wait_for()

    page.get_by_text("与系统一致，没有要入库的内容").wait_for()
    assert page.get_by_role("button", name="入库").count() == 0
    assert Person.objects.count() == len(Counter(row["id_number"] for row in expected_rows()))
    mine.check()


def test_upload_works_without_javascript(guangze, chromium, site):
    clerk, _ = guangze
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/login/")
    page.fill("input[name=username]", clerk.username)
    page.fill("input[name=password]", factories.PASSWORD)
    page.click("form button.main")
    page.goto(f"{site}/rosters/upload/")
    page.set_input_files("input[name=file]", county.FIRST)
    page.click("form.upload-form button.main")

    assert page.get_by_role("button", name="入库 46 行，8 行有问题暂不入库").is_visible()
    context.close()
