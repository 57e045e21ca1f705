"""A clerk sends a team, rotates one of it, notes a visit and a secondment; the county sees all of it; the township beside nothing."""

import datetime

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.browser
VILLAGE, BESIDE = "990121100201", "990121101201"
PAGES = ("", "due/", "required/?state=all", "assessments/", "specialists/", "visits/", "secondments/")


@pytest.fixture
def places(site):
    factories.division(factories.OWN, "寨里镇"), factories.division(factories.NEIGHBOUR, "柳林镇")
    for code in (VILLAGE, BESIDE):
        factories.village_label(village=factories.village(code))


def signed_in(window, role, code, size):
    found = window(size)
    found.sign_in(factories.user(role, code).username, factories.PASSWORD)
    return found


def fill(page, **typed):
    for name, value in typed.items():
        field = page.locator(f"[name='{name.replace('__', '-')}']")
        field.select_option(value) if field.evaluate("field => field.tagName") == "SELECT" else field.fill(value)


def dispatch(page, site, start):
    page.goto(f"{site}/stationed/required/")
    page.get_by_role("link", name="派驻工作队").click()
    fill(page, village=VILLAGE, team="驻村工作队", start=start.isoformat())
    people = (("罗凤", "first_secretary"), ("龙真", "team_member"), ("苏强先", "specialist"))
    for place, (name, role) in enumerate(people):
        typed = {"name": name, "id_number": factories.id_number(), "role": role, "dispatch_unit": "县财政局"}
        fill(page, **{f"m__{place}__{field}": value for field, value in typed.items()})
    page.get_by_role("button", name="登记派驻").click()
    page.get_by_text("派驻 3 人").wait_for()


def rotate(page, last):
    page.get_by_role("row", name="罗凤").get_by_role("link", name="第一书记").click()
    page.get_by_role("link", name="轮换或召回").click()
    fill(page, end=last.isoformat(), s__name="陈接任", s__id_number=factories.id_number())
    page.get_by_role("button", name="办理离任").click()
    page.get_by_text("陈接任自次日起接任").wait_for()


def grade(page, site, year):
    page.goto(f"{site}/stationed/assessments/?year={year}")
    page.get_by_label("龙真的考核等次").select_option("优秀")
    page.get_by_role("button", name="保存本页等次").click()
    page.get_by_text("年度考核 1 人").wait_for()


def visit(page, site):
    page.goto(f"{site}/stationed/specialists/")
    page.get_by_role("link", name="登记服务").click()
    page.locator("[name=person]").select_option(label="苏强先（第201村）")
    fill(page, village=VILLAGE, work="茶园修剪")
    page.get_by_role("button", name="登记").click()
    page.get_by_text("服务 1 天").wait_for()


def second(page, site):
    page.goto(f"{site}/stationed/secondments/")
    page.get_by_role("link", name="登记挂职").click()
    fill(
        page,
        who__name="林挂职",
        who__id_number=factories.id_number(),
        kind="down",
        village=VILLAGE,
        home_unit="县水利局",
        host_unit="第201村",
    )
    page.get_by_role("button", name="登记挂职").click()
    page.get_by_text("到第201村挂职").wait_for()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_people_are_sent_rotated_judged_and_seconded(places, window, size):
    today = timezone.localdate()
    mine = signed_in(window, "township_clerk", factories.OWN, size)
    page = mine.page

    dispatch(page, mine.site, today - datetime.timedelta(500))
    rotate(page, today - datetime.timedelta(1))
    grade(page, mine.site, today.year - 1)
    visit(page, mine.site)
    second(page, mine.site)

    theirs = signed_in(window, "county_staff", factories.COUNTY, size)
    for address in PAGES:
        for watched in (mine, theirs):
            watched.page.goto(f"{watched.site}/stationed/{address}")
            assert watched.fits(), address
    theirs.page.goto(f"{theirs.site}/stationed/")
    theirs.page.get_by_role("link", name="陈接任").wait_for()

    beside = signed_in(window, "township_clerk", factories.NEIGHBOUR, size)
    for address in PAGES:
        beside.page.goto(f"{beside.site}/stationed/{address}")
        said = beside.page.content()
        assert not [name for name in ("陈接任", "龙真", "苏强先", "林挂职", VILLAGE) if name in said], address
    for watched in (mine, theirs, beside):
        watched.check()
