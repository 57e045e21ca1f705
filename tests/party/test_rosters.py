"""Meetings, projects and activities as rosters: new, changed, unchanged, refused; what is exported changes nothing."""

import datetime
import random
from decimal import Decimal

import pytest

from rosters import importer
from tests import factories
from tests.party.conftest import FOREIGN, HOME
from tests.rosters.handing import changes, codes, committed, hand_in, messages, queries, row_of, sent_back
from villages.models import CulturalActivity, MeetingRecord, VillageProject

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
