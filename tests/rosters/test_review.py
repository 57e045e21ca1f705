"""Handing in: the clerk's choices, and the county's review of what a township hands in."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.models import AuditEntry
from rosters import importer
from rosters.models import RosterSetting, Upload
from talent.models import Appointment, Person
from tests import factories
from tests.rosters import county
from tests.rosters.clerks import HEADER, committed, page, press, press_as_shown, sent
from tests.rosters.workbooks import xlsx

pytestmark = pytest.mark.django_db


def row(name="张三", posts="村委委员", number=None):
    return ("茶富村", name, number or factories.id_number(), "大专", posts, "2021.03", "13900001111")


@pytest.fixture
def guangze(db):
    county.load()


@pytest.fixture
def clerk(guangze, client):
    user = county.clerk()
    client.force_login(user)
    return user


@pytest.fixture
def reviewed(guangze):
    """The county wants to review committee rosters."""
    importer.set_reviewed({"committee"}, ["committee"], by=county.staff())


@pytest.fixture
def waiting(reviewed, clerk, client):
    """A roster with two good rows and a bad one, handed in; the county's staff are signed in."""
    upload = sent(client, row("张三"), row("李四"), row("王五", "护林员"))
    press_as_shown(client, "roster_preview", "roster_confirm", upload)
    upload.refresh_from_db()
    client.force_login(county.staff())
    return upload


def decide(client, upload, decision="approve", **fields):
    return press_as_shown(client, "roster_preview", "roster_review", upload, decision=decision, **fields)


def status(upload):
    upload.refresh_from_db()
    return upload.status


def test_home_says_what_waits_for_the_user(waiting, client):
    assert "等您审核" in client.get(reverse("home")).content.decode()

    decide(client, waiting, "return", comment="王五的职务请核对")

    assert "等您审核" not in client.get(reverse("home")).content.decode()
    client.force_login(county.clerk())
    assert "县里退回的名册有" in client.get(reverse("home")).content.decode()


def test_all_or_nothing_writes_nothing_while_a_row_is_wrong(clerk, client):
    upload = sent(client, row("张三"), row("李四", "护林员"))

    answer = press_as_shown(client, "roster_preview", "roster_confirm", upload, rows="all")

    assert answer["Location"] == reverse("roster_preview", args=[upload.pk])
    text = page(client, "roster_preview", upload)
    assert "还有 " in text
    assert "1 行有问题</a>。没有写入任何内容" in text
    assert not Person.objects.exists()
    assert status(upload) == "read"


def test_all_or_nothing_writes_all_when_nothing_is_wrong(clerk, client):
    upload = sent(client, row("张三"), row("李四"))

    press_as_shown(client, "roster_preview", "roster_confirm", upload, rows="all")

    assert Person.objects.count() == 2


def test_who_changes_the_mind_gets_the_good_rows_in(clerk, client):
    upload = sent(client, row("张三"), row("李四", "护林员"))
    press_as_shown(client, "roster_preview", "roster_confirm", upload, rows="all")

    press(client, "roster_choose", upload, rows="good")
    assert "入库 1 行，1 行有问题暂不入库" in page(client, "roster_preview", upload)
    press_as_shown(client, "roster_preview", "roster_confirm", upload, rows="good")

    assert Person.objects.count() == 1


def test_the_same_file_again_says_when_it_came_in(clerk, client):
    content = xlsx([list(HEADER), list(row("张三"))])
    first = committed(client, content=content)

    again = sent(client, content=content, name="改名.xlsx")

    text = page(client, "roster_preview", again)
    assert "这份文件已于" in text
    assert f"第 {first.pk} 批</a>），现在再入库有 0 处变更" in text


def test_a_file_that_only_the_neighbour_handed_in_is_new(clerk, client):
    content = xlsx([list(HEADER), list(row("张三"))])
    client.force_login(county.clerk("350723102"))
    committed(client, content=content)
    client.force_login(clerk)

    assert "这份文件已于" not in page(client, "roster_preview", sent(client, content=content))


def test_a_preview_that_somebody_renewed_meanwhile_is_shown_first(clerk, client):
    someone = factories.person("张三", village="350723101201")
    upload = sent(client, row("张三丰", number=someone.id_number))
    shown = re.search(r'name="shown" value="(\w+)"', page(client, "roster_preview", upload))[1]
    Person.objects.update(name="张叁")
    press(client, "roster_confirm", upload)

    answer = press(client, "roster_confirm", upload, shown=shown)

    assert answer["Location"].endswith("?renewed=1")
    assert not Appointment.objects.exists()


def test_where_review_is_on_the_button_says_so(reviewed, clerk, client):
    upload = sent(client, row("张三"), row("李四"), row("王五", "护林员"))

    assert "提交 2 行审核，1 行有问题稍后改" in page(client, "roster_preview", upload)


def test_handing_in_writes_nothing_and_freezes_the_batch(waiting, client):
    assert (waiting.status, waiting.submitted_by) == ("submitted", county.clerk())
    assert not Person.objects.exists()
    client.force_login(county.clerk())

    text = page(client, "roster_preview", waiting)
    press(client, "roster_drop", waiting)
    press(client, "roster_choose", waiting, rows="all", complete="on")

    assert "等县委组织部审核" in text
    assert 'class="btn main"' not in text
    assert status(waiting) == "submitted"
    assert not waiting.all_or_nothing


def test_a_second_press_hands_in_once(waiting, client):
    client.force_login(county.clerk())

    answer = press(client, "roster_confirm", waiting)

    assert answer["Location"] == reverse("roster_preview", args=[waiting.pk])
    assert AuditEntry.objects.filter(verb="submit").count() == 1


def test_the_county_finds_what_waits(waiting, client):
    text = client.get(reverse("roster_home")).content.decode()
    assert "待审核 <b>1</b>" in text

    assert "名册.xlsx" in client.get(reverse("roster_home"), {"show": "submitted"}).content.decode()
    assert "没有被退回的名册" in client.get(reverse("roster_home"), {"show": "returned"}).content.decode()


def test_approved_is_what_was_shown(waiting, client):
    assert "同意入库 2 行" in page(client, "roster_preview", waiting)

    answer = decide(client, waiting, comment="同意")

    assert answer["Location"] == reverse("roster_result", args=[waiting.pk])
    assert status(waiting) == "committed"
    assert (waiting.reviewed_by, waiting.committed_by, waiting.review_comment) == (
        county.staff(),
        county.staff(),
        "同意",
    )
    assert Person.objects.count() == 2
    text = page(client, "roster_result", waiting)
    assert "同意：同意" in text


def test_a_second_approval_finds_the_first_result(waiting, client):
    decide(client, waiting)

    answer = press(client, "roster_review", waiting, decision="approve")

    assert answer["Location"] == reverse("roster_result", args=[waiting.pk])
    assert AuditEntry.objects.filter(verb="import").count() == 1


def test_data_changed_under_the_review_is_shown_and_not_approved(reviewed, clerk, client):
    someone = factories.person("张三", village="350723101201")
    upload = sent(client, row("张三丰", number=someone.id_number))
    press(client, "roster_confirm", upload)
    client.force_login(county.staff())
    Person.objects.update(name="张叁")

    answer = decide(client, upload)

    assert answer["Location"].endswith("?renewed=1")
    assert "有了变化" in client.get(answer["Location"]).content.decode()
    assert status(upload) == "submitted"
    assert Person.objects.get().name == "张叁"
    decide(client, upload)
    assert status(upload) == "committed"


def test_an_old_page_does_not_approve_what_was_handed_in_again(waiting, client):
    keys = dict(re.findall(r'name="(shown|submitted_at)" value="([^"]+)"', page(client, "roster_preview", waiting)))
    decide(client, waiting, "return", comment="请核对")
    client.force_login(county.clerk())
    press(client, "roster_confirm", waiting)
    client.force_login(county.staff())

    press(client, "roster_review", waiting, decision="approve", **keys)

    assert status(waiting) == "submitted"


@pytest.mark.parametrize("left_out", ["shown", "submitted_at"])
def test_an_approval_must_say_what_was_shown(waiting, client, left_out):
    keys = dict(re.findall(r'name="(shown|submitted_at)" value="([^"]+)"', page(client, "roster_preview", waiting)))
    del keys[left_out]

    press(client, "roster_review", waiting, decision="approve", **keys)

    assert status(waiting) == "submitted"


def test_sending_back_needs_a_reason(waiting, client):
    decide(client, waiting, "return", comment=" ")

    assert status(waiting) == "submitted"
    assert "退回要写明原因" in page(client, "roster_preview", waiting)


def test_a_returned_batch_tells_why_and_is_handed_in_again(waiting, client):
    decide(client, waiting, "return", comment="王五的职务请核对，电话 13912345678")
    client.force_login(county.clerk())

    text = page(client, "roster_preview", waiting)
    assert "退回：王五的职务请核对，电话 139****5678" in text
    assert "提交 2 行审核" in text
    press_as_shown(client, "roster_preview", "roster_confirm", waiting)

    assert status(waiting) == "submitted"
    assert waiting.reviewed_by is None
    client.force_login(county.staff())
    assert "上次退回的原因：王五的职务请核对" in page(client, "roster_preview", waiting)
    decide(client, waiting)
    assert Person.objects.count() == 2
    waiting.refresh_from_db()
    assert waiting.review_comment == ""


def test_the_county_is_not_offered_to_hand_in_what_it_sent_back(waiting, client):
    decide(client, waiting, "return", comment="请核对")

    text = page(client, "roster_preview", waiting)
    assert "由乡镇改正后再提交" in text
    for button in ("提交 2 行审核", "作废", "按所选重新核对", "换一份文件"):
        assert button not in text
    press(client, "roster_confirm", waiting)

    assert status(waiting) == "returned"
    assert "已退回给乡镇，由乡镇改正后再提交。" in page(client, "roster_preview", waiting)


def test_the_county_changes_nothing_in_what_it_sent_back(waiting, client):
    decide(client, waiting, "return", comment="请核对")
    before = list(waiting.rows.values("order", "outcome", "corrections", "values"))

    text = page(client, "roster_preview", waiting)
    told = client.post(reverse("roster_correct", args=[waiting.pk, 2]), {"cell-posts": "村委委员"})
    client.post(
        reverse("roster_words", args=[waiting.pk]), {"field": "posts", "word": "护林员", "value": "village_member"}
    )
    client.post(reverse("roster_kind", args=[waiting.pk]), {"kind": "reserve"})
    client.post(reverse("roster_choose", args=[waiting.pk]), {"rows": "all", "complete": "on"})
    client.post(reverse("roster_drop", args=[waiting.pk]))

    for offered in ("双击格子", "改这一格", "改列的对应", "按此重新核对"):
        assert offered not in text
    assert told.status_code == 302
    assert status(waiting) == "returned"
    assert (waiting.kind, waiting.complete, waiting.all_or_nothing) == ("committee", False, False)
    assert list(waiting.rows.values("order", "outcome", "corrections", "values")) == before
    assert "已退回给乡镇，由乡镇改正后再提交。" in page(client, "roster_preview", waiting)


def test_a_returned_batch_may_be_put_away(waiting, client):
    decide(client, waiting, "return", comment="重做")
    client.force_login(county.clerk())

    press(client, "roster_drop", waiting)

    assert status(waiting) == "dropped"


def test_who_handed_in_cannot_approve(reviewed, clerk, client):
    upload = sent(client, row("张三"))
    client.force_login(county.staff())
    press_as_shown(client, "roster_preview", "roster_confirm", upload)

    text = page(client, "roster_preview", upload)
    decide(client, upload)

    assert "须由另一位工作人员审核" in text
    assert "同意入库" not in text
    assert status(upload) == "submitted"
    client.force_login(county.user("another_staff"))
    decide(client, upload)
    assert status(upload) == "committed"


def test_the_database_refuses_ones_own_review(waiting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=waiting.pk).update(reviewed_by=waiting.submitted_by)


def test_the_countys_own_roster_needs_no_review(reviewed, client):
    client.force_login(county.staff())
    upload = sent(client, row("张三"))

    press_as_shown(client, "roster_preview", "roster_confirm", upload)

    assert status(upload) == "committed"


def test_a_clerk_cannot_review(waiting, client):
    client.force_login(county.user("second_clerk", county.TOWNSHIP, "township_clerk"))

    assert press(client, "roster_review", waiting, decision="approve").status_code == 403
    assert status(waiting) == "submitted"


def test_a_neighbour_or_another_county_finds_nothing_to_review(waiting, client):
    for code, role in (("350723102", "township_clerk"), ("350722", "county_staff")):
        client.force_login(county.user(f"at_{code}", code, role))
        assert press(client, "roster_review", waiting, decision="approve").status_code == 404
    assert status(waiting) == "submitted"


@pytest.mark.parametrize("role", ["leader", "auditor", "system_admin"])
def test_other_roles_may_not_review_nor_set(waiting, client, role):
    client.force_login(county.user(role, role=role))

    assert press(client, "roster_review", waiting, decision="approve").status_code == 403
    assert client.post(reverse("roster_settings"), {"review": []}).status_code == 403
    assert RosterSetting.objects.get().needs_review


def test_what_the_county_approved_the_township_does_not_undo(waiting, client):
    decide(client, waiting)
    client.force_login(county.clerk())

    press(client, "roster_undo", waiting)

    assert "要撤销请联系县委组织部" in page(client, "roster_result", waiting)
    assert status(waiting) == "committed"


def test_the_setting_is_kept_per_county_and_logged(guangze, client):
    client.force_login(county.staff())

    client.post(reverse("roster_settings"), {"review": ["committee"]})
    text = client.get(reverse("roster_settings")).content.decode()

    kept = RosterSetting.objects.get(kind="committee")
    assert (kept.division_id, kept.needs_review) == (county.COUNTY, True)
    assert 'value="committee" checked' in text
    assert AuditEntry.objects.get(model="rosters.rostersetting").after == {"needs_review": True}
    client.post(reverse("roster_settings"))
    kept.refresh_from_db()
    assert not kept.needs_review


def test_another_countys_setting_does_not_count(guangze, clerk, client):
    factories.division("350722")
    RosterSetting.objects.create(division_id="350722", kind="committee", needs_review=True)
    upload = sent(client, row("张三"))

    press_as_shown(client, "roster_preview", "roster_confirm", upload)

    assert status(upload) == "committed"


def test_a_clerk_does_not_open_the_settings(clerk, client):
    assert client.get(reverse("roster_settings")).status_code == 403
    assert "名册设置" not in client.get(reverse("roster_home")).content.decode()


def test_an_upload_waiting_when_its_day_comes_is_put_away(waiting):
    importer.purge(waiting.expires_at.replace(year=waiting.expires_at.year + 1))

    assert status(waiting) == "dropped"
