"""Meetings, projects and activities as rosters: new, changed, unchanged, refused; what is exported changes nothing."""

import datetime
import random
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from rosters import importer
from tests import factories
from tests.party.conftest import FOREIGN, HOME
from tests.rosters.handing import changes, codes, committed, hand_in, messages, queries, row_of, sent_back
from villages.models import (
    BranchSize,
    CulturalActivity,
    MeetingRecord,
    PartyActivity,
    PartyBranch,
    Resolution,
    VillageProject,
)

pytestmark = pytest.mark.django_db
MEETING = (
    "村",
    "支部名称",
    "会议类型",
    "会议主题",
    "会议日期",
    "主持人",
    "应到人数",
    "实到人数",
    "请假人数",
    "请假缺席原因",
    "讲课人",
    "党课题目",
)
ROW = ("甲村", "", "主题党日", "植树", "2026.3.12", "李书记", 12, 10, 2, "外出务工", "", "")
PROJECT = ("村", "项目名称", "项目类别", "资金来源", "投入金额（万元）", "资金到位日期", "开工日期", "完工日期")
ROAD = ("甲村", "通村路", "道路", "县级财政", 30.5, "2026.3.12", "2026.4", "")
SHOW = ("村", "文化活动名称", "文化活动类别", "举办日期", "参与人数")


@pytest.fixture
def clerk():
    factories.party_branch(village=factories.village(HOME, "甲村"), name="甲村党支部")
    factories.party_branch(village=factories.village(FOREIGN, "丙村"), name="丙村党支部")
    return factories.user("township_clerk", factories.OWN)


def changed(row, **fields):
    return tuple(fields.get(name, value) for name, value in zip(MEETING, row, strict=True))


def test_a_column_that_new_meetings_want_is_named_above_the_rows(clerk, client):
    columns = [place for place, name in enumerate(MEETING) if name != "主持人"]
    header, row = (tuple(line[place] for place in columns) for line in (MEETING, ROW))
    upload = hand_in(clerk, "party_meetings", header, row)
    client.force_login(clerk)

    text = client.get(reverse("roster_preview", args=[upload.pk])).content.decode()

    assert "表里没有“主持人”这一列，1 行因此不能入库" in text
    assert "主持人：主持人" not in text


def test_a_meeting_is_kept_in_the_only_branch(clerk):
    committed(clerk, "party_meetings", MEETING, ROW)

    kept = MeetingRecord.objects.get()
    assert (kept.branch.name, kept.kind, kept.held_on) == ("甲村党支部", "theme", datetime.date(2026, 3, 12))
    assert (kept.expected, kept.present, kept.leave, kept.absent) == (12, 10, 2, 0)


def test_the_same_meeting_again_is_a_correction(clerk):
    committed(clerk, "party_meetings", MEETING, ROW)

    again = hand_in(clerk, "party_meetings", MEETING, ROW)
    corrected = committed(clerk, "party_meetings", MEETING, changed(ROW, 主持人="王书记"))

    assert row_of(again).change == "unchanged"
    assert (row_of(corrected).change, row_of(corrected).diff) == ("changed", {"chair": ["李书记", "王书记"]})
    assert MeetingRecord.objects.get().chair == "王书记"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"支部名称": "二支部"}, "unknown_branch"),
        ({"村": "丙村"}, "outside_scope"),
        ({"实到人数": 9}, "record_unlikely"),
        ({"请假缺席原因": ""}, "record_unlikely"),
        ({"会议类型": "党课"}, "record_unlikely"),
        ({"会议日期": "2020.3.12"}, "record_unlikely"),
        ({"会议日期": "2026.3"}, "day_wanted"),
        ({"会议类型": "茶话会"}, "unknown_meeting_kind"),
        ({"主持人": ""}, "missing_field:chair"),
        ({"应到人数": 11.5}, "not_whole"),
        ({"应到人数": 9999999999}, "too_large"),
        ({"会议主题": "长" * 101}, "too_long"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_cell(clerk, fields, code):
    upload = hand_in(clerk, "party_meetings", MEETING, changed(ROW, **fields))

    assert code in codes(upload), messages(upload)
    assert not MeetingRecord.objects.exists()


def test_twice_in_one_file_is_told(clerk):
    upload = hand_in(clerk, "party_meetings", MEETING, ROW, ROW)

    assert "duplicate_in_file" in codes(upload, 1)


def test_a_batch_is_taken_back(clerk):
    upload = committed(clerk, "party_meetings", MEETING, ROW)

    importer.undo(upload, by=clerk)

    assert not MeetingRecord.objects.exists()


def fill(drawn):
    texts = ("学习讨论", "两  个空格", "=1+1", "一行\n 二行", "无", "全\u3000角", "@某某")
    kinds = ("theme", "committee", "general", "lecture", "life")
    branch = factories.party_branch(village=factories.village(HOME), name="二支部")
    for number in range(20):
        kind, day = drawn.choice(kinds), datetime.date(2026, drawn.randint(1, 10), drawn.randint(1, 28))
        about = {"lecturer": "张三", "lecture_title": "党史"} if kind == "lecture" else {}
        factories.meeting(
            branch=branch, kind=kind, held_on=day, topic=f"主题{number}", content=drawn.choice(texts), agenda=drawn.choice(texts),
            observers=drawn.choice(texts), **about,
        )  # fmt: skip
        factories.village_project(
            village=factories.village(HOME), amount_wan=Decimal(drawn.randrange(1, 10**6)) / 10000, invested_on=day,
            start=drawn.choice((None, day)), remarks=drawn.choice(texts), kind=drawn.choice(VillageProject.Kind.values),
        )  # fmt: skip
        factories.cultural_activity(
            village=factories.village(HOME), held_on=day, people=drawn.choice((None, 0, 120)), organiser=drawn.choice(texts),
            amount_wan=drawn.choice((None, Decimal("0.5"))),
        )  # fmt: skip


@pytest.mark.parametrize("kind", ["party_meetings", "village_projects", "culture"])
@pytest.mark.parametrize("seed", range(2))
def test_an_export_comes_back_unchanged(clerk, kind, seed):
    fill(random.Random(seed))
    before = changes()

    again = sent_back(kind, clerk)

    assert [(row.change, row.diff, row.problems) for row in again.rows.all() if row.change != "unchanged"] == []
    assert again.rows_total == 20
    assert changes() == before


def test_a_project_and_its_end(clerk):
    committed(clerk, "village_projects", PROJECT, ROAD)
    committed(clerk, "village_projects", PROJECT, (*ROAD[:-1], "2026.10.8"))

    kept = VillageProject.objects.get()
    assert (kept.kind, kept.amount_wan, kept.start) == ("road", Decimal("30.5"), datetime.date(2026, 4, 1))
    assert kept.end == datetime.date(2026, 10, 8)


def test_a_project_without_money_or_beginning_is_refused(clerk):
    upload = hand_in(
        clerk,
        "village_projects",
        PROJECT,
        (*ROAD[:4], 0, *ROAD[5:]),
        ("甲村", "供水", "水利", "自筹", 3, "2026.3.1", "", "2026.4"),
    )

    assert [codes(upload, number) for number in range(2)] == [{"record_unlikely"}, {"record_unlikely"}]


def test_an_activity(clerk):
    committed(clerk, "culture", SHOW, ("甲村", "村晚", "演出", "2026.2.10", 300))

    assert CulturalActivity.objects.get().people == 300


def test_many_rows_cost_as_many_queries_as_few(clerk):
    rows = [changed(ROW, 会议主题=f"主题{number}") for number in range(30)]

    few = queries(lambda: hand_in(clerk, "party_meetings", MEETING, *rows[:2]))

    assert queries(lambda: hand_in(clerk, "party_meetings", MEETING, *rows)) == few


VOTE = ("村", "支部名称", "会议类型", "会议日期", "会议主题", "决议内容", "有表决权人数", "赞成票", "反对票", "弃权票")
PASSED = ("甲村", "", "主题党日", "2026.3.12", "植树", "同意修路", 10, 9, 0, 1)


def voted(**fields):
    return tuple(fields.get(name, value) for name, value in zip(VOTE, PASSED, strict=True))


def test_a_resolution_belongs_to_its_meeting(clerk):
    committed(clerk, "party_meetings", MEETING, ROW)
    committed(clerk, "party_resolutions", VOTE, PASSED, voted(决议内容="同意植树"))
    corrected = committed(clerk, "party_resolutions", VOTE, voted(赞成票=8, 反对票=1))

    kept = Resolution.objects.get(text="同意修路")
    assert (kept.meeting, kept.in_favour, kept.against, kept.abstained) == (MeetingRecord.objects.get(), 8, 1, 1)
    assert row_of(corrected).diff == {"in_favour": ["9", "8"], "against": ["0", "1"]}
    assert Resolution.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"会议主题": "种树"}, "unknown_meeting"),
        ({"会议日期": "2026.3.13"}, "unknown_meeting"),
        ({"村": "丙村"}, "outside_scope"),
        ({"赞成票": 10}, "record_unlikely"),
        ({"有表决权人数": 13}, "record_unlikely"),
        ({"有表决权人数": ""}, "missing_field:entitled"),
        ({"赞成票": -1}, "negative"),
        ({"决议内容": "长" * 301}, "too_long"),
    ],
)
def test_a_resolution_that_cannot_be_is_told(clerk, fields, code):
    committed(clerk, "party_meetings", MEETING, ROW)

    upload = hand_in(clerk, "party_resolutions", VOTE, voted(**fields))

    assert code in codes(upload), messages(upload)
    assert not Resolution.objects.exists()


def test_a_meeting_that_was_not_yet_held_is_refused(clerk):
    upload = hand_in(clerk, "party_meetings", MEETING, changed(ROW, 会议日期=f"{timezone.localdate().year + 1}.1.5"))

    assert "日期还没有到，开过以后再登记" in messages(upload)


def test_a_topic_with_blanks_finds_its_meeting(clerk):
    branch = factories.party_branch(village=factories.village(HOME), name="乙支部")
    factories.resolution(
        meeting=factories.meeting(branch=branch, topic="学习  讨论", held_on=datetime.date(2026, 3, 1))
    )

    for kind in ("party_meetings", "party_resolutions"):
        assert sent_back(kind, clerk).rows.get().change == "unchanged"


SIZE = ("村", "支部名称", "支部成立日期", "正式党员数", "党小组数", "党员数日期")
SECOND = ("甲村", "二支部", "2020.7.1", 8, 2, "2026.1.1")


def sized(**fields):
    return tuple(fields.get(name, value) for name, value in zip(SIZE, SECOND, strict=True))


def test_a_branch_with_its_size(clerk):
    upload = committed(clerk, "party_branches", SIZE, SECOND)

    kept = PartyBranch.objects.get(name="二支部")
    size = BranchSize.objects.get(branch=kept)
    assert (kept.start, size.start) == (datetime.date(2020, 7, 1), datetime.date(2026, 1, 1))
    assert (size.full_members, size.groups) == (8, 2)
    assert row_of(hand_in(clerk, "party_branches", SIZE, SECOND)).change == "unchanged"
    importer.undo(upload, by=clerk)
    assert not PartyBranch.objects.filter(name="二支部").exists()


def test_a_new_number_holds_from_its_day_and_the_old_one_stays(clerk):
    committed(clerk, "party_branches", SIZE, SECOND)
    committed(clerk, "party_branches", SIZE, sized(正式党员数=6, 党员数日期="2026.6.1"))
    committed(clerk, "party_branches", SIZE, sized(正式党员数=5, 党员数日期="2026.6.1"))

    assert list(BranchSize.objects.order_by("start").values_list("start", "full_members")) == [
        (datetime.date(2026, 1, 1), 8),
        (datetime.date(2026, 6, 1), 5),
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"支部成立日期": ""}, "missing_field:founded"),
        ({"正式党员数": ""}, "missing_field:full_members"),
        ({"党小组数": 9}, "record_unlikely"),
        ({"党员数日期": "2020.6.30"}, "record_unlikely"),
        ({"支部成立日期": "2020.7"}, "day_wanted"),
        ({"支部名称": "长" * 61}, "too_long"),
        ({"正式党员数": 7.5}, "not_whole"),
        ({"正式党员数": 9999999999}, "too_large"),
        ({"村": "丙村"}, "outside_scope"),
    ],
)
def test_a_branch_that_cannot_be_is_told(clerk, fields, code):
    upload = hand_in(clerk, "party_branches", SIZE, sized(**fields))

    assert code in codes(upload), messages(upload)
    assert not PartyBranch.objects.filter(village=HOME).exclude(name="甲村党支部").exists()


DONE = ("村", "姓名", "服务类型", "联系户", "联系日期", "服务时长", "联系事项", "办理情况", "办结日期")
VISIT = ("甲村", "李四", "走访", "王大爷", "2026.3.1", "", "申请医保", "已办好", "2026.3.9")


def done(**fields):
    return tuple(fields.get(name, value) for name, value in zip(DONE, VISIT, strict=True))


def test_what_a_member_did_is_kept_of_the_only_one_of_that_name(clerk):
    member = factories.person("李四", village=HOME)
    committed(clerk, "party_activities", DONE, VISIT, done(服务类型="志愿服务", 联系户="", 服务时长=6.5, 办结日期=""))

    visit, service = PartyActivity.objects.order_by("kind")
    assert (visit.person, visit.village_id, visit.partner) == (member, HOME, "王大爷")
    assert (visit.handled_on, service.hours) == (datetime.date(2026, 3, 9), Decimal("6.5"))
    assert row_of(hand_in(clerk, "party_activities", DONE, VISIT)).change == "unchanged"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"姓名": "赵六"}, "not_on_file"),
        ({"姓名": "王五"}, "not_on_file"),
        ({"村": "丙村", "姓名": "王五"}, "outside_scope"),
        ({"姓名": "双生"}, "several_of_that_name"),
        ({"联系户": ""}, "record_unlikely"),
        ({"服务类型": "志愿服务"}, "record_unlikely"),
        ({"服务时长": 3}, "record_unlikely"),
        ({"办结日期": "2026.2.1"}, "record_unlikely"),
        ({"联系日期": "2026.3"}, "day_wanted"),
        ({"服务类型": "喝茶"}, "unknown_service_kind"),
        ({"联系事项": "长" * 201}, "too_long"),
    ],
)
def test_what_a_member_did_that_cannot_be_is_told(clerk, fields, code):
    for name, village in (("李四", HOME), ("王五", FOREIGN), ("双生", HOME), ("双生", HOME)):
        factories.person(name, village=village)

    upload = hand_in(clerk, "party_activities", DONE, done(**fields))

    assert code in codes(upload), messages(upload)
    assert not PartyActivity.objects.exists()


def test_a_person_of_another_township_is_not_told_of(clerk):
    away = factories.person("王五", village=FOREIGN)
    upload = hand_in(clerk, "party_activities", (*DONE, "身份证号"), (*done(姓名="王五"), away.id_number))

    assert "held_elsewhere" in codes(upload)
    assert "王五" not in str(messages(upload))


@pytest.mark.parametrize(
    ("kind", "header", "row"),
    [("party_resolutions", VOTE, voted), ("party_branches", SIZE, sized), ("party_activities", DONE, done)],
)
def test_many_rows_of_the_others_cost_as_many_queries_as_few(clerk, kind, header, row):
    factories.person("李四", village=HOME)
    committed(clerk, "party_meetings", MEETING, ROW)
    name = {"party_resolutions": "决议内容", "party_branches": "支部名称", "party_activities": "联系户"}[kind]
    rows = [row(**{name: f"第{number}"}) for number in range(30)]

    few = queries(lambda: committed(clerk, kind, header, *rows[:2]))

    assert queries(lambda: committed(clerk, kind, header, *rows)) == few


@pytest.mark.parametrize("kind", ["party_resolutions", "party_branches", "party_activities"])
def test_the_others_come_back_unchanged(clerk, kind):
    member = factories.person("李四", village=HOME)
    for number in range(12):
        branch = factories.party_branch(village=factories.village(HOME), name=f"支部  {number}")
        factories.branch_size(branch=branch, groups=number % 3)
        factories.resolution(
            meeting=factories.meeting(branch=branch, held_on=datetime.date(2026, 3, 1 + number)),
            text=f"决议\n {number}",
        )
        factories.party_activity(
            person=member, village=factories.village(HOME), start=datetime.date(2026, 3, 1 + number), partner="=1+1",
            handling=("", "一行\n 二行")[number % 2], matter="两  个空格",
        )  # fmt: skip
    before = changes()

    again = sent_back(kind, clerk)

    assert [(row.change, row.diff, row.problems) for row in again.rows.all() if row.change != "unchanged"] == []
    assert again.rows_total >= 12
    assert changes() == before
