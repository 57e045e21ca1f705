"""A scheme → scores and ballots of the township → grades → announcement → appeal, as a clerk and the county walk it."""

import pytest
from django.utils import timezone

from awards.models import Evaluation, EvaluationScheme, EvaluationScore
from tests import factories

pytestmark = pytest.mark.browser

HOME, FOREIGN = "990121100201", "990121101201"
COUNTS = {"issued": 50, "returned": 45, "valid": 40, "satisfied": 36, "fair": 4, "dissatisfied": 0}


@pytest.fixture
def accounts(site):
    factories.division(factories.COUNTY, "清源县")
    for code, name, village in ((factories.OWN, "城关镇", HOME), (factories.NEIGHBOUR, "柳林镇", FOREIGN)):
        factories.division(code, name)
        factories.village(village, "甲山村" if village == HOME else "丙田村")
    factories.appointment(person=factories.person("张建国", village=HOME), post="party_secretary")
    return {
        "county": factories.user("county_staff", factories.COUNTY),
        "clerk": factories.user("township_clerk", factories.OWN),
        "neighbour": factories.user("township_clerk", factories.NEIGHBOUR),
    }


def signed_in(window, user, size):
    found = window(size)
    found.sign_in(user.username, factories.PASSWORD)
    return found


def set_up(watched):
    page, today = watched.page, timezone.localdate()
    page.goto(f"{watched.site}/evaluations/")
    page.get_by_role("link", name="新建考核方案").click()
    page.select_option("select[name=kind]", label="村干部")
    page.fill("input[name=closes]", today.replace(month=12, day=31).isoformat())
    assert watched.fits()
    page.get_by_role("button", name="建立").click()
    page.get_by_text("按台账列出 1 个考核对象").wait_for()
    assert watched.fits()


def scored(watched):
    """The clerk scores, counts ballots and hands in."""
    page, scheme = watched.page, EvaluationScheme.objects.get()
    page.goto(f"{watched.site}/evaluations/{scheme.pk}/")
    assert watched.fits()
    page.get_by_role("link", name="评分", exact=True).click()
    page.get_by_label("张建国 政治表现", exact=True).fill("29")
    page.get_by_label("张建国 工作实绩", exact=True).fill("39")
    page.locator("summary", has_text="加减分和依据").click()
    page.get_by_label("张建国 受到通报批评", exact=True).fill("1")
    page.get_by_label("张建国 受到通报批评 依据", exact=True).fill("清组通〔2026〕6号")
    assert watched.fits()
    page.get_by_role("button", name="保存得分").click()
    page.get_by_text("3 处得分有变动").wait_for()
    page.get_by_role("link", name="群众测评票数").click()
    row = Evaluation.objects.get()
    for name, count in COUNTS.items():
        page.fill(f"input[name=b{row.pk}-{name}]", str(count))
    assert watched.fits()
    page.get_by_role("button", name="保存票数").click()
    page.get_by_text("96.00%").wait_for()
    page.goto(f"{watched.site}/evaluations/{scheme.pk}/")
    page.get_by_role("link", name="建议等次").click()
    page.get_by_label("张建国等次").select_option(label="优秀")
    page.get_by_role("button", name="保存建议").click()
    page.get_by_text("城关镇 1 名（最多 0 名）").wait_for()  # of one, no place for 优秀
    watched.faults.clear()  # the browser notes the refusal
    page.get_by_label("张建国等次").select_option(label="称职")
    assert watched.fits()
    page.get_by_role("button", name="保存建议").click()
    page.get_by_text("1 个对象的建议等次有变动").wait_for()
    page.goto(f"{watched.site}/evaluations/{scheme.pk}/")
    page.get_by_role("button", name="报县里").click()
    page.get_by_text("已报县里：1 个对象").wait_for()


def decided(watched):
    """The county tries other weights, grades, and announces."""
    page, scheme = watched.page, EvaluationScheme.objects.get()
    page.goto(f"{watched.site}/evaluations/{scheme.pk}/what-if/")
    item = {one.title: one.pk for one in scheme.items.all()}
    page.fill(f"input[name=w_{item['政治表现']}]", "40")
    page.fill(f"input[name=w_{item['工作实绩']}]", "30")
    page.get_by_role("button", name="试算").click()
    page.get_by_text("没有对象的名次或等次会变").wait_for()
    page.goto(f"{watched.site}/evaluations/{scheme.pk}/")
    page.get_by_role("link", name="定等次").click()
    assert watched.fits()
    page.get_by_role("button", name="保存等次").click()
    page.get_by_text("1 个对象的等次有变动").wait_for()
    page.goto(f"{watched.site}/evaluations/{scheme.pk}/")
    page.locator("summary", has_text="公布结果").click()
    page.get_by_role("button", name="公布", exact=True).click()
    page.get_by_text("已公布").wait_for()


def appealed(watched):
    page = watched.page
    page.goto(f"{watched.site}/evaluations/objects/{Evaluation.objects.get().pk}/")
    page.fill("textarea[name=content]", "工作实绩漏记一项")
    assert watched.fits()
    page.get_by_role("button", name="登记申诉").click()
    page.get_by_text("未办结").wait_for()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_the_scheme_to_an_appeal(window, accounts, size):
    county = signed_in(window, accounts["county"], size)
    set_up(county)
    clerk = signed_in(window, accounts["clerk"], size)
    scored(clerk)
    assert EvaluationScore.objects.count() == 3
    decided(county)
    assert Evaluation.objects.get().grade == "competent"  # of one, no place for 优秀
    appealed(clerk)

    other = signed_in(window, accounts["neighbour"], size)
    assert other.page.request.get(f"{other.site}/evaluations/objects/{Evaluation.objects.get().pk}/").status == 404
    for watched in (county, clerk):
        watched.check()
