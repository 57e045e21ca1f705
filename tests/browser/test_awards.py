"""Nomination → publicity → decision → certificate → fund, as a clerk and two of the county walk it; the next township sees none."""

import datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from django.utils import timezone

from awards.models import Award, AwardPublicity, AwardRound, FundEntry, Nomination, RewardFund
from core.workdays import add_working_days
from tests import factories

pytestmark = pytest.mark.browser

HOME, FOREIGN = "990121100201", "990121101201"
TODAY = timezone.localdate
PDF = {"name": "事迹.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 deeds"}


@pytest.fixture
def accounts(site):
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.division(factories.NEIGHBOUR, "柳林镇")
    factories.village(HOME, "甲山村")
    factories.village(FOREIGN, "丙田村")
    factories.person("张建国", village=HOME, phone="13912345678")
    factories.calendar(TODAY().year - 1, TODAY().year, TODAY().year + 1)
    return {
        "county": factories.user("county_staff", factories.COUNTY),
        "second": factories.user("county_staff", factories.COUNTY),
        "clerk": factories.user("township_clerk", factories.OWN),
        "neighbour": factories.user("township_clerk", factories.NEIGHBOUR),
    }


def signed_in(window, user, size):
    found = window(size)
    found.sign_in(user.username, factories.PASSWORD)
    return found


def opened(watched):
    """A scheme with its approval and a round with a bonus."""
    page = watched.page
    page.goto(f"{watched.site}/awards/")
    page.get_by_role("link", name="新建表彰项目").click()
    page.fill("input[name=name]", "乡村振兴贡献奖")
    page.fill("input[name=approval_no]", "清评组〔2021〕3号")
    page.fill("input[name=individual_places]", "10")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已建立表彰项目").wait_for()
    page.get_by_role("link", name="新建轮次").click()
    page.select_option("select[name=scheme]", label="乡村振兴贡献奖")
    page.fill("input[name=individual_places]", "1")
    page.fill("input[name=individual_bonus]", "3000")
    page.fill(f"input[name=individuals_{factories.OWN}]", "2")
    assert watched.fits()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已建立表彰轮次").wait_for()


def nominated(watched):
    """The clerk nominates a person of the township and hands in a file."""
    page = watched.page
    page.goto(f"{watched.site}/awards/rounds/{AwardRound.objects.get().pk}/")
    assert watched.fits()
    page.get_by_text("本乡镇还可推荐个人 2 个").wait_for()
    page.get_by_role("link", name="推荐个人").click()
    page.select_option("select[name=village]", HOME)
    page.get_by_role("button", name="下一步").click()
    page.select_option("select[name=person]", label="张建国")
    page.fill("textarea[name=achievements]", "带领群众发展茶产业")
    assert watched.fits()
    page.get_by_role("button", name="推荐", exact=True).click()
    page.get_by_text("已推荐张建国").wait_for()
    page.set_input_files("input[name=file]", PDF)
    page.get_by_role("button", name="上传", exact=True).click()
    page.get_by_text("已上传：事迹.pdf").wait_for()
    assert watched.fits()


def reviewed(watched):
    """Eligibility, opinions of the three departments, a judge's score."""
    page, held = watched.page, AwardRound.objects.get()
    page.goto(f"{watched.site}/awards/rounds/{held.pk}/")
    page.get_by_role("button", name="按台账审核 1 个的资格").click()
    page.get_by_text("合格 1 个").first.wait_for()
    for department in ("县纪委监委机关", "县公安局", "县农业农村局"):
        page.locator("input[name=chosen]").check()
        page.get_by_text("给勾选的登记部门意见").click()
        page.select_option("select[name=opinion-department]", department)
        page.get_by_role("button", name="登记部门意见").click()
        page.get_by_text(f"已登记{department}对 1 个推荐对象的意见").wait_for()
    page.get_by_role("link", name="评委和打分").click()
    page.fill("input[name=name]", "评委甲")
    page.get_by_role("button", name="登记评委").click()
    page.get_by_role("link", name="评委甲").click()
    page.locator("input[name^=points_]").fill("91.5")
    assert watched.fits()
    page.get_by_role("button", name="保存打分").click()
    page.get_by_text("已保存评委甲的打分").wait_for()


def publicised(watched):
    """Publicity begins today; afterwards its days are laid behind us, for nobody waits a week in a test."""
    page, held = watched.page, AwardRound.objects.get()
    page.goto(f"{watched.site}/awards/rounds/{held.pk}/")
    page.get_by_text("91.50").wait_for()
    page.locator("input[name=chosen]").check()
    page.get_by_text("公示勾选的对象").click()
    page.fill("input[name=publicity-place]", "政务公开栏")
    page.fill("input[name=publicity-contact]", "县委组织部")
    page.get_by_role("button", name="开始公示").click()
    page.get_by_text("已开始公示 1 个对象，5 个工作日").wait_for()
    notice = AwardPublicity.objects.get()
    assert notice.ends_on == add_working_days(TODAY(), 5)
    began = TODAY() - datetime.timedelta(days=20)
    AwardPublicity.objects.update(starts_on=began, ends_on=add_working_days(began, 5))
    page.goto(f"{watched.site}/awards/publicities/{notice.pk}/")
    page.get_by_text("公示期满").wait_for()
    assert watched.fits()
    with page.expect_download() as kept:
        page.get_by_role("link", name="公示 Word").click()
    assert kept.value.suggested_filename.endswith("公示.docx")


def decided(watched):
    page, held = watched.page, AwardRound.objects.get()
    page.goto(f"{watched.site}/awards/rounds/{held.pk}/")
    page.locator("input[name=chosen]").check()
    page.get_by_text("表彰勾选的对象").click()
    page.fill("input[name=decision-document_no]", "清委〔2026〕20号")
    page.get_by_role("button", name="作出表彰决定").click()
    page.get_by_text("已表彰 1 个").wait_for()
    page.get_by_role("button", name="编号发放证书").click()
    page.get_by_text("已编号发放 1 本证书").wait_for()
    assert watched.fits()
    page.goto(f"{watched.site}/awards/{Award.objects.get().pk}/")
    assert watched.fits()
    with page.expect_download() as kept:
        page.get_by_role("link", name="证书 PDF").click()
    assert Path(kept.value.path()).read_bytes().startswith(b"%PDF-")
    prints_the_certificate_alone(page)


def prints_the_certificate_alone(page):
    """On paper the certificate stands alone, on one upright sheet of A4."""
    page.emulate_media(media="print")
    printed = pdfium.PdfDocument(page.pdf(prefer_css_page_size=True))
    page.emulate_media(media="screen")
    told = "".join(printed[0].get_textpage().get_text_range().split())
    assert [tuple(round(edge) for edge in sheet.get_size()) for sheet in printed] == [(595, 842)]
    for part in ("荣誉证书", "张建国", "特发此证", "校验码"):
        assert part in told
    assert [part for part in ("奖金", "撤销", "推荐材料", "打印") if part in told] == []


def funded(watched):
    """The fund with its budget and money, and the bonus asked for."""
    page = watched.page
    page.goto(f"{watched.site}/fund/")
    page.fill("input[name=name]", "专项奖励基金")
    page.fill("input[name=document_no]", "县委常委会纪要")
    page.get_by_role("button", name="建立基金").click()
    page.get_by_text("已建立奖励基金").wait_for()
    page.fill("input[name=budget-amount]", "50000")
    page.fill("input[name=budget-document_no]", "预算批复")
    page.get_by_role("button", name="登记预算").click()
    page.get_by_text("年预算。").wait_for()
    page.fill("input[name=income-amount]", "20000")
    page.fill("input[name=income-party]", "县财政局")
    page.fill("input[name=income-basis]", "拨款通知")
    page.get_by_role("button", name="登记拨入或追回").click()
    page.get_by_text("已登记拨入 20,000.00 元").wait_for()
    page.get_by_label("勾选张建国").check()
    page.fill("input[name=bonus-basis]", "清委〔2026〕20号")
    assert watched.fits()
    page.get_by_role("button", name="提出支付勾选的奖金").click()
    page.get_by_text("已提出支付 1 笔奖金").wait_for()
    page.get_by_text("自己经办的，由另一人复核").wait_for()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_the_nomination_to_the_payment(accounts, window, size):
    county = signed_in(window, accounts["county"], size)
    opened(county)
    clerk = signed_in(window, accounts["clerk"], size)
    nominated(clerk)
    reviewed(county)
    publicised(county)
    decided(county)
    funded(county)

    second = signed_in(window, accounts["second"], size)
    second.page.goto(f"{second.site}/fund/")
    second.page.get_by_role("button", name="复核入账").click()
    second.page.get_by_text("已复核入账").wait_for()
    assert second.fits()
    assert RewardFund.objects.get().balance == 17_000
    entry = FundEntry.objects.get(kind="payment")
    assert (entry.made_by, entry.checked_by) == (accounts["county"], accounts["second"])

    clerk.page.goto(f"{clerk.site}/awards/nominations/{Nomination.objects.get().pk}/")
    clerk.page.get_by_text("已表彰").first.wait_for()
    other = signed_in(window, accounts["neighbour"], size)
    for address in ("/awards/", f"/awards/rounds/{AwardRound.objects.get().pk}/"):
        other.page.goto(other.site + address)
        assert "张建国" not in other.page.content()
    assert other.page.request.get(f"{other.site}/awards/{Award.objects.get().pk}/").status == 404
    for watched in (county, clerk, second):
        watched.check()
