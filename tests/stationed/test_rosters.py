"""Rosters of service visits and secondments: what is kept, what is corrected, what is told, and that an export changes nothing."""

import datetime

import pytest

from talent.models import Person, Secondment, ServiceVisit
from tests import factories
from tests.rosters.handing import codes, committed, hand_in, row_of, sent_back

pytestmark = pytest.mark.django_db
day = datetime.date
VISITS = ("乡镇", "村（社区）", "姓名", "身份证号", "服务日期", "服务至", "服务天数", "服务内容", "服务人次", "备注")
AWAY = ("乡镇", "村（社区）", "姓名", "身份证号", "挂职类型", "原单位", "挂职单位", "挂任职务", "结对导师", "挂职开始", "计划期满", "挂职结束", "考核等次", "挂职鉴定")  # fmt: skip


@pytest.fixture
def clerk():
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.division(factories.NEIGHBOUR, "柳林镇")
    factories.village("990121100201", "甲山村")
    factories.village("990121101201", "丙田村")
    return factories.user("township_clerk", factories.OWN)


@pytest.fixture
def someone(clerk):
    return factories.person("张三", village="990121100201")


@pytest.fixture
def specialist(someone):
    factories.stationing(person=someone, village=someone.village, role="specialist", start=day(2024, 1, 1))
    return someone


def visit(who, **fields):
    told = {
        "乡镇": "城关镇", "村（社区）": "甲山村", "姓名": who.name, "身份证号": who.id_number, "服务日期": "2026.03.05",
        "服务内容": "果树修剪", "服务人次": 12,
    } | fields  # fmt: skip
    return tuple(told.get(name, "") for name in VISITS)


def away(who, **fields):
    told = {
        "乡镇": "城关镇", "村（社区）": "甲山村", "姓名": who.name, "身份证号": who.id_number, "挂职类型": "下派", "原单位": "县水利局",
        "挂职单位": "甲山村村委会", "结对导师": "李四", "挂职开始": "2026.03.01", "计划期满": "2028.03",
    } | fields  # fmt: skip
    return tuple(told.get(name, "") for name in AWAY)


def test_a_visit_of_one_day_is_kept(clerk, specialist):
    committed(clerk, "service_visits", VISITS, visit(specialist))

    kept = ServiceVisit.objects.get()
    assert (kept.person, kept.village_id, kept.start, kept.end) == (specialist, "990121100201", day(2026, 3, 5), day(2026, 3, 5))  # fmt: skip
    assert (kept.days, kept.work, kept.served) == (1, "果树修剪", 12)


def test_days_are_counted_where_none_are_given(clerk, specialist):
    committed(clerk, "service_visits", VISITS, visit(specialist, 服务至="2026.03.07"))

    assert ServiceVisit.objects.values_list("days", flat=True).get() == 3


def test_the_same_visit_again_is_a_correction(clerk, specialist):
    committed(clerk, "service_visits", VISITS, visit(specialist, 服务至="2026.03.07"))

    upload = committed(clerk, "service_visits", VISITS, visit(specialist, 服务至="2026.03.07", 服务天数=2, 服务人次=15))

    assert row_of(upload).diff == {"visit_days": ["3", "2"], "visit_served": ["12", "15"]}
    assert ServiceVisit.objects.values_list("days", "served").get() == (2, 15)


def test_two_works_on_one_day_are_two_visits(clerk, specialist):
    committed(clerk, "service_visits", VISITS, visit(specialist), visit(specialist, 服务内容="病虫害防治"))

    assert ServiceVisit.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"服务日期": "2026.03"}, "day_wanted"),
        ({"服务至": "2026.03.04"}, "end_before_start"),
        ({"服务天数": 2}, "days_do_not_fit"),
        ({"服务天数": 0}, "days_do_not_fit"),
        ({"服务天数": 0.5}, "not_whole"),
        ({"服务日期": "2025.12.31", "服务至": "2026.01.01"}, "across_years"),
        ({"服务日期": "2027.01.05"}, "visit_in_future"),
        ({"服务内容": ""}, "missing_field:visit_work"),
        ({"乡镇": "柳林镇", "村（社区）": "丙田村"}, "outside_scope"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_visit_that_cannot_be_is_told(clerk, specialist, wrong, code):
    upload = hand_in(clerk, "service_visits", VISITS, visit(specialist, **wrong))

    assert code in codes(upload)
    assert upload.writes == 0


def test_who_is_no_specialist_is_told(clerk, someone):
    assert "not_specialist" in codes(hand_in(clerk, "service_visits", VISITS, visit(someone)))


def test_a_secondment_is_kept_with_a_file_for_who_is_new(clerk):
    new = factories.id_number()
    committed(clerk, "secondments", AWAY, away(Person(name="王五", id_number=new)))

    kept = Secondment.objects.get()
    assert (kept.person.name, kept.person.village_id) == ("王五", "990121100201")
    assert (kept.kind, kept.division_id, kept.village_id) == ("down", factories.OWN, "990121100201")
    assert (kept.mentor, kept.start, kept.due) == ("李四", day(2026, 3, 1), day(2028, 3, 1))


@pytest.mark.parametrize(("township", "managed"), [("城关镇", factories.OWN), ("", factories.COUNTY)])
def test_who_goes_up_belongs_to_the_township_named_or_to_who_hands_it_in(clerk, someone, township, managed):
    staff = factories.user("county_staff", factories.COUNTY)
    up = {"乡镇": township, "村（社区）": "", "挂职类型": "上挂", "挂职单位": "县委组织部"}

    committed(staff, "secondments", AWAY, away(someone, **up))

    assert Secondment.objects.values_list("kind", "division", "village").get() == ("up", managed, None)
    assert sent_back("secondments", staff).counts["unchanged"] == 1


def test_the_end_and_the_appraisal_come_later(clerk, someone):
    committed(clerk, "secondments", AWAY, away(someone))
    over = away(someone, 挂职结束="2026.10.31", 考核等次="优秀", 挂职鉴定="肯干")

    committed(clerk, "secondments", AWAY, over)

    assert Secondment.objects.values_list("end", "grade", "appraisal").get() == (day(2026, 10, 31), "优秀", "肯干")
    assert hand_in(clerk, "secondments", AWAY, over).counts["unchanged"] == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"计划期满": "2026.02"}, "due_before_start"),
        ({"挂职结束": "2026.02.28"}, "end_before_start"),
        ({"村（社区）": "", "挂职类型": "跨村"}, "missing_field:village"),
        ({"考核等次": "甲等"}, "unknown_grade"),
        ({"挂职单位": "乙村村委会", "挂职开始": "2026.05"}, "period_overlap"),
        ({"挂职类型": "出差"}, "unknown_secondment_kind"),
        ({"乡镇": "柳林镇", "村（社区）": ""}, "outside_scope"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_secondment_that_cannot_be_is_told(clerk, someone, wrong, code):
    committed(clerk, "secondments", AWAY, away(someone))

    upload = hand_in(clerk, "secondments", AWAY, away(someone, **wrong))

    assert code in codes(upload)
    assert upload.writes == 0


@pytest.mark.parametrize("kind", ["service_visits", "secondments"])
def test_an_export_of_a_township_holds_only_its_own(clerk, specialist, kind):
    for village in ("990121100201", "990121101201"):
        who = specialist if village == "990121100201" else factories.person("邻家人", village=village)
        factories.service_visit(person=who, village=village, start=day(2026, 2, 1))
        factories.secondment(person=who, village=village)

    upload = sent_back(kind, clerk)

    assert (upload.rows_total, upload.counts["unchanged"]) == (1, 1)
