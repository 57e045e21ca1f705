"""A clerk records a missing meeting with its evidence, the matrix turns; the county sees the gaps by township."""

import datetime

import pytest

from tests import factories

pytestmark = pytest.mark.browser

ON = "2026-11-20"
HOME, FOREIGN = "990121100201", "990121101201"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def people(site):
    """A branch without a theme day in October, one of the neighbour's without anything."""
    for code, name in ((factories.COUNTY, "清源县"), (factories.OWN, "城关镇"), (factories.NEIGHBOUR, "柳林镇")):
        factories.division(code, name)
    branch = factories.party_branch(village=factories.village(HOME, "甲山村"), name="甲山村党支部")
    factories.branch_size(branch=branch, full_members=6)
    for month in (*range(1, 10), 11):
        factories.meeting(branch=branch, kind="theme", held_on=datetime.date(2026, month, 5))
    away = factories.party_branch(village=factories.village(FOREIGN, "丙田村"), name="丙田村党支部")
    factories.branch_size(branch=away, full_members=6)
    clerk = factories.user("township_clerk", factories.OWN)
    return clerk, factories.user("county_staff", factories.COUNTY), away


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_gap_is_closed_with_its_evidence(people, window, size):
    clerk, _, away = people
    watched = window(size)
    watched.sign_in(clerk.username, factories.PASSWORD)
    page = watched.page
    page.goto(f"{watched.site}/party/?kind=theme&on={ON}")
    assert not page.get_by_text("丙田村党支部").is_visible()
    assert watched.fits()
    page.get_by_role("link", name="缺主题党日").click()
    gap = page.locator("#month-10 a", has_text="登记")
    assert watched.fits()
    gap.click()
    assert page.input_value("select[name=kind]") == "theme"
    for name, value in (
        ("topic", "走访慰问困难党员"), ("held_on", "2026-10-09"), ("chair", "李书记"), ("expected", "6"), ("present", "6"),
    ):  # fmt: skip
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="登记").or_(page.get_by_role("button", name="保存")).first.click()
    page.get_by_text("可以接着上传签到表、照片等附件").wait_for()
    page.select_option("form[action*=attach] select[name=kind]", "photo")
    page.set_input_files(
        "form[action*=attach] input[name=file]", {"name": "现场.png", "mimeType": "image/png", "buffer": PNG}
    )
    page.get_by_role("button", name="上传").click()
    assert page.get_by_role("link", name="现场.png").is_visible()
    assert watched.fits()
    page.goto(f"{watched.site}/party/?kind=theme")
    assert page.get_by_role("link", name="缺主题党日").count() == 0
    assert page.goto(f"{watched.site}/party/branches/{away.pk}/").status == 404
    watched.faults = [
        fault for fault in watched.faults if "404" not in fault
    ]  # the browser notes that status as an error
    watched.check()


def test_the_county_sees_the_gaps_by_township(people, window):
    _, county, _ = people
    watched = window()
    watched.sign_in(county.username, factories.PASSWORD)
    page = watched.page
    page.goto(f"{watched.site}/reports/tables/life/?on={ON}")
    rows = {
        row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in page.locator("tbody tr").all()
    }
    gaps = {place: int(cells[3]) for place, cells in rows.items()}
    assert set(gaps) == {"城关镇", "柳林镇", "合计"}
    assert 0 < gaps["城关镇"] < gaps["柳林镇"]
    assert gaps["城关镇"] + gaps["柳林镇"] == gaps["合计"]
    page.goto(f"{watched.site}/figures/party_life_missing/")
    assert page.locator("table").get_by_text("柳林镇").first.is_visible()
    page.goto(f"{watched.site}/party/?division={factories.NEIGHBOUR}&state=missing")
    assert page.get_by_role("link", name="丙田村党支部").is_visible()
    assert not page.get_by_role("link", name="甲山村党支部").is_visible()
    watched.check()
