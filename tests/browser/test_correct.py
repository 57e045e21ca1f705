"""Correcting in the preview with the hands of a clerk: in the cell, by keyboard, and on a small form without script."""

import pytest

from rosters.models import UploadRow
from tests import factories
from tests.rosters import county
from tests.rosters.workbooks import xlsx

pytestmark = pytest.mark.browser

LONG = "负责村里的综治维稳、森林防火、乡村振兴项目资料整理，兼管村级便民服务站，手机常年不在服务区，请打座机联系" * 2


def workbook():
    header = ["村", "姓名", "身份证号", "职务", "任现职时间", "联系电话", "学历", "备注"]
    first, second = factories.id_number(), factories.id_number()
    return xlsx([
        header,
        ["茶富村", "阿卜杜热合曼·买买提吐尔逊", first, "妇女主人", "2021.03", "1390000111", "文盲", LONG],
        ["茶富村", "张三", second, "书记", "2021.13", "13900001111", "大专", ""],
        ["太银村", "李四", second, "村委委员", "2021.03", "13900001111", "大专", "好"],
    ])  # fmt: skip


@pytest.fixture
def clerk(site):
    county.load()
    return county.clerk()


def open_preview(opened, clerk):
    opened.sign_in(clerk.username, factories.PASSWORD)
    page = opened.page
    page.goto(f"{opened.site}/rosters/upload/")
    page.set_input_files(
        "input[name=file]", {"name": "名册.xlsx", "mimeType": "application/octet-stream", "buffer": workbook()}
    )
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("识别为").wait_for()
    return page


def cell(page, order, field):
    return page.locator(f"#row-{order} td[data-field={field}]")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_problem_is_corrected_in_its_cell(clerk, window, size):
    mine = window(size)
    page = open_preview(mine, clerk)
    assert mine.fits()
    cell(page, 0, "posts").get_by_text("改这一格").click()
    box = cell(page, 0, "posts").locator("input")
    assert box.input_value() == "妇女主人"
    box.fill("村委委员")
    box.press("Enter")
    cell(page, 0, "posts").get_by_text("已改").wait_for()

    assert cell(page, 0, "posts").get_by_text("改这一格").count() == 0
    assert mine.fits()
    cell(page, 0, "posts").get_by_text("还原").click()
    cell(page, 0, "posts").get_by_text("改这一格").wait_for()
    mine.check()


def test_any_cell_on_demand_and_the_number_is_not_in_the_box(clerk, window):
    mine = window()
    page = open_preview(mine, clerk)
    cell(page, 2, "id_number").dblclick()
    box = cell(page, 2, "id_number").locator("input")
    assert box.input_value() == ""
    assert "****" in box.get_attribute("placeholder")
    box.press("Escape")
    assert cell(page, 2, "id_number").locator("input").count() == 0

    cell(page, 1, "start_date").get_by_text("改这一格").click()
    cell(page, 1, "start_date").locator("input").fill("2021.12")
    page.locator("h1").click()
    cell(page, 1, "start_date").get_by_text("已改").wait_for()
    page.locator("#main-action").get_by_text("入库 2 行").wait_for()
    page.get_by_role("button", name="入库 2 行").click()
    page.get_by_role("heading", name="已入库 2 行").wait_for()
    mine.check()


def test_a_row_is_corrected_without_script(clerk, chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/login/")
    page.fill("input[name=username]", clerk.username)
    page.fill("input[name=password]", factories.PASSWORD)
    page.click("form button.main")
    page.goto(f"{site}/rosters/upload/")
    page.set_input_files(
        "input[name=file]", {"name": "名册.xlsx", "mimeType": "application/octet-stream", "buffer": workbook()}
    )
    page.click("form.upload-form button.main")
    cell(page, 0, "posts").get_by_text("改这一格").click()
    page.fill("#cell-posts", "村委委员")
    page.fill("#cell-education", "初中")
    page.get_by_role("button", name="改好，重新核对").click()

    assert cell(page, 0, "posts").get_by_text("已改").is_visible()
    assert UploadRow.objects.get(order=0).corrections == {"posts": "村委委员", "education": "初中"}
    context.close()
