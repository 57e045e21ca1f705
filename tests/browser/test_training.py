"""A class from the gap to the certificate: the county drafts, a clerk nominates, another clerk sees nothing of it; a degree."""

import datetime

import pytest
from django.utils import timezone

from tests import factories
from training.models import Certificate

pytestmark = pytest.mark.browser
HOME, FOREIGN = "990121100201", "990121101201"


@pytest.fixture
def county(site):
    """Two townships with a cadre each, a required topic, a class that began yesterday and ends today, one to come."""
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.division(factories.NEIGHBOUR, "柳林镇")
    people = {}
    for name, code in (("李向阳", HOME), ("王秋生", FOREIGN)):
        place = factories.village(code)
        people[name] = factories.person(name, village=place)
        factories.appointment(person=people[name], village=place, post="village_committee_member")
    topic = factories.topic_requirement(topic=factories.topic(name="村务公开")).topic
    today = timezone.localdate()
    running = factories.session(
        name="村两委成员培训班", number=1, class_type="committee", start=today - datetime.timedelta(days=1), end=today
    )
    later = today + datetime.timedelta(days=30)
    coming = factories.session(name="村两委成员培训班", number=2, class_type="committee", start=later, end=later)
    for session in (running, coming):
        session.topics.add(topic)
    users = {
        "staff": factories.user(),
        "clerk": factories.user("township_clerk", factories.OWN),
        "other": factories.user("township_clerk", factories.NEIGHBOUR),
    }
    return people, running, coming, users


def signed_in(window, user, size):
    found = window(size)
    found.sign_in(user.username, factories.PASSWORD)
    return found


def draft_and_hold(theirs, running):
    """The county: who lacks what, a list by quota, sign-in, scores, certificates. Returns the certificate's code."""
    page = theirs.page
    page.goto(f"{theirs.site}/training/needs/")
    page.get_by_text("必修，从未参加").first.wait_for()
    assert theirs.fits()
    page.goto(f"{theirs.site}/training/sessions/{running.pk}/")
    page.get_by_role("link", name="按缺项拟名单").click()
    page.fill(f"input[name=quota-{factories.NEIGHBOUR}]", "0")
    assert theirs.fits()
    page.get_by_role("button", name="按名额拟出名单").click()
    page.get_by_role("button", name="确定名单（1 人）").click()
    page.get_by_text("已确定名单：1 人").wait_for()
    page.get_by_role("link", name="签到", exact=True).click()
    assert theirs.fits()
    page.get_by_role("button", name="保存这个半天").click()
    page.get_by_text("应到 1 人，到课 1 人").wait_for()
    page.goto(f"{theirs.site}/training/sessions/{running.pk}/results/")
    page.get_by_label("李向阳的成绩").fill("91")
    assert theirs.fits()
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name="给 1 人发结业证书").click()
    page.get_by_text("已发证 1 本").first.wait_for()
    assert theirs.fits()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_class_from_the_gap_to_the_certificate(county, window, size):
    people, running, coming, users = county
    theirs = signed_in(window, users["staff"], size)
    draft_and_hold(theirs, running)
    given = Certificate.objects.get()
    page = theirs.page
    page.get_by_role("link", name=given.number).click()
    assert theirs.fits()
    page.goto(f"{theirs.site}/certificates/verify/")
    page.fill("input[name=number]", given.number)
    page.fill("input[name=code]", given.check_code)
    page.get_by_role("button", name="查验").click()
    page.get_by_text("证书有效：李向阳").wait_for()
    page.goto(f"{theirs.site}/people/{people['李向阳'].pk}/")
    page.get_by_text(given.number).wait_for()

    mine = signed_in(window, users["other"], size)
    page = mine.page
    page.goto(f"{mine.site}/training/sessions/{running.pk}/")
    page.get_by_text("还没有人在这一期的名单里").wait_for()
    assert page.get_by_text("李向阳").count() == 0
    assert mine.fits()
    page.goto(f"{mine.site}/training/sessions/{coming.pk}/")
    page.fill("input[name=who]", "李向阳")
    page.get_by_role("button", name="推荐").click()
    page.get_by_text("本辖区没有找到这个人").wait_for()
    page.fill("input[name=who]", "王秋生")
    page.get_by_role("button", name="推荐").click()
    page.get_by_text("已拟入名单：王秋生").wait_for()
    assert mine.fits()

    own = signed_in(window, users["clerk"], size)
    page = own.page
    page.goto(f"{own.site}/training/sessions/{coming.pk}/")
    assert page.get_by_text("王秋生").count() == 0
    page.goto(f"{own.site}/training/wishes/")
    page.fill("input[name=who]", "李向阳")
    page.select_option("select[name=topic]", label="村务公开")
    page.get_by_role("button", name="登记需求").click()
    page.get_by_text("已登记：李向阳").wait_for()
    assert own.fits()
    theirs.check()
    own.check()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_degree_closes_the_villages_gap(county, window, size):
    people, _, _, users = county
    someone = people["李向阳"]
    study = factories.degree_study(person=someone, village=someone.village)
    theirs = signed_in(window, users["staff"], size)
    page = theirs.page
    page.goto(f"{theirs.site}/degrees/")
    page.get_by_text("2 个村 · 谁能补上、什么时候").wait_for()
    assert theirs.fits()
    page.get_by_role("link", name="李向阳").last.click()
    page.get_by_role("button", name="登记毕业").click()
    page.get_by_text("的学历已增加一条专科").wait_for()
    assert theirs.fits()
    page.goto(f"{theirs.site}/degrees/")
    page.get_by_text("1 个村 · 谁能补上、什么时候").wait_for()
    theirs.check()

    other = signed_in(window, users["other"], size)
    other.page.goto(f"{other.site}/degrees/")
    assert other.page.get_by_text("李向阳").count() == 0
    assert other.page.goto(f"{other.site}/degrees/{study.pk}/").status == 404
