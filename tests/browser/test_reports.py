"""The county looks at two dates, opens a table, writes its own sentence into the report and takes the Word file home."""

import datetime
import io
from pathlib import Path

import docx
import pytest

from tests import factories

pytestmark = pytest.mark.browser

HOME = "990121100201"


@pytest.fixture
def staff(site):
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.village(HOME, "甲山村")
    head = factories.person("赵头", village=HOME, political_status="party_member")
    for post in ("party_secretary", "village_director"):
        factories.appointment(person=head, village=HOME, post=post)
    factories.appointment(
        person=factories.person("孙新", village=HOME),
        village=HOME,
        post="village_committee_member",
        start=datetime.date(2024, 5, 1),
    )
    return factories.user("county_staff", factories.COUNTY)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_two_dates_to_the_word_file(staff, window, size):
    watched = window(size)
    watched.sign_in(staff.username, factories.PASSWORD)
    page = watched.page
    page.goto(f"{watched.site}/villages/changes/?since=2024-01-01&until=2024-12-31&on=2024-12-31")
    assert page.get_by_role("link", name="孙新").is_visible()
    assert watched.fits()

    page.goto(f"{watched.site}/reports/")
    assert "书记、主任由一人兼任的 1 人" in page.input_value("#narrative")
    assert watched.fits()
    page.get_by_role("link", name="村干部队伍结构分析表", exact=True).click()
    page.get_by_role("link", name="村“两委”成员").click()
    assert page.locator("tbody tr").last.locator("td").first.inner_text() == "2"
    assert watched.fits()

    page.goto(f"{watched.site}/reports/essays/summary/")
    page.get_by_role("link", name="修改文稿").click()
    page.fill("textarea[name=text]", "# 总结\n在任干部 {{cadre}} 人。")
    page.get_by_role("button", name="保存为新版本").click()
    assert page.get_by_text("第 2 行第 6 个字：没有“cadre”这个指标").is_visible()
    assert [fault for fault in watched.faults if "400" not in fault] == []
    watched.faults.clear()  # the browser notes the refusal's status as an error
    page.fill("textarea[name=text]", "# 总结\n在任干部 {{cadres}} 人。")
    page.get_by_role("button", name="预览").click()
    assert page.get_by_text("在任干部 2[1] 人。").is_visible()
    assert watched.fits()
    page.get_by_role("button", name="保存为新版本").click()
    with page.expect_download() as waited:
        page.get_by_role("link", name="导出 Word").click()
    content = io.BytesIO(Path(waited.value.path()).read_bytes())
    assert "在任干部 2[1] 人。" in [line.text for line in docx.Document(content).paragraphs]
    watched.check()
