"""Safeguards from the standard of the year to the list of who lacks what, as the county and a clerk walk it."""

import datetime

import pytest
from django.utils import timezone

from awards.models import SafeguardRecord, SafeguardStandard
from tests import factories
from tests.browser.test_evaluations import signed_in

pytestmark = pytest.mark.browser

HOME, FOREIGN = "990121100201", "990121101201"


@pytest.fixture
def accounts(site):
    factories.division(factories.COUNTY, "清源县")
    for code, name, village in ((factories.OWN, "城关镇", HOME), (factories.NEIGHBOUR, "柳林镇", FOREIGN)):
        factories.division(code, name)
        factories.village(village, "甲山村" if village == HOME else "丙田村")
    for name, village in (("张建国", HOME), ("李红梅", FOREIGN)):
        factories.appointment(
            person=factories.person(name, village=village),
            village_id=village,
            post="party_secretary",
            start=datetime.date(2021, 1, 1),
        )
    return {
        "county": factories.user("county_staff", factories.COUNTY),
        "clerk": factories.user("township_clerk", factories.OWN),
        "neighbour": factories.user("township_clerk", factories.NEIGHBOUR),
    }


def set_standard(watched):
    page = watched.page
    page.goto(f"{watched.site}/safeguards/")
    assert watched.fits()
    page.get_by_role("link", name="报酬标准").click()
    page.fill("input[name=document_no]", "清委办〔2026〕3号")
    page.fill("input[name=party_secretary_basic]", "24000")
    page.fill("input[name=party_secretary_performance]", "12000")
    assert watched.fits()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("年度报酬标准。").wait_for()


def recorded(watched):
    """The clerk enters what there is of the own cadre: all but the medical insurance and the check-up."""
    page, year = watched.page, timezone.localdate().year
    page.goto(f"{watched.site}/safeguards/people/?lack=any")
    page.get_by_text("养老保险、医疗保险、意外伤害险、体检").wait_for()
    assert page.get_by_text("李红梅").count() == 0
    page.get_by_role("link", name="登记", exact=True).click()
    page.fill("input[name=basic_paid]", "20000")
    page.select_option("select[name=pension]", label="城乡居民养老保险")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("写了类型的要写起始日期").wait_for()
    watched.faults.clear()  # the browser notes the refusal
    page.fill("input[name=pension_start]", "2021-01-01")
    page.select_option("select[name=accident]", label="已投保")
    page.fill("input[name=accident_start]", f"{year}-01-01")
    assert watched.fits()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("年度的保障。").wait_for()
    page.goto(f"{watched.site}/safeguards/people/?lack=medical")
    page.get_by_text("医疗保险、体检").wait_for()
    assert watched.fits()


def looked_over(watched):
    """The county sees both townships, what is missing where, and that they add up; and from a number who it is."""
    page = watched.page
    page.goto(f"{watched.site}/safeguards/")
    page.get_by_text("合计").wait_for()
    assert watched.fits()
    townships = page.locator("tbody tr")
    assert townships.count() == 2
    page.locator("tbody tr", has_text="城关镇").get_by_role("link", name="城关镇").click()
    page.get_by_text("甲山村").wait_for()
    page.goto(f"{watched.site}/safeguards/people/?lack=medical")
    assert page.locator("tbody tr").count() == 2
    page.goto(f"{watched.site}/safeguards/people/?lack=pension")
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("link", name="李红梅").wait_for()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_the_standard_to_who_lacks_what(window, accounts, size):
    county = signed_in(window, accounts["county"], size)
    set_standard(county)
    assert SafeguardStandard.objects.get().total == 36_000
    clerk = signed_in(window, accounts["clerk"], size)
    recorded(clerk)
    looked_over(county)

    other = signed_in(window, accounts["neighbour"], size)
    other.page.goto(f"{other.site}/safeguards/people/")
    other.page.get_by_role("link", name="李红梅").wait_for()
    assert other.page.get_by_text("张建国").count() == 0
    person = SafeguardRecord.objects.get().person_id
    assert other.page.request.get(f"{other.site}/safeguards/people/{person}/").status == 404
    for watched in (county, clerk, other):
        watched.check()
