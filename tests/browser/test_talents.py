"""The clerk confirms the pool and states a need; the county publishes, proposes and follows it; a neighbour sees nothing."""

import pytest

from talent.models import Demand, Match, TalentConfirmation
from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def county(site):
    """Two townships with a talent each, a survey, and the three who work with them."""
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.division(factories.NEIGHBOUR, "柳林镇")
    home, beside = factories.village("990121100201", "甲山村"), factories.village("990121101201", "丙田村")
    about = {"talent_class": "industry", "sub_class": "e_commerce", "skills": "直播、摄影", "willing": "flexible"}
    factories.rural_talent(person=factories.person("林小直", village=home), village=home, **about)
    factories.rural_talent(person=factories.person("陈小播", village=beside), village=beside, **about)
    factories.demand_round(name="2026 年度乡村人才需求调查")
    return {
        "staff": factories.user("county_staff", factories.COUNTY),
        "clerk": factories.user("township_clerk", factories.OWN),
        "neighbour": factories.user("township_clerk", factories.NEIGHBOUR),
    }


def signed_in(window, user, size):
    found = window(size)
    found.sign_in(user.username, factories.PASSWORD)
    return found


def confirm(mine):
    page = mine.page
    page.goto(f"{mine.site}/talents/")
    assert mine.fits()
    page.get_by_role("link", name="年度确认").click()
    assert mine.fits()
    page.get_by_role("button", name="没确认的 1 人都仍在").click()
    page.get_by_text("年度仍在：林小直").wait_for()
    assert TalentConfirmation.objects.get().is_here
    page.goto(f"{mine.site}/talents/?tag=")
    page.get_by_role("link", name="修改").first.click()
    page.get_by_label("土专家").check()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已保存林小直的人才信息").wait_for()
    assert page.get_by_role("cell", name="土专家").is_visible()
    assert mine.fits()


def state_need(mine):
    page = mine.page
    page.goto(f"{mine.site}/demands/")
    assert mine.fits()
    page.get_by_role("link", name="登记需求").click()
    page.get_by_label("村（社区）", exact=True).select_option(label="城关镇 甲山村")
    page.get_by_label("需要什么人").fill("电商直播运营")
    page.get_by_label("人才小类").select_option(label="农村电商人才")
    page.get_by_label("技能关键词").fill("直播，摄影")
    page.get_by_label("引进方式").select_option(label="柔性")
    page.get_by_label("需要人数").fill("2")
    assert mine.fits()
    page.get_by_role("button", name="保存需求").click()
    page.get_by_text("已登记需求").wait_for()
    assert page.get_by_text("林小直").count() == 1
    assert page.get_by_text("陈小播").count() == 0
    assert mine.fits()


def bring_together(theirs, need):
    page = theirs.page
    page.goto(f"{theirs.site}/demands/{need.pk}/")
    page.get_by_role("button", name="发布，开始对接").click()
    page.get_by_text("可以推荐人选").wait_for()
    assert page.get_by_text("本县（柳林镇）").is_visible()
    page.get_by_label("推荐林小直").check()
    page.get_by_label("推荐陈小播").check()
    page.get_by_role("button", name="推荐所选的人").click()
    page.get_by_text("下一步：邀请").wait_for()
    first = page.locator("article.match", has_text="林小直")
    for step in ("邀请", "接受", "签约", "到岗"):
        first.get_by_role("button", name=step, exact=True).click()
        page.get_by_text(f"林小直 {step}").wait_for()
    page.get_by_text("记一次服务").click()
    page.get_by_label("服务日期").fill(
        page.get_by_label("到岗日期").or_(page.get_by_label("评价日期")).first.input_value()
    )
    page.get_by_label("做了什么").fill("教村民直播")
    page.get_by_role("button", name="记下这次服务").click()
    page.get_by_text("林小直：教村民直播").wait_for()
    assert theirs.fits()
    decline(page)
    evaluate(page, first)
    unmet(theirs)
    page.goto(f"{theirs.site}/talents/counts/")
    assert theirs.fits()
    page.goto(f"{theirs.site}/talents/origins/")
    assert theirs.fits()


def decline(page):
    """The second one is asked and says no, with a reason."""
    second = page.locator("article.match", has_text="陈小播")
    second.get_by_role("button", name="邀请", exact=True).click()
    page.get_by_text("陈小播 邀请").wait_for()
    second.get_by_label("原因").first.fill("家里走不开")
    second.get_by_role("button", name="谢绝", exact=True).click()
    page.get_by_text("陈小播 谢绝").wait_for()


def evaluate(page, first):
    """Whoever came is judged by those who asked."""
    first.get_by_label("评价", exact=True).select_option(label="基本满意")
    first.get_by_role("button", name="评价", exact=True).click()
    page.get_by_text("林小直 评价").wait_for()
    assert Match.objects.get(arrived_on__isnull=False).grade == "fair"


def unmet(theirs):
    """Two were asked for and one came: one is lacking still, in the funnel by class and by township and in the list."""
    page = theirs.page
    page.goto(f"{theirs.site}/demands/funnel/")
    row = page.get_by_role("row", name="农村电商人才")
    assert row.is_visible()
    assert row.get_by_role("cell").all_inner_texts()[-2:] == ["1", "1"]
    assert theirs.fits()
    page.goto(f"{theirs.site}/demands/?state=open")
    assert page.get_by_text("电商直播运营").first.is_visible()
    page.goto(f"{theirs.site}/demands/?state=met")
    assert page.get_by_text("电商直播运营").count() == 0


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_the_yearly_confirmation_to_somebody_who_came(county, window, size):
    mine = signed_in(window, county["clerk"], size)
    confirm(mine)
    state_need(mine)
    need = Demand.objects.get()

    theirs = signed_in(window, county["staff"], size)
    bring_together(theirs, need)
    assert Match.objects.filter(arrived_on__isnull=False).count() == 1

    page = mine.page
    page.goto(f"{mine.site}/demands/{need.pk}/")
    assert page.get_by_text("陈小播").is_visible()  # offered by the county: a name, no file
    assert page.get_by_role("link", name="陈小播").count() == 0

    others = signed_in(window, county["neighbour"], size)
    page = others.page
    page.goto(f"{others.site}/demands/")
    assert page.get_by_text("电商直播运营").count() == 0
    page.goto(f"{others.site}/talents/")
    assert page.get_by_text("林小直").count() == 0
    assert page.goto(f"{others.site}/demands/{need.pk}/").status == 404
    for watched in (mine, theirs):
        watched.check()
