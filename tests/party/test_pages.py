"""A clerk keeps the records of the own villages on the pages; others read, nobody crosses the border."""

import datetime
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import AuditEntry
from tests import factories
from tests.party.conftest import FOREIGN, HOME, ON, hold
from tests.rosters.handing import queries
from villages.models import (
    BranchSize,
    CulturalActivity,
    MeetingAttachment,
    MeetingRecord,
    PartyActivity,
    PartyBranch,
    Resolution,
    VillageProject,
)

pytestmark = pytest.mark.django_db
MEETING = {
    "kind": "general", "topic": "讨论发展党员", "held_on": "2026-11-03", "begins": "09:00", "ends": "10:30", "chair": "李书记",
    "expected": "12", "present": "10", "leave": "2", "absent": "", "absence_reason": "外出务工",
    "r-TOTAL_FORMS": "3", "r-INITIAL_FORMS": "0", "r-MIN_NUM_FORMS": "0", "r-MAX_NUM_FORMS": "50",
    "r-0-text": "同意接收张三为预备党员", "r-0-entitled": "10", "r-0-in_favour": "9", "r-0-against": "", "r-0-abstained": "1",
}  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def sheet(answer):
    return [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows()
    ]


def test_a_clerk_adds_a_branch_and_its_size(sign_in):
    factories.village(HOME)
    client = sign_in()

    made = client.post("/party/branches/new/", {"village": HOME, "name": "一支部", "start": "2020-01-01"})
    kept = PartyBranch.objects.get()
    client.post(made.url, {"do": "size", "start": "2026-01-01", "full_members": "8", "groups": "2"})

    assert (kept.village_id, kept.name) == (HOME, "一支部")
    assert BranchSize.objects.get(branch=kept).full_members == 8


def test_a_size_stated_twice_is_told(sign_in, branch):
    page = sign_in().post(
        f"/party/branches/{branch.pk}/", {"do": "size", "start": "2021-03-31", "full_members": "8", "groups": "2"}
    )

    assert page.status_code == 400
    assert "这一天的党员数已经登记过" in page.content.decode()


def test_a_branch_of_another_township_cannot_be_made(sign_in):
    factories.village(FOREIGN)

    page = sign_in().post("/party/branches/new/", {"village": FOREIGN, "name": "一支部", "start": "2020-01-01"})

    assert page.status_code == 400
    assert not PartyBranch.objects.exists()


def test_a_meeting_with_its_resolution(sign_in, branch):
    client = sign_in()

    made = client.post(f"/party/branches/{branch.pk}/meetings/new/", MEETING)

    kept, resolved = MeetingRecord.objects.get(), Resolution.objects.get()
    assert made.url == f"/party/meetings/{kept.pk}/"
    assert (kept.present, kept.leave, kept.absent) == (10, 2, 0)
    assert (resolved.meeting, resolved.in_favour, resolved.against, resolved.carried) == (kept, 9, 0, True)
    assert AuditEntry.objects.filter(model="villages.meetingrecord", verb="create").count() == 1
    assert "同意接收张三为预备党员" in client.get(made.url).content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"present": "9"}, "应到人数应等于"),
        ({"absence_reason": ""}, "请填写请假缺席原因"),
        ({"kind": "lecture"}, "请填写讲课人和党课题目"),
        ({"ends": "08:00"}, "结束时间不晚于开始时间"),
        ({"held_on": "2999-12-31"}, "日期还没有到"),
        ({"held_on": "1900-01-01"}, "这一天没有这个支部"),
        ({"held_on": ""}, "这一项还没有填"),
        ({"topic": "长" * 101}, "100"),
        ({"topic": "a\x00b"}, ""),
        ({"expected": "99999999999"}, ""),
        ({"r-0-in_favour": "10"}, "合计超过有表决权的人数"),
        ({"r-0-entitled": "13"}, "超过应到人数 12 人"),
        ({"r-0-text": ""}, "这一项还没有填"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(sign_in, branch, changed, told):
    page = sign_in().post(f"/party/branches/{branch.pk}/meetings/new/", MEETING | changed)

    assert page.status_code == 400
    assert told in page.content.decode()
    assert "李书记" in page.content.decode()
    assert not MeetingRecord.objects.exists()


def test_a_record_is_changed_and_taken_back(sign_in, branch):
    client = sign_in()
    url = client.post(f"/party/branches/{branch.pk}/meetings/new/", MEETING).url
    vote = Resolution.objects.get()
    again = MEETING | {"topic": "换届", "r-INITIAL_FORMS": "1", "r-0-id": vote.pk, "r-0-in_favour": "8"}

    client.post(url, again)
    vote.refresh_from_db()
    assert (MeetingRecord.objects.get().topic, vote.in_favour) == ("换届", 8)

    client.post(f"{url}drop/")
    assert not MeetingRecord.objects.exists()
    assert not Resolution.objects.exists()


def attached(client, meeting, name="现场.png", content=PNG):
    return client.post(
        f"/party/meetings/{meeting.pk}/attach/", {"kind": "photo", "file": SimpleUploadedFile(name, content)}
    )


def test_evidence_is_kept_encrypted_and_comes_back(sign_in, branch):
    client, meeting = sign_in(), factories.meeting(branch=branch)

    attached(client, meeting)

    kept = MeetingAttachment.objects.get()
    answer = client.get(f"/party/attachments/{kept.pk}/")
    assert (answer.content, answer["Content-Type"], answer["Cache-Control"]) == (PNG, "image/png", "no-store")
    assert "PNG" not in str(AuditEntry.objects.filter(model="villages.meetingattachment").values_list("after"))

    client.post(f"/party/meetings/{meeting.pk}/drop/")
    assert MeetingRecord.objects.filter(pk=meeting.pk).exists()
    client.post(f"/party/attachments/{kept.pk}/drop/")
    assert not MeetingAttachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("照片.png", b"<script>", "内容要与扩展名一致"),
        ("网页.html", b"<html>", "只收 PDF"),
        ("大.png", PNG + b"0" * (10 * 1024 * 1024), "10 MB 以内"),
        ("空.png", b"", "空"),
    ],
)
def test_files_of_other_kinds_are_refused(sign_in, branch, name, content, told):
    page = attached(sign_in(), factories.meeting(branch=branch), name, content)

    assert page.status_code == 400
    assert told in page.content.decode()
    assert not MeetingAttachment.objects.exists()


def test_the_matrix_and_its_workbook(sign_in, branch):
    factories.party_branch(village=factories.village(FOREIGN), name="邻乡支部")
    hold(branch, (1, 5))
    client = sign_in()

    page, rows = client.get("/party/").content.decode(), sheet(client.get("/party/?xlsx=1&kind=theme"))

    assert "邻乡支部" not in page
    assert "缺支委会" in page
    assert next(row for row in rows if row[0] == "一支部")[3:6] == [12, "1/1", "缺主题党日"]


def test_the_matrix_as_it_stood(sign_in, branch):
    hold(branch, (2, 5))

    rows = sheet(sign_in(on=datetime.date(2026, 1, 31)).get("/party/?xlsx=1&kind=theme"))

    assert next(row for row in rows if row[0] == "一支部")[4:6] == ["缺主题党日", "—"]


def test_records_and_the_list_narrow(sign_in, branch):
    hold(branch, (1, 5), kind="committee", topic="研究低保")
    hold(branch, (1, 6), topic="植树")
    client = sign_in()

    assert "研究低保" in client.get("/party/records/?kind=committee").content.decode()
    assert "植树" not in client.get("/party/records/?kind=committee").content.decode()
    assert [row[2] for row in sheet(client.get("/party/records/?xlsx=1"))[3:]] == ["植树", "研究低保"]


@pytest.mark.parametrize(
    "url", ["/party/", "/party/records/", "/party/activities/", "/projects/", "/projects/culture/", "/projects/totals/"]
)
def test_many_rows_cost_as_many_queries_as_few(sign_in, url):
    client = sign_in("county_staff")

    def fill(number):
        for _ in range(number):
            branch = factories.party_branch(village=factories.village(HOME))
            factories.branch_size(branch=branch)
            factories.resolution(meeting=factories.meeting(branch=branch, held_on=ON))
            factories.village_project(invested_on=ON)
            factories.cultural_activity(held_on=ON)
            factories.party_activity(start=ON)

    fill(2)
    few = queries(lambda: client.get(url))
    fill(12)

    assert queries(lambda: client.get(url)) == few


PROJECT = {
    "village": HOME, "name": "通村公路", "kind": "road", "source": "county", "amount_wan": "30.5", "invested_on": "2026-03-01",
    "start": "2026-04-01", "end": "",
}  # fmt: skip


def test_a_project_from_form_to_village_page(sign_in):
    factories.village(HOME)
    client = sign_in()

    client.post("/projects/new/", PROJECT)

    kept = VillageProject.objects.get()
    assert "在建" in client.get("/projects/").content.decode()
    assert "通村公路" in client.get(f"/villages/{HOME}/").content.decode()
    client.post(f"/projects/{kept.pk}/", PROJECT | {"end": "2026-10-01"})
    assert "已完工" in client.get("/projects/").content.decode()
    client.post(f"/projects/{kept.pk}/", {"do": "drop"})
    assert not VillageProject.objects.exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"amount_wan": "0"}, "投入金额应大于 0"),
        ({"start": "", "end": "2026-10-01"}, "开工日期也要填"),
        ({"amount_wan": "abc"}, ""),
        ({"village": FOREIGN}, ""),
        ({"invested_on": "昨天"}, ""),
    ],
)
def test_a_wrong_project_is_told(sign_in, changed, told):
    factories.village(HOME)
    factories.village(FOREIGN)

    page = sign_in().post("/projects/new/", PROJECT | changed)

    assert page.status_code == 400
    assert told in page.content.decode()
    assert "通村公路" in page.content.decode()


def test_a_cultural_activity(sign_in):
    factories.village(HOME)
    client = sign_in()

    client.post("/projects/culture/new/", {"village": HOME, "name": "村晚", "kind": "show", "held_on": "2026-02-10"})

    assert CulturalActivity.objects.get().name == "村晚"
    assert "村晚" in client.get("/projects/culture/").content.decode()
    assert "村晚" in client.get(f"/villages/{HOME}/").content.decode()


ACTIVITY = {"who": "李四", "kind": "pairing", "partner": "王大爷", "start": "2026-03-01", "matter": "产业帮扶"}


def test_a_pairing_stands_on_the_persons_time_line(sign_in):
    someone = factories.person("李四", village=HOME)
    client = sign_in()

    client.post("/party/activities/new/", ACTIVITY)

    assert PartyActivity.objects.get().person == someone
    assert "王大爷" in client.get(f"/people/{someone.pk}/").content.decode()
    assert "产业帮扶" in client.get(f"/villages/{HOME}/").content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"who": "赵六"}, "本辖区没有找到这个人"),
        ({"who": "王五"}, "本辖区没有找到这个人"),
        ({"partner": ""}, "请填写联系户"),
        ({"kind": "volunteer"}, "请填写服务时长"),
        ({"hours": "3"}, "其他类型不填时长"),
        ({"end": "2026-01-01"}, "结束日期早于开始日期"),
    ],
)
def test_a_wrong_activity_is_told(sign_in, changed, told):
    factories.person("李四", village=HOME)
    factories.person("王五", village=FOREIGN)

    page = sign_in().post("/party/activities/new/", ACTIVITY | changed)

    assert page.status_code == 400
    assert told in page.content.decode()
    assert "产业帮扶" in page.content.decode()


def test_a_gap_opens_what_is_missing_and_its_form(sign_in, branch):
    hold(branch, (3, 5), kind="committee", expected=5, present=2, leave=3, topic="到会不够")
    client = sign_in()

    matrix = client.get("/party/?kind=committee").content.decode()
    page = client.get(f"/party/branches/{branch.pk}/").content.decode()
    form = client.get(f"/party/branches/{branch.pk}/meetings/new/?kind=committee").content.decode()

    assert f'href="/party/branches/{branch.pk}/#month-3">缺支委会' in matrix
    assert 'id="month-3"' in page
    assert "2026-03-01 至 2026-03-31" in page
    assert "到会不够</a>（实到 2/5）" in page
    assert f"/party/branches/{branch.pk}/meetings/new/?kind=committee" in page
    assert '<option value="committee" selected>' in form


def test_who_may_not_record_sees_the_gaps_without_a_form(sign_in, branch):
    page = sign_in("leader").get(f"/party/branches/{branch.pk}/").content.decode()

    assert "3月支委会" in page
    assert "meetings/new" not in page


def test_totals_by_township_add_up_and_filters_narrow(sign_in):
    factories.village_project(
        village=factories.village(HOME), name="路", source="county", amount_wan=12, invested_on=ON, start=ON
    )
    factories.village_project(
        village=factories.village(HOME), name="水", source="donation", amount_wan=3, invested_on=ON
    )
    factories.village_project(
        village=factories.village(FOREIGN), name="塔", source="county", amount_wan=5, invested_on=ON
    )
    factories.cultural_activity(village=factories.village(HOME), held_on=ON, people=80)

    sheet = sign_in("county_staff").get("/projects/totals/").context["sheet"]
    *townships, whole = [[cell.text for cell in row] for row in sheet.rows]

    assert whole[:3] == ["合计", 3, 20.0]
    assert all(whole[place] == sum(row[place] for row in townships) for place in range(1, len(whole)))
    own = sign_in().get("/projects/totals/").context["sheet"].rows
    assert [row[2].text for row in own] == [15.0, 15.0]
    listed = sign_in("county_staff").get("/projects/", {"source": "county", "state": "在建"}).content.decode()
    assert ">路<" in listed
    assert ">水<" not in listed
    assert ">塔<" not in listed
    page = sign_in("county_staff").get(f"/villages/{HOME}/").content.decode()
    assert "到这一天 2 项资金 15 万元" in page
