"""A policy → application by a township → each reason → duplicate refused → approval by another → payment → confirmed by another → result → what-if."""

import datetime

import pytest
from django.utils import timezone

from awards.models import SupportApplication, SupportPolicy, SupportResult
from tests import factories

pytestmark = pytest.mark.browser

HOME, FOREIGN = "990121100201", "990121101201"


def years_ago(years):
    return timezone.localdate() - datetime.timedelta(days=366 * years)


@pytest.fixture
def accounts(site):
    factories.division(factories.COUNTY, "清源县")
    for code, name, village in ((factories.OWN, "城关镇", HOME), (factories.NEIGHBOUR, "柳林镇", FOREIGN)):
        factories.division(code, name)
        factories.village(village, "甲山村" if village == HOME else "丙田村")
    someone = factories.person("张建国", village=HOME)
    factories.rural_talent(person=someone, village=HOME, origin="returned", start=years_ago(4), business="planting")
    return {
        "county": factories.user("county_staff", factories.COUNTY),
        "second": factories.user("county_staff", factories.COUNTY),
        "clerk": factories.user("township_clerk", factories.OWN),
        "neighbour": factories.user("township_clerk", factories.NEIGHBOUR),
        "someone": someone,
    }


def signed_in(window, user, size):
    found = window(size)
    found.sign_in(user.username, factories.PASSWORD)
    return found


def set_up(watched):
    """A policy from the template of the county, with a budget."""
    page = watched.page
    page.goto(f"{watched.site}/support/")
    page.get_by_role("link", name="登记政策").click()
    page.get_by_role("link", name="土地流转优惠").click()
    assert page.input_value("input[name=name]") == "土地流转补贴"
    page.fill("input[name=document_no]", "清政办〔2024〕1号")
    page.fill("input[name=start]", years_ago(4).isoformat())
    assert watched.fits()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已登记政策").wait_for()
    page.locator("summary", has_text="登记或修改年度预算").click()
    page.fill("input[name=budget-year]", str(years_ago(2).year))
    page.fill("input[name=budget-amount]", "6000")
    page.fill("input[name=budget-document_no]", "批复")
    page.get_by_role("button", name="登记预算").click()
    page.get_by_text(f"已登记 {years_ago(2).year} 年预算").wait_for()
    assert watched.fits()


def fill_in(page, someone):
    page.fill("input[name=who-name]", someone.name)
    page.fill("input[name=who-id_number]", someone.id_number)
    page.select_option("select[name=village]", HOME)
    page.fill("input[name=applied_on]", years_ago(2).isoformat())
    page.select_option("select[name=business]", label="种植")
    page.fill("input[name=project]", "茶园扩建")
    page.fill("input[name=base]", "25")
    page.get_by_role("button", name="提交申请").click()


def applied(watched, someone):
    """The clerk applies, reads each reason, and is refused the same once more; what was typed stays."""
    page = watched.page
    url = f"{watched.site}/support/{SupportPolicy.objects.get().pk}/apply/"
    page.goto(url)
    assert watched.fits()
    fill_in(page, someone)
    page.get_by_text("已提交申请").wait_for()
    for reason in ("在库乡村人才", "没有重复", "台账没有处分和联审否决记录", "5,000.00 元"):
        page.get_by_text(reason).first.wait_for()
    assert watched.fits()
    page.goto(url)
    fill_in(page, someone)
    page.get_by_text("还有一份申请待审批").wait_for()
    assert page.input_value("input[name=project]") == "茶园扩建"
    watched.faults = [one for one in watched.faults if "400" not in one]  # the refusal itself


def granted(watched):
    """The county approves within the budget and enters the payment, which waits."""
    page, row = watched.page, SupportApplication.objects.get()
    page.goto(f"{watched.site}/support/applications/{row.pk}/")
    page.fill("input[name=approve-on]", (years_ago(2) + datetime.timedelta(9)).isoformat())
    page.fill("input[name=approve-document_no]", "清委办〔2024〕9号")
    page.get_by_role("button", name="批准", exact=True).click()
    page.get_by_text("已批准。").wait_for()
    page.fill("input[name=payment-amount]", "5000")
    page.fill("input[name=payment-basis]", "拨付通知")
    page.get_by_role("button", name="登记支付").click()
    page.get_by_text("已支付 0.00 元，待复核 5,000.00 元，还可支付 0.00 元").wait_for()
    assert watched.fits()


def confirmed(watched):
    """Somebody else of the county ticks the payment in the list and confirms it."""
    page = watched.page
    page.goto(f"{watched.site}/support/payments/")
    assert watched.fits()
    page.get_by_label("勾选张建国").check()
    page.get_by_role("button", name="勾选的一起复核").click()
    page.get_by_text("已复核 1 笔支付").wait_for()


def came_of_it(watched):
    """The check asks for the visit; the clerk writes down what came of it, and the check is content."""
    page, row = watched.page, SupportApplication.objects.get()
    page.goto(f"{watched.site}/villages/{HOME}/")
    page.get_by_text("还没有登记成效").first.wait_for()
    page.goto(f"{watched.site}/support/applications/{row.pk}/")
    page.select_option("select[name=result-after_years]", label="满 1 年")
    page.select_option("select[name=result-in_business]", label="仍在经营")
    page.fill("input[name=result-jobs]", "3")
    page.fill("input[name=result-people_led]", "20")
    page.get_by_role("button", name="登记成效").click()
    page.get_by_text("带动就业 3 人").wait_for()
    assert SupportResult.objects.get().in_business
    page.goto(f"{watched.site}/villages/{HOME}/")
    page.get_by_text("土地流转补贴：茶园扩建").first.wait_for()
    assert "还没有登记成效" not in page.content()


def tried(watched):
    """Another trade and age: who no longer qualifies, and the list."""
    page = watched.page
    page.goto(f"{watched.site}/support/{SupportPolicy.objects.get().pk}/what-if/")
    page.fill("input[name=business_words]", "养殖")
    page.get_by_role("button", name="试算").click()
    page.get_by_text("不再符合的 1 人").wait_for()
    assert watched.fits()
    with page.expect_download() as loaded:
        page.get_by_role("link", name="导出名单 Excel").click()
    assert loaded.value.suggested_filename.startswith("土地流转补贴试算名单")


def seen_whole(watched):
    """No list of support and safeguards scrolls sideways in its box."""
    for path in (
        "support/",
        "support/applications/",
        "support/payments/",
        "safeguards/",
        "safeguards/people/",
        "leaving/",
    ):
        watched.page.goto(f"{watched.site}/{path}")
        assert watched.fits()
        beyond = watched.page.evaluate(
            "[...document.querySelectorAll('.scroll')].some((box) => box.scrollWidth > box.clientWidth)"
        )
        assert not beyond, path


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_support_from_policy_to_result(window, accounts, size):
    county, clerk = signed_in(window, accounts["county"], size), signed_in(window, accounts["clerk"], size)

    set_up(county)
    applied(clerk, accounts["someone"])
    granted(county)
    confirmed(signed_in(window, accounts["second"], size))
    came_of_it(clerk)
    tried(county)

    seen_whole(county)

    other = signed_in(window, accounts["neighbour"], size)
    other.page.goto(f"{other.site}/support/applications/")
    assert "张建国" not in other.page.content()
    row = SupportApplication.objects.get()
    assert other.page.request.get(f"{other.site}/support/applications/{row.pk}/").status == 404
    for watched in (county, clerk):
        watched.check()
