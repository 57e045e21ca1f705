"""A whole mid-term review: the county begins it, the township fills in a sheet, the county decides, somebody goes."""

import pytest

from talent.models import Appointment, PersonReview, ReviewRound, TeamReview
from tests import factories
from tests.browser.test_accessibility import findings

pytestmark = pytest.mark.browser
VILLAGE, NEXT = "990121100201", "990121101201"


@pytest.fixture
def teams(site):
    """A village of two townships each, with a secretary who has a deputy-in-waiting."""
    for code in (VILLAGE, NEXT):
        place = factories.village(code, name=f"{'石桥' if code == VILLAGE else '柳溪'}村")
        secretary = factories.person("陈书记", village=place, political_status="party_member")
        factories.appointment(person=secretary, village=place, post="party_secretary")
        heir = factories.person("林后备", village=place, political_status="party_member")
        factories.reserve(person=heir, village=place, target="secretary")


def signed_in(window, role, code, size):
    found = window(size)
    found.sign_in(factories.user(role, code).username, factories.PASSWORD)
    return found


def fill_in(page, row):
    page.select_option("#id_team-team_class", "差")
    page.get_by_label("班子软弱涣散").check()
    for name, count in (
        ("issued", 40),
        ("returned", 38),
        ("valid", 37),
        ("satisfied", 12),
        ("fair", 8),
        ("dissatisfied", 17),
    ):
        page.fill(f"#id_team-{name}", str(count))
    page.fill("#id_team-plan", "包村整顿，三个月内配齐班子。")
    page.select_option(f"#id_person{row.pk}-grade", "不称职")
    page.select_option(f"#id_person{row.pk}-proposal", "adjust")
    page.select_option(f"#id_person{row.pk}-reason", "长期不在岗")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_review_from_beginning_to_end(teams, window, size):
    theirs = signed_in(window, "county_staff", factories.COUNTY, size)
    page = theirs.page
    page.goto(f"{theirs.site}/reviews/new/")
    page.fill("input[name=closes]", "2099-12-31")
    assert (theirs.fits(), findings(page)) == (True, [])
    page.get_by_role("button", name="发起，备好各村研判表").click()
    page.get_by_text("2 个村的研判表").wait_for()
    assert (theirs.fits(), findings(page)) == (True, [])
    held = ReviewRound.objects.get()
    row = PersonReview.objects.get(team__village_id=VILLAGE)

    mine = signed_in(window, "township_clerk", factories.OWN, size)
    page = mine.page
    page.goto(f"{mine.site}/reviews/{held.pk}/")
    assert page.get_by_text("柳溪村").count() == 0
    page.get_by_role("link", name="石桥村").click()
    fill_in(page, row)
    assert (mine.fits(), findings(page)) == (True, [])
    page.get_by_role("button", name="填好，报县里").click()
    page.get_by_text("已报县里审定").wait_for()
    assert page.get_by_role("button", name="保存").count() == 0

    page = theirs.page
    page.goto(f"{theirs.site}/reviews/village/{row.team_id}/")
    page.fill("textarea[name=county_opinion]", "同意调整。")
    page.get_by_role("button", name="保存并审定").click()
    page.get_by_text("已审定，研判表不再改动").wait_for()
    page.get_by_role("link", name="办理").click()
    page.fill("#id_on", "2024-06-30")
    page.fill("input[name=document_no]", "清委组〔2024〕9号")
    page.select_option("select[name=successor]", label="林后备（书记后备）")
    assert (theirs.fits(), findings(page)) == (True, [])
    page.get_by_role("button", name="办理免职").click()
    page.get_by_text("林后备次日接任").wait_for()
    assert (theirs.fits(), findings(page)) == (True, [])

    page.goto(f"{theirs.site}/reviews/{held.pk}/summary/")
    page.get_by_role("heading", name="调整了谁、为什么（1 名）").wait_for()
    assert (theirs.fits(), findings(page)) == (True, [])
    with page.expect_download() as download:
        page.get_by_role("link", name="情况报告 Word").click()
    assert download.value.suggested_filename.endswith("情况报告.docx")
    assert Appointment.objects.get(person__name="林后备", village_id=VILLAGE).post == "party_secretary"
    for watched in (mine, theirs):
        watched.check()


def test_a_clerk_of_another_township_sees_nothing_of_it(teams, window):
    held = factories.review_round()
    sheet = factories.team_review(round=held, village=VILLAGE)
    other = signed_in(window, "township_clerk", factories.NEIGHBOUR, "desk")

    other.page.goto(f"{other.site}/reviews/{held.pk}/")
    assert other.page.get_by_text("石桥村").count() == 0
    assert other.page.goto(f"{other.site}/reviews/village/{sheet.pk}/").status == 404
    assert TeamReview.objects.count() == 1
