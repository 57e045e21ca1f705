"""Sign-in sheets onto a class, and what lists of trainees and students say beyond before."""

import datetime
from decimal import Decimal

import pytest

from rosters import importer
from tests import factories
from tests.rosters.handing import codes, committed, hand_in, messages, row_of, sent_back
from tests.training.conftest import FOREIGN, HOME
from training.models import Attendance, DegreeStudy, Enrollment, PlanLine, TrainingPlan, TrainingWish

pytestmark = pytest.mark.django_db
HEADER = ("乡镇", "村", "姓名", "身份证号", "到课日期", "时段", "到课情况")


@pytest.fixture
def clerk():
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.division(factories.NEIGHBOUR, "柳林镇")
    factories.village(HOME, "甲村")
    factories.village(FOREIGN, "丙村")
    return factories.user("township_clerk", factories.OWN, name="经办人")


@pytest.fixture
def session(clerk):
    return factories.session(
        name="2026年清源县村党组织书记培训班", start=datetime.date(2026, 9, 22), end=datetime.date(2026, 9, 23)
    )


@pytest.fixture
def trainee(session):
    someone = factories.person("张三", village=HOME)
    return factories.enrollment(person=someone, session=session, result="enrolled")


def line(trainee, day="2026.09.22", half="上午", state="到", village="甲村"):
    return ("城关镇", village, trainee.person.name, trainee.person.id_number, day, half, state)


def send(clerk, session, *rows):
    return hand_in(clerk, "attendance", HEADER, *rows, target_id=session.pk)


def halves():
    return list(Attendance.objects.order_by("date", "half").values_list("date__day", "half", "state"))


def test_a_row_is_a_half_day_and_a_whole_day_is_two(clerk, session, trainee):
    committed(
        clerk, "attendance", HEADER, line(trainee), line(trainee, "2026.09.23", "全天", "请假"), target_id=session.pk
    )

    assert halves() == [(22, "am", "present"), (23, "am", "leave"), (23, "pm", "leave")]


def test_the_same_sheet_again_changes_nothing(clerk, session, trainee):
    committed(clerk, "attendance", HEADER, line(trainee), target_id=session.pk)

    again = send(clerk, session, line(trainee))

    assert (again.counts["unchanged"], again.writes) == (1, 0)


def test_a_correction_is_shown_and_can_be_undone(clerk, session, trainee):
    committed(clerk, "attendance", HEADER, line(trainee), target_id=session.pk)

    upload = committed(clerk, "attendance", HEADER, line(trainee, state="缺课"), target_id=session.pk)

    assert row_of(upload).diff == {"attendance_state": ["到课", "缺课"]}
    assert halves() == [(22, "am", "absent")]


def test_what_cannot_be_is_refused_in_words(clerk, session, trainee):
    stranger = factories.enrollment(person=factories.person("李四", village=HOME))

    upload = send(
        clerk, session, line(stranger), line(trainee, "2026.10.01"), line(trainee, "2026.09"), line(trainee, "")
    )

    told = [codes(upload, number) for number in range(4)]
    assert told[0] == {"not_in_session"}
    assert told[1] == {"outside_session"}
    assert told[2] == {"day_wanted"}
    assert any("attended_on" in code for code in told[3])
    assert any("2026.09.22 至 09.23" in text for text in messages(upload))


def test_another_townships_person_is_refused(clerk, session):
    theirs = factories.enrollment(person=factories.person("王五", village=FOREIGN), session=session)

    upload = send(clerk, session, ("柳林镇", "丙村", "王五", theirs.person.id_number, "2026.09.22", "上午", "到"))

    assert codes(upload) == {"outside_scope"}


def test_our_own_export_comes_back_unchanged(clerk, session, trainee):
    committed(clerk, "attendance", HEADER, line(trainee, half="全天"), target_id=session.pk)

    again = sent_back("attendance", clerk, session.pk)

    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (2, 0, 0)


# --- trainees


TRAINEES = ("村", "姓名", "身份证号", "职务")


def test_a_list_confirms_who_was_only_proposed(clerk, session, trainee):
    Enrollment.objects.update(result="draft")

    committed(
        clerk, "trainees", TRAINEES, ("甲村", "张三", trainee.person.id_number, "村党支部书记"), target_id=session.pk,
        as_of=datetime.date(2026, 9, 1),
    )  # fmt: skip

    assert Enrollment.objects.get().result == "enrolled"


@pytest.mark.parametrize(
    ("result", "refused"), [("enrolled", True), ("draft", True), ("attended", True), ("absent", False)]
)
def test_somebody_in_another_class_of_the_days_is_refused_unless_marked_absent_there(
    clerk, session, trainee, result, refused
):
    other = factories.session(name="两委班", start=session.end, end=session.end)
    Enrollment.objects.update(result=result)

    upload = hand_in(
        clerk, "trainees", TRAINEES, ("甲村", "张三", trainee.person.id_number, "书记"), target_id=other.pk
    )

    assert ("double_booking" in codes(upload), upload.writes) == (refused, 0 if refused else 1)
    if refused:
        told = f"此人这几天已在“{session}”（09-22 至 09-23）的名单中，不能重复调训。"
        assert told in messages(upload)


def test_a_list_that_was_double_booked_long_ago_still_comes_back_unchanged(clerk, session, trainee):
    other = factories.session(name="两委班", start=session.end, end=session.end)
    factories.enrollment(person=trainee.person, village=trainee.village, session=other)

    again = sent_back("trainees", clerk, other.pk)

    assert (again.counts["unchanged"], again.counts["error"]) == (1, 0)


# --- students

STUDY = (
    "村",
    "姓名",
    "身份证号",
    "院校",
    "专业",
    "报读层次",
    "入学时间",
    "预计毕业时间",
    "学号",
    "学费",
    "补助金额",
    "毕业证书编号",
)


def test_fees_and_expected_graduation_are_kept_and_come_back_unchanged(clerk):
    number = factories.id_number()

    row = (
        "甲村",
        "张三",
        number,
        "开放大学",
        "行政管理",
        "专科",
        "2024.09",
        "2027.01",
        "2024001",
        "6800",
        "3000元",
        "",
    )
    committed(clerk, "degree", STUDY, row)

    found = DegreeStudy.objects.get()
    assert (found.expected_on, found.student_no) == (datetime.date(2027, 1, 1), "2024001")
    assert (found.tuition, found.subsidy, found.outcome) == (6800, 3000, "studying")
    again = sent_back("degree", clerk)
    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (1, 0, 0)


def test_an_unlikely_fee_is_refused(clerk):
    row = ("甲村", "张三", factories.id_number(), "开放大学", "行政管理", "专科", "2024.09", "", "", "680万", "", "")

    assert "amount_unlikely" in codes(hand_in(clerk, "degree", STUDY, row))


def test_an_undone_sheet_leaves_no_half_day(clerk, session, trainee):
    upload = committed(clerk, "attendance", HEADER, line(trainee), target_id=session.pk)

    importer.undo(upload, by=clerk)

    assert halves() == []


# --- wishes

WISHES = ("乡镇", "村", "姓名", "身份证号", "培训专题", "年度", "需求来源", "备注")


@pytest.fixture
def wisher(clerk):
    factories.topic(name="农村电商")
    return factories.person("张三", village=HOME)


def wish(person, topic="农村电商", year=2026, source="本人提出", remarks=""):
    return ("城关镇", "甲村", person.name, person.id_number, topic, year, source, remarks)


def wishes():
    return list(TrainingWish.objects.values_list("person__name", "village", "topic__name", "year", "source"))


def test_a_wish_is_kept_and_comes_back_unchanged(clerk, wisher):
    committed(clerk, "wishes", WISHES, wish(wisher, source="乡镇建议", remarks="想学直播"))

    assert wishes() == [("张三", HOME, "农村电商", 2026, "township")]
    again = sent_back("wishes", clerk)
    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (1, 0, 0)


def test_a_changed_wish_is_shown_and_undone(clerk, wisher):
    committed(clerk, "wishes", WISHES, wish(wisher))

    upload = committed(clerk, "wishes", WISHES, wish(wisher, source="考核", remarks="补课"))

    assert row_of(upload).diff == {"wish_source": ["本人提出", "考核评议反映"], "remarks": [None, "补课"]}
    importer.undo(upload, by=clerk)
    assert TrainingWish.objects.values_list("source", "remarks").get() == ("self", "")


def test_a_wish_without_a_year_is_of_the_year_of_the_data_and_of_the_person_himself(clerk, wisher):
    upload = committed(clerk, "wishes", WISHES, wish(wisher, year="", source=""))

    assert wishes() == [("张三", HOME, "农村电商", 2026, "self")]
    assert "year_assumed" in codes(upload)


def test_wishes_that_cannot_be_are_refused_in_words(clerk, wisher):
    stranger = factories.person("李四", village=FOREIGN)
    nobody = ("城关镇", "甲村", "赵六", factories.id_number(), "农村电商", 2026, "", "")

    upload = send_wishes(clerk, wish(wisher, "不存在的专题"), wish(wisher, year=26), nobody, wish(stranger))

    assert [codes(upload, number) for number in range(4)] == [
        {"unknown_topic"}, {"bad_year"}, {"no_file"}, {"held_elsewhere"},
    ]  # fmt: skip
    assert upload.writes == 0
    assert any("请填写：农村电商" in text for text in messages(upload))


def send_wishes(clerk, *rows):
    return hand_in(clerk, "wishes", WISHES, *rows)


# --- the yearly plan

PLAN = ("计划年度", "计划班次", "培训对象", "培训主题", "计划月份", "计划期数", "计划人次", "每期学时", "预算（元）")
CLASS = (2026, "村党组织书记轮训", "村党组织书记", "村务公开", 9, 2, 86, 16.5, "4.3万元")


@pytest.fixture
def county(clerk):
    factories.topic(name="村务公开")
    return factories.user("county_staff", factories.COUNTY, name="县里")


def planned():
    fields = ("plan__year", "name", "class_type", "topic__name", "month", "classes", "people", "hours", "budget")
    return [tuple(row) for row in PlanLine.objects.order_by("month").values_list(*fields)]


def test_a_plan_is_begun_by_its_rows_and_comes_back_unchanged(county):
    committed(county, "plan", PLAN, CLASS, (2026, "后备干部班", "后备干部", "", 11, 1, 60, "", ""))

    assert planned() == [
        (2026, "村党组织书记轮训", "secretary", "村务公开", 9, 2, 86, Decimal("16.5"), 43000),
        (2026, "后备干部班", "reserve", None, 11, 1, 60, 0, 0),
    ]
    assert TrainingPlan.objects.get().division_id == factories.COUNTY
    again = sent_back("plan", county)
    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (2, 0, 0)


def test_a_corrected_line_is_shown_and_undone(county):
    committed(county, "plan", PLAN, CLASS)

    upload = committed(county, "plan", PLAN, (*CLASS[:4], 10, *CLASS[5:8], "清空"))

    assert row_of(upload).diff == {"plan_month": ["9", "10"], "plan_budget": ["43000", "0"]}
    importer.undo(upload, by=county)
    assert PlanLine.objects.values_list("month", "budget").get() == (9, 43000)


def test_a_begun_plan_can_be_undone_with_its_lines(county):
    upload = committed(county, "plan", PLAN, CLASS)

    importer.undo(upload, by=county)

    assert not TrainingPlan.objects.exists()


@pytest.mark.parametrize(
    ("place", "typed", "code"),
    [
        (2, "", "missing_field:plan_group"), (2, "老师", "unknown_plan_group"), (3, "无此专题", "unknown_topic"),
        (4, 13, "bad_month"), (5, 0, "not_whole"), (6, 1.5, "not_whole"), (7, 99999, "hours_unlikely"), (0, 26, "bad_year"),
    ],
)  # fmt: skip
def test_lines_that_cannot_be_are_refused(county, place, typed, code):
    upload = hand_in(county, "plan", PLAN, (*CLASS[:place], typed, *CLASS[place + 1 :]))

    assert codes(upload) == {code}
    assert upload.writes == 0


def test_a_township_sees_the_countys_plan_and_changes_nothing(county, clerk):
    committed(county, "plan", PLAN, CLASS)

    assert sent_back("plan", clerk).counts["unchanged"] == 1
    upload = hand_in(clerk, "plan", PLAN, (*CLASS[:6], 99, *CLASS[7:]), (2026, "本镇班", "党员", "", 5, 1, 30, 8, 0))
    assert [codes(upload, number) for number in range(2)] == [{"plan_of_county"}, {"plan_of_county"}]
