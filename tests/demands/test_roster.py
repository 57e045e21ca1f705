"""Tables of needs onto a survey: new ones, corrections, other townships, what a row must say."""

import datetime

import pytest

from talent.models import Demand
from tests import factories
from tests.rosters.handing import codes, committed, hand_in, row_of

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
