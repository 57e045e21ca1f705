"""A county recruits in the open, the engaged are groomed by a clerk and given a post; the next township sees none of it."""

import datetime

import pytest
from django.utils import timezone

from talent.models import Appointment, Recruitment, ReserveCandidate
from tests import factories
from tests.rosters.workbooks import xlsx

pytestmark = pytest.mark.browser

HEADER = ("报考乡镇", "报考村", "姓名", "性别", "身份证号", "民族", "学历", "户籍", "笔试成绩", "面试成绩")
HOME, FOREIGN = "990121100201", "990121101201"
TITLE = "公开招聘村级后备干部"
TODAY = timezone.localdate


@pytest.fixture
def accounts(site):
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.division(factories.NEIGHBOUR, "柳林镇")
    factories.village(HOME, "甲山村")
    factories.village(FOREIGN, "丙田村")
    return (
        factories.user("county_staff", factories.COUNTY),
        factories.user("township_clerk", factories.OWN),
        factories.user("township_clerk", factories.NEIGHBOUR),
    )


def signed_in(window, user, size):
    found = window(size)
    found.sign_in(user.username, factories.PASSWORD)
    return found


def announced(watched):
    """Type a notice with one place in 城关镇; publicity lies behind us."""
    factories.calendar(TODAY().year - 1, TODAY().year)
    page = watched.page
    page.goto(f"{watched.site}/recruitments/")
    page.get_by_role("link", name="发布招聘公告").click()
    page.fill("input[name=title]", TITLE)
    for name, ago in (("published_on", 60), ("applies_until", 40), ("publicised_from", 20), ("publicised_until", 4)):
        page.fill(f"input[name={name}]", (TODAY() - datetime.timedelta(days=ago)).isoformat())
    page.select_option("select[name=min_education]", "junior_college")
    page.fill(f"input[name=places_{factories.OWN}]", "1")
    assert watched.fits()
    page.get_by_role("button", name="保存公告").click()
    page.get_by_role("heading", name=TITLE).wait_for()


def uploaded(watched, tmp_path, number, scores):
    """Upload the roster of one applicant onto the recruitment and let it in."""
    page = watched.page
    book = tmp_path / f"报名{scores[0]}.xlsx"
    line = ["城关镇", "甲山村", "张建国", "男", number, "汉族", "本科", "报考乡镇", *scores]
    book.write_bytes(xlsx([[TITLE], list(HEADER), line]))
    page.goto(f"{watched.site}/rosters/upload/")
    page.select_option("select[name=kind]", "applicants")
    page.set_input_files("input[name=file]", book)
    page.get_by_role("button", name="上传并核对").click()
    page.locator("button.main").filter(has_text="1 行").click()
    page.get_by_text("已入库").first.wait_for()


def to_recruitment(watched):
    watched.page.goto(f"{watched.site}/recruitments/{Recruitment.objects.get().pk}/")


def engaged(watched):
    page = watched.page
    for step in ("physical", "inspection", "publicity"):
        page.locator("input[name=chosen]").check()
        page.select_option("select[name=record]", f"{step}:passed")
        page.get_by_role("button", name="登记", exact=True).click()
        page.get_by_text("已登记 1 人").wait_for()
    assert watched.fits()
    page.locator("input[name=chosen]").check()
    page.fill("input[name=document_no]", "清组〔2026〕9号")
    page.get_by_role("button", name="聘用并列入后备库").click()
    page.get_by_text("已聘用 1 人，并列入后备库").wait_for()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_the_notice_to_a_post(accounts, window, size, tmp_path):
    staff, clerk, neighbour = accounts
    number = factories.id_number(datetime.date(1998, 5, 6))
    theirs = signed_in(window, staff, size)
    announced(theirs)
    uploaded(theirs, tmp_path, number, ("", ""))
    to_recruitment(theirs)
    theirs.page.get_by_role("button", name="按台账审查 1 人的资格").click()
    theirs.page.get_by_text("合格 1 人").first.wait_for()
    uploaded(theirs, tmp_path, number, ("85.5", "78"))
    to_recruitment(theirs)
    theirs.page.get_by_text("81.75").wait_for()
    engaged(theirs)

    mine = signed_in(window, clerk, size)
    page = mine.page
    page.goto(f"{mine.site}/reserves/")
    assert mine.fits()
    page.get_by_role("link", name="后备名单").click()
    page.get_by_role("link", name="张建国").click()
    page.get_by_role("link", name="修改培养情况").click()
    page.fill("input[name=mentor]", "党委副书记王明")
    page.select_option("select[name=readiness]", "now")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("党委副书记王明").wait_for()
    page.get_by_role("link", name="登记半年研判").click()
    page.fill("input[name=year]", str(TODAY().year))
    page.select_option("select[name=half]", "1" if TODAY().month <= 6 else "2")
    page.select_option("select[name=result]", "成熟，可使用")
    assert mine.fits()
    page.get_by_role("button", name="登记研判").click()
    page.get_by_text("已登记张建国的研判结果").wait_for()
    ReserveCandidate.objects.update(start=TODAY() - datetime.timedelta(days=3))
    page.get_by_role("link", name="提任职务").click()
    page.select_option("select[name=post]", "village_committee_member")
    page.select_option("select[name=how]", "by_election")
    page.fill("input[name=document_no]", "城组〔2026〕3号")
    page.get_by_role("button", name="任命并出库").click()
    page.get_by_text("已出库").first.wait_for()
    assert mine.fits()
    assert Appointment.objects.get().document_no == "城组〔2026〕3号"
    assert ReserveCandidate.objects.get().end_reason == "promoted"

    other = signed_in(window, neighbour, size)
    place = ReserveCandidate.objects.get()
    for address in (
        "/reserves/",
        "/reserves/bench/",
        "/reserves/outlook/",
        f"/recruitments/{Recruitment.objects.get().pk}/",
    ):
        other.page.goto(other.site + address)
        assert "张建国" not in other.page.content()
        assert other.fits()
    for watched in (theirs, mine, other):
        watched.check()
    assert other.page.request.get(f"{other.site}/reserves/{place.pk}/").status == 404
