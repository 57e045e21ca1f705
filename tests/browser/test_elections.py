"""A whole round: the county opens it, the clerk nominates, a department reviews, the county records the vote, the clerk signs."""

import pytest

from talent.models import Appointment, Candidate, ElectionRound
from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def accounts(site):
    """Users by name, with two townships of a village each; 甲山村 has an outgoing director and somebody new."""
    for code, name in ((factories.COUNTY, "清源县"), (factories.OWN, "城关镇"), (factories.NEIGHBOUR, "柳林镇")):
        factories.division(code, name)
    village = factories.village("990121100201", "甲山村")
    factories.village("990121101201", "丙田村")
    factories.appointment(person=factories.person("张老", village=village), village=village)
    factories.person("李新", village=village)
    factories.term(name="第十一届")
    return {
        "county": factories.user("county_staff", factories.COUNTY),
        "clerk": factories.user("township_clerk", factories.OWN),
        "neighbour": factories.user("township_clerk", factories.NEIGHBOUR),
        "police": factories.user("reviewer", factories.COUNTY, name="公安局经办人"),
    }


def opened(window, user, size="desk"):
    found = window(size)
    found.sign_in(user.username, factories.PASSWORD)
    return found


def go(watched, path):
    watched.page.goto(f"{watched.site}{path}")
    assert watched.fits(), path


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_round_from_opening_to_hand_over(accounts, window, size):
    county = opened(window, accounts["county"], size)
    held = open_round(county, accounts["police"])
    clerk = opened(window, accounts["clerk"], size)
    nominate(clerk, held)
    police = opened(window, accounts["police"], size)
    review(police)
    decide(county, held)
    sign(clerk, held)

    stranger = opened(window, accounts["neighbour"], size)
    go(stranger, f"/elections/{held.pk}/candidates/")
    assert "李新" not in stranger.page.content()
    answer = stranger.page.request.get(f"{stranger.site}/elections/villages/{place_of(held).pk}/")
    assert answer.status == 404
    for watched in (county, clerk, police, stranger):
        watched.check()


def place_of(held):
    return held.places.get(village_id="990121100201")


def open_round(county, police):
    page = county.page
    go(county, "/elections/")
    page.get_by_role("link", name="新建第一轮换届").click()
    assert county.fits()
    page.fill("input[name=name]", "2026 年换届")
    page.fill("input[name=incoming_name]", "第十二届")
    page.fill("input[name=election_day]", "2026-11-20")
    page.fill("input[name=start]", "2026-10-01")
    page.get_by_role("button", name="建立轮次").click()
    page.get_by_text("流程 16 步，2 个村").wait_for()
    assert county.fits()
    held = ElectionRound.objects.get()
    go(county, f"/elections/{held.pk}/review/setup/")
    page.fill("textarea[name=lines]", "公安局：受过刑事处罚")
    page.get_by_label("公安局", exact=True).select_option(str(police.pk))
    page.get_by_role("button", name="保存本轮联审").click()
    page.get_by_text("已保存").wait_for()
    return held


def nominate(clerk, held):
    page, place = clerk.page, place_of(held)
    for name in ("张老", "李新"):
        go(clerk, f"/elections/villages/{place.pk}/nominate/")
        option = page.locator("select[name=person] option", has_text=name)
        page.locator("select[name=person]").select_option(option.get_attribute("value"))
        page.get_by_label("村（居）委会主任", exact=True).check()
        page.fill("input[name=nominated_on]", "2026-11-05")
        page.get_by_role("button", name="提名").click()
        page.get_by_text(f"已提名{name}").wait_for()
    step = held.steps.get(title="选民登记")
    go(clerk, f"/elections/steps/{step.pk}/")
    page.get_by_label("甲山村").check()
    page.fill("input[name=done_on]", "2026-10-26")
    page.get_by_role("button", name="勾选的村已完成").click()
    page.get_by_text("已登记 1 个村完成").wait_for()


def review(police):
    page = police.page
    page.get_by_role("link", name="填报换届候选人联审结论").click()
    page.get_by_role("link", name="2026 年换届 · 公安局").click()
    assert police.fits()
    page.get_by_label("张老 受过刑事处罚").select_option("found")
    page.get_by_label("张老具体情况").fill("2019 年被判处有期徒刑")
    page.get_by_label("本页没有选的都记为").check()
    page.get_by_role("button", name="保存本页结论").click()
    page.get_by_text("已保存 2 条结论").wait_for()


def decide(county, held):
    page, place = county.page, place_of(held)
    for name, told in (("张老", "张老不能作为正式候选人"), ("李新", "1 名候选人改为")):
        go(county, f"/elections/{held.pk}/candidates/")
        page.get_by_label(name, exact=True).check()
        page.locator("select[name=status]").last.select_option("formal")
        page.get_by_role("button", name="改勾选的人").click()
        page.get_by_text(told).wait_for()
    go(county, f"/elections/villages/{place.pk}/result/villagers/")
    for name, value in (("held_on", "2026-11-20"), ("issued", "300"), ("returned", "280"), ("valid", "275")):
        page.fill(f"input[name={name}]", value)
    page.get_by_label("李新当选").check()
    page.get_by_label("李新得票").fill("240")
    page.get_by_role("button", name="看将要发生的变动").click()
    page.get_by_text("止于 2026-11-19，届满未连任").wait_for()
    assert county.fits()
    page.get_by_role("button", name="确认登记：1 席当选").click()
    page.get_by_text("选举结果已登记").wait_for()
    assert Appointment.objects.get(end=None).person.name == "李新"
    assert Candidate.objects.get(person__name="张老").blocked_reason


def sign(clerk, held):
    page = clerk.page
    go(clerk, f"/elections/villages/{place_of(held).pk}/")
    page.get_by_role("link", name="登记交接").click()
    assert clerk.fits()
    page.locator("input[name=form-0-handed_on]").fill("2026-11-22")
    page.locator("input[name=form-0-giver]").fill("张老")
    page.locator("input[name=form-0-receiver]").fill("李新")
    page.get_by_role("button", name="保存交接").click()
    page.get_by_text("交接已保存").wait_for()
    assert clerk.fits()
