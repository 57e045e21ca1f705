"""Handing in, review, who is missing, undo: through the pages in a real browser, on a screen and on a phone."""

import os

import pytest
from django.urls import reverse

from rosters import importer
from rosters.models import Upload
from talent.models import Appointment, Person
from tests import factories
from tests.rosters import county

pytestmark = pytest.mark.browser


@pytest.fixture
def clerk(site):
    county.load()
    for name in ("赵六", "钱七"):
        factories.appointment(
            person=factories.person(name, village="350723101201"),
            village="350723101201",
            post="village_committee_member",
        )
    return county.clerk()


def look(watched, name):
    """The page fits; a picture of it where XIANGCAI_PICTURES names a folder."""
    assert watched.fits(), name
    folder = os.environ.get("XIANGCAI_PICTURES")
    if folder:
        watched.page.screenshot(path=os.path.join(folder, f"{name}.png"), full_page=True)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_hand_in_to_undo(clerk, window, size):
    importer.set_reviewed({"committee"}, ["committee"], by=county.staff())
    upload = importer.upload(by=clerk, kind="committee", filename="名册.xlsx", content=county.FIRST.read_bytes())
    mine, theirs = window(size), window(size)
    page, staff = mine.page, theirs.page
    preview = f"{mine.site}{reverse('roster_preview', args=[upload.pk])}"

    mine.sign_in(clerk.username, factories.PASSWORD)
    page.goto(preview)
    page.check("input[name=complete]")
    page.click("text=按所选重新核对")
    look(mine, f"{size}-preview")
    page.click("text=不在此次名册中")
    look(mine, f"{size}-missing-chip")
    page.click("button:has-text('提交 46 行审核')")
    page.wait_for_selector("text=等县委组织部审核")
    look(mine, f"{size}-submitted")

    theirs.sign_in(county.staff().username, factories.PASSWORD)
    staff.goto(f"{theirs.site}{reverse('roster_settings')}")
    look(theirs, f"{size}-settings")
    staff.goto(f"{theirs.site}{reverse('roster_home')}?show=submitted")
    look(theirs, f"{size}-home")
    staff.click("td.filename a")
    look(theirs, f"{size}-review")
    staff.fill("#comment", "请再核对一遍")
    staff.click("button:has-text('退回')")
    page.goto(preview)
    look(mine, f"{size}-returned")
    page.click("button:has-text('提交 46 行审核')")
    page.wait_for_selector("text=等县委组织部审核")
    staff.goto(preview)
    staff.click("button:has-text('同意入库 46 行')")
    staff.wait_for_selector("h1:has-text('已入库 46 行')")
    look(theirs, f"{size}-result")

    staff.click("text=逐人核对，办理免职")
    staff.check("tr:has-text('赵六') input[name=who]")
    staff.fill("#ending-on", "2024-05-31")
    staff.select_option("#reason", "resigned")
    look(theirs, f"{size}-missing")
    staff.click("button:has-text('给打勾的 1 人办理免职')")
    staff.wait_for_selector("h1:has-text('已办理免职 1 人')")
    look(theirs, f"{size}-ended")

    Person.objects.filter(appointments__village_id="350723101201").exclude(name__in=["赵六", "钱七"]).update(
        remarks="x"
    )
    staff.goto(f"{theirs.site}{reverse('roster_undo', args=[upload.pk])}")
    look(theirs, f"{size}-undo")
    staff.click("button:has-text('撤销这一批')")
    staff.wait_for_selector("h1:has-text('已恢复')")
    look(theirs, f"{size}-undone")

    mine.check()
    theirs.check()
    upload.refresh_from_db()
    assert upload.status == Upload.Status.UNDONE
    assert Appointment.objects.filter(end__isnull=False).count() == 1
