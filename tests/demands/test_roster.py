"""Tables of needs onto a survey: new ones, corrections, other townships, what a row must say."""

import datetime

import pytest

from rosters import importer
from talent.models import Demand, DemandRound
from tests import factories
from tests.rosters.handing import codes, committed, hand_in, row_of, sent_back

pytestmark = pytest.mark.django_db

HEADER = ("乡镇", "村（社区）", "单位类型", "需求单位", "需要什么人", "人才小类", "技能关键词", "需要人数", "引进方式", "需要时间起", "联系电话", "备注")  # fmt: skip
OWN, OTHER = "城关镇", "柳林镇"
HOME, FOREIGN = "990121100201", "990121101201"


@pytest.fixture
def clerk():
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, OWN)
    factories.division(factories.NEIGHBOUR, OTHER)
    factories.village(HOME, "甲山村")
    factories.village(FOREIGN, "丙田村")
    return factories.user("township_clerk", factories.OWN, name="经办人")


@pytest.fixture
def held(clerk):
    return factories.demand_round(name="2026 年度乡村人才需求调查")


def row(**fields):
    told = {
        "乡镇": OWN, "村（社区）": "甲山村", "单位类型": "村", "需要什么人": "电商运营", "人才小类": "农村电商人才", "技能关键词": "直播，摄影",
        "需要人数": 2, "引进方式": "柔性引进", "需要时间起": "2026.03", "联系电话": "13800001111",
    } | fields  # fmt: skip
    return tuple(told.get(name, "") for name in HEADER)


def send(clerk, held, *rows):
    return hand_in(clerk, "demands", HEADER, *rows, target_id=held.pk)


def write(clerk, held, *rows):
    return committed(clerk, "demands", HEADER, *rows, target_id=held.pk)


def test_a_new_need_is_kept_with_its_class_and_words(clerk, held):
    write(clerk, held, row())

    kept = Demand.objects.get()
    assert (kept.round, kept.village_id, kept.township_id, kept.asker) == (held, HOME, factories.OWN, "village")
    assert (kept.talent_class, kept.sub_class, kept.skills, kept.number) == ("industry", "e_commerce", "直播、摄影", 2)
    assert (kept.manner, kept.start, kept.phone) == ("flexible", datetime.date(2026, 3, 1), "13800001111")


def test_the_same_table_again_changes_nothing(clerk, held):
    write(clerk, held, row())

    again = send(clerk, held, row())

    assert (again.counts["unchanged"], again.writes) == (1, 0)


def test_a_correction_is_shown_and_kept(clerk, held):
    write(clerk, held, row())

    upload = write(clerk, held, row(需要人数=3, 技能关键词="直播", 联系电话="13800002222"))

    assert row_of(upload).diff == {
        "number": ["2", "3"], "skills": ["直播、摄影", "直播"], "phone": ["138****1111", "138****2222"],
    }  # fmt: skip
    assert Demand.objects.values_list("number", "skills", "phone").get() == (3, "直播", "13800002222")


def test_another_post_of_the_same_village_is_another_need(clerk, held):
    write(clerk, held, row())

    write(clerk, held, row(需要什么人="会计"))

    assert Demand.objects.count() == 2


def test_an_enterprise_without_a_village_belongs_to_its_township(clerk, held):
    write(clerk, held, row(**{"村（社区）": "", "单位类型": "企业", "需求单位": "城关镇某茶业公司"}))

    assert Demand.objects.values_list("asker", "village", "township").get() == ("enterprise", None, factories.OWN)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"单位类型": "企业"}, "missing_unit"),
        ({"村（社区）": ""}, "missing_field:village"),
        ({"需要人数": 0}, "not_whole"),
        ({"人才小类": "宇航员"}, "unknown_sub_class"),
        ({"乡镇": OTHER, "村（社区）": "丙田村"}, "outside_scope"),
        ({"乡镇": OTHER, "村（社区）": "", "单位类型": "乡镇"}, "outside_scope"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_kept_is_told(clerk, held, wrong, code):
    upload = send(clerk, held, row(**wrong))

    assert code in codes(upload)
    assert upload.writes == 0


def test_a_closed_need_is_corrected_and_said(clerk, held):
    write(clerk, held, row())
    Demand.objects.update(
        closed_on=datetime.date(2026, 11, 1), stated_on=datetime.date(2026, 3, 1), close_reason="expired"
    )

    assert "need_closed" in codes(send(clerk, held, row(需要人数=1)))


# --- the surveys themselves

SURVEYS = ("调查年度", "调查名称", "填报开始", "填报截止", "通知文号", "备注")
SURVEY = (2026, "2026 年度乡村人才需求调查", "2026.03.01", "2026.04.30", "清委组〔2026〕9号", "")


@pytest.fixture
def county(clerk):
    return factories.user("county_staff", factories.COUNTY, name="县里")


def surveys():
    return list(DemandRound.objects.order_by("pk").values_list("year", "name", "closes_on"))


def test_surveys_are_kept_come_back_unchanged_and_are_undone(county, clerk):
    upload = committed(county, "demand_rounds", SURVEYS, SURVEY, ("", "茶产业专项调查", "2026.05.01", "", "", "补充"))

    assert surveys() == [(2026, SURVEY[1], datetime.date(2026, 4, 30)), (2026, "茶产业专项调查", None)]
    assert codes(upload, 1) == {"year_assumed"}
    for who in (county, clerk):
        again = sent_back("demand_rounds", who)
        assert (again.counts["unchanged"], again.counts["error"], again.writes) == (2, 0, 0)
    changed = committed(county, "demand_rounds", SURVEYS, (*SURVEY[:3], "2026.05.15", *SURVEY[4:]))
    assert row_of(changed).diff == {"survey_closes": ["2026.04.30", "2026.05.15"]}
    importer.undo(changed, by=county)
    importer.undo(upload, by=county)
    assert surveys() == []


@pytest.mark.parametrize(
    ("place", "typed", "code"),
    [
        (0, 26, "bad_year"), (1, "名" * 101, "too_long"), (2, "2026.03", "day_wanted"), (3, "2026.02.01", "end_before_start"),
        (4, "号" * 51, "too_long"),
    ],
)  # fmt: skip
def test_surveys_that_cannot_be_are_refused(county, place, typed, code):
    upload = hand_in(county, "demand_rounds", SURVEYS, (*SURVEY[:place], typed, *SURVEY[place + 1 :]))

    assert codes(upload) == {code}
    assert upload.writes == 0


def test_a_township_opens_and_moves_no_survey(county, clerk):
    committed(county, "demand_rounds", SURVEYS, SURVEY)

    upload = hand_in(
        clerk, "demand_rounds", SURVEYS, (*SURVEY[:3], "2026.12.31", *SURVEY[4:]), (2026, "本镇调查", *SURVEY[2:])
    )

    assert [codes(upload, number) for number in range(2)] == [{"survey_of_county"}, {"survey_of_county"}]
    assert upload.writes == 0
