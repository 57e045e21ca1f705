"""A village's sheet as clerk: an empty seat with since when, relatives written down and found; the township beside cannot open it."""

import datetime
import re

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.browser
VILLAGE = "990121100201"


@pytest.fixture
def village(site):
    factories.division(factories.OWN, "寨里镇")
    place = factories.village(VILLAGE, party_seats=3, committee_seats=0)
    gone = timezone.localdate() - datetime.timedelta(40)
    for name, end in (("张建国", None), ("李秀英", None), ("王走了", gone)):
        someone = factories.person(name, village=place)
        factories.appointment(person=someone, village=place, post="party_committee_member", end=end)
    return place


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_empty_seats_and_relatives_on_the_sheet(village, window, size):
    mine = window(size)
    mine.sign_in(factories.user("township_clerk", factories.OWN).username, factories.PASSWORD)
    page = mine.page

    page.goto(f"{mine.site}/villages/vacancies/")
    assert mine.fits()
    page.get_by_role("link", name="第201村").click()
    page.locator(".two").get_by_text("起，40 天").wait_for()
    page.get_by_text("登记近亲属", exact=True).click()
    page.locator("[name=first]").select_option(label="张建国")
    page.locator("[name=second]").select_option(label="李秀英")
    page.locator("[name=relation]").select_option("spouse")
    page.get_by_role("button", name="登记", exact=True).click()
    page.locator(".two").get_by_text("请核对是否须回避").wait_for()
    assert mine.fits()
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Word").click()
    assert download.value.suggested_filename.startswith("寨里镇第201村一村一档")
    prints_as_a_sheet(page)

    beside = window(size)
    beside.sign_in(factories.user("township_clerk", factories.NEIGHBOUR).username, factories.PASSWORD)
    assert beside.page.goto(f"{beside.site}/villages/{VILLAGE}/").status == 404
    mine.check()


def prints_as_a_sheet(page):
    """On paper the official sheet stands alone, all of it on upright A4."""
    page.emulate_media(media="print")
    page.get_by_role("heading", name="寨里镇第201村一村一档").wait_for()
    assert [page.locator(name).is_visible() for name in (".bar", ".rail", ".two", ".crumbs")] == [False] * 4
    pages = re.findall(rb"/MediaBox ?\[([^]]*)\]", page.pdf(format="A4"))
    assert 1 <= len(pages) <= 2
    for edges in pages:
        left, bottom, right, top = (float(edge) for edge in edges.split())
        assert (595 <= right - left <= 597, 841 <= top - bottom <= 843) == (True, True)
    page.emulate_media(media="screen")
