"""Sign-in sheets onto a class, and what lists of trainees and students say beyond before."""

import datetime
from decimal import Decimal

import pytest

from rosters import importer
from tests import factories
from tests.rosters.handing import codes, committed, hand_in, messages, row_of, sent_back
from tests.training.conftest import FOREIGN, HOME
from training.models import (
    Attendance,
    Course,
    DegreeStudy,
    Enrollment,
    Major,
    PartnerCollege,
    PlanLine,
    StudyTerm,
    Teacher,
    TopicRequirement,
    TrainingPlan,
    TrainingSession,
    TrainingWish,
)

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
        told = f"此人这几天已在“{session}”（09-22 至 09-23）的名单中，不能重复调训；没有去那个班的，先在那里记缺训"
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


def test_a_wish_is_of_the_day_that_the_row_says_or_of_the_data(clerk, wisher):
    header = (*WISHES, "提出日期")
    committed(clerk, "wishes", header, (*wish(wisher), "2026.05.06"))
    assert TrainingWish.objects.get().stated_on == datetime.date(2026, 5, 6)
    assert sent_back("wishes", clerk).counts["unchanged"] == 1
    assert sent_back("wishes", clerk, on=datetime.date(2026, 5, 5)).rows_total == 0
    assert codes(hand_in(clerk, "wishes", header, (*wish(wisher), "2027.01.01"))) == {"stated_in_future"}
    committed(clerk, "wishes", WISHES, wish(wisher, year=2025))
    assert TrainingWish.objects.get(year=2025).stated_on == datetime.date(2026, 11, 22)


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


def test_a_township_draws_up_its_own_part_and_leaves_the_countys_alone(county, clerk):
    committed(county, "plan", PLAN, CLASS)
    own = (2026, "本镇班", "党员", "", 5, 1, 30, 8, 0)

    upload = committed(clerk, "plan", PLAN, CLASS, own, (2026, "后备干部班", "后备干部", "", 11, 1, 60, "", ""))

    assert [row.change for row in upload.rows.order_by("order")] == ["unchanged", "new", "new"]
    assert PlanLine.objects.filter(plan__division=factories.COUNTY).count() == 1
    assert set(PlanLine.objects.filter(plan__division=factories.OWN).values_list("name", flat=True)) == {
        "本镇班",
        "后备干部班",
    }
    assert sent_back("plan", clerk).counts["unchanged"] == 2
    assert sent_back("plan", county).counts["unchanged"] == 1


def test_the_name_of_a_class_of_the_county_with_other_numbers_is_the_townships_own(county, clerk):
    committed(county, "plan", PLAN, CLASS)

    upload = committed(clerk, "plan", PLAN, (*CLASS[:6], 99, *CLASS[7:]))

    assert codes(upload) == {"beside_county_plan"}
    assert sorted(PlanLine.objects.values_list("plan__division", "people")) == [
        (factories.COUNTY, 86),
        (factories.OWN, 99),
    ]


def test_the_plan_of_the_next_township_is_nothing_to_a_township(county, clerk):
    committed(factories.user("township_clerk", factories.NEIGHBOUR, name="邻镇"), "plan", PLAN, CLASS)

    committed(clerk, "plan", PLAN, CLASS)

    assert PlanLine.objects.count() == TrainingPlan.objects.count() == 2


# --- terms of a study

TERMS = (
    "乡镇", "村", "姓名", "身份证号", "报读层次", "学期", "学习情况", "取得学分", "未通过课程（门）", "本学期学费（元）",
    "本学期补助（元）", "备注",
)  # fmt: skip


@pytest.fixture
def study(clerk):
    someone = factories.person("张三", village=HOME)
    return factories.degree_study(
        person=someone, village=someone.village, start=datetime.date(2024, 9, 1), target="junior_college"
    )


def term(
    study, said="2026年春季", state="有课程未通过", credits=12.5, failed=1, tuition="1,360元", subsidy="", level="专科"
):
    person = study.person
    return ("城关镇", "甲村", person.name, person.id_number, level, said, state, credits, failed, tuition, subsidy, "")


def terms():
    fields = ("year", "season", "state", "credits", "failed", "tuition", "subsidy")
    return [tuple(row) for row in StudyTerm.objects.order_by("year", "season").values_list(*fields)]


def test_a_term_is_kept_and_comes_back_unchanged(clerk, study):
    committed(clerk, "study_terms", TERMS, term(study), term(study, "2025-2026学年第一学期", "", "", "", "", 500))

    assert terms() == [
        (2025, "2", "normal", 0, 0, None, 500),
        (2026, "1", "behind", Decimal("12.5"), 1, 1360, None),
    ]
    again = sent_back("study_terms", clerk)
    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (2, 0, 0)
    assert sent_back("study_terms", clerk, on=datetime.date(2026, 1, 31)).rows_total == 1


def test_a_corrected_term_is_shown_and_undone(clerk, study):
    committed(clerk, "study_terms", TERMS, term(study))

    upload = committed(clerk, "study_terms", TERMS, term(study, state="正常", failed=0, tuition="清空", subsidy=300))

    assert row_of(upload).diff == {
        "term_state": ["有课程未通过", "正常"], "failed": ["1", "0"], "term_tuition": ["1360", None], "term_subsidy": [None, "300"],
    }  # fmt: skip
    importer.undo(upload, by=clerk)
    assert terms() == [(2026, "1", "behind", Decimal("12.5"), 1, 1360, None)]


def test_terms_that_cannot_be_are_refused_in_words(clerk, study):
    other = factories.person("李四", village=HOME)
    nobody = ("城关镇", "甲村", other.name, other.id_number, "", "2026年春季", "", "", "", "", "", "")

    upload = hand_in(
        clerk, "study_terms", TERMS, term(study, "春天"), term(study, "2023年秋季"), term(study, level="本科"), nobody,
        term(study, "2025年春季", failed=1.5), term(study, "2025年秋季", credits=12.55), term(study, "9999年春季"),
        term(study, "2027年春季"),
    )  # fmt: skip

    assert [codes(upload, number) for number in range(8)] == [
        {"unknown_term"}, {"term_outside_study"}, {"term_outside_study"}, {"not_studying"}, {"not_whole"}, {"credits_unlikely"},
        {"unknown_term"}, {"term_not_begun"},
    ]  # fmt: skip
    assert upload.writes == 0


def test_another_townships_student_is_refused(clerk):
    theirs = factories.degree_study(person=factories.person("王五", village=FOREIGN))

    upload = hand_in(
        clerk, "study_terms", ("村", "姓名", "身份证号", "学期"), ("", "王五", theirs.person.id_number, "2026年春季")
    )

    assert codes(upload) == {"held_elsewhere"}


# --- what must be learnt

REQUIRED = ("必修专题", "必修对象", "每几年一次", "执行起", "执行止", "依据")
ASKED = ("村务公开", "村“两委”成员", 3, "2022.01.01", "", "县委组织部〔2022〕1号")


def asked():
    fields = ("topic__name", "group", "every_years", "start", "end")
    return [tuple(row) for row in TopicRequirement.objects.order_by("start", "pk").values_list(*fields)]


def test_a_requirement_is_kept_with_its_topic_and_comes_back_unchanged(county):
    upload = committed(county, "requirements", REQUIRED, ASKED, ("农村电商", "村（居）委会主任", 2, "", "", ""))

    assert asked() == [
        ("村务公开", "committee", 3, datetime.date(2022, 1, 1), None),
        ("农村电商", "director", 2, datetime.date(2026, 11, 22), None),
    ]
    assert codes(upload, 1) == {"topic_begun", "start_assumed"}
    again = sent_back("requirements", county)
    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (2, 0, 0)
    importer.undo(upload, by=county)
    assert asked() == []


def test_a_requirement_is_ended_and_followed_by_another_in_one_file(county):
    committed(county, "requirements", REQUIRED, ASKED)

    committed(
        county, "requirements", REQUIRED, (*ASKED[:2], 2, "2026.07.01", "", ""), (*ASKED[:4], "2026.06.30", ASKED[5])
    )

    assert asked() == [
        ("村务公开", "committee", 3, datetime.date(2022, 1, 1), datetime.date(2026, 6, 30)),
        ("村务公开", "committee", 2, datetime.date(2026, 7, 1), None),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("村务公开", "村“两委”成员", 2, "2024.01.01", "", ""), "period_overlap"),
        (("村务公开", "书记", 11, "", "", ""), "years_unlikely"),
        (("村务公开", "书记", "", "", "", ""), "missing_field:req_years"),
        (("村务公开", "书记", 3, "2022.01.01", "2021.01.01", ""), "end_before_start"),
        (("村务公开", "老师", 3, "", "", ""), "unknown_req_group"),
        (("长" * 51, "书记", 3, "", "", ""), "too_long"),
    ],
)
def test_requirements_that_cannot_be_are_refused(county, row, code):
    committed(county, "requirements", REQUIRED, ASKED)

    upload = hand_in(county, "requirements", REQUIRED, row)

    assert code in codes(upload)
    assert upload.writes == 0


def test_a_township_reads_requirements_and_colleges_and_changes_nothing(county, clerk):
    committed(county, "requirements", REQUIRED, ASKED)
    committed(county, "colleges", COLLEGES, COLLEGE)

    for kind in ("requirements", "colleges"):
        again = sent_back(kind, clerk)
        assert (again.counts["unchanged"], again.writes) == (1, 0)
    first = hand_in(clerk, "requirements", REQUIRED, (*ASKED[:2], 2, *ASKED[3:]), ("新专题", "书记", 1, "", "", ""))
    second = hand_in(clerk, "colleges", COLLEGES, (*COLLEGE[:9], 1, ""), ("别的学院", *COLLEGE[1:]))
    assert [codes(first, number) for number in range(2)] == [{"requirement_of_county"}, {"requirement_of_county"}]
    assert [codes(second, number) for number in range(2)] == [{"college_of_county"}, {"college_of_county"}]


# --- partner colleges

COLLEGES = (
    "合作院校", "合作平台", "院校联系部门", "合作起", "合作止", "合作专业", "专业层次", "办学形式", "学制（年）", "全程学费（元）",
    "县级补助标准（元）",
)  # fmt: skip
COLLEGE = ("开放大学", "清源乡村振兴学院", "", "2020.06.01", "", "行政管理", "专科", "开放教育", 2.5, "6800", "3000元")


def offered():
    fields = ("college__name", "name", "target", "study_mode", "years", "tuition", "subsidy")
    return [tuple(row) for row in Major.objects.order_by("pk").values_list(*fields)]


def test_a_college_is_kept_with_its_majors_and_comes_back_unchanged(county):
    upload = committed(
        county,
        "colleges",
        COLLEGES,
        COLLEGE,
        (*COLLEGE[:5], "行政管理", "本科", "", 3, "", ""),
        ("农大", "", "", "2021.03.01", *[""] * 7),
    )

    assert offered() == [
        ("开放大学", "行政管理", "junior_college", "开放教育", Decimal("2.5"), 6800, 3000),
        ("开放大学", "行政管理", "bachelor", "", 3, None, None),
    ]
    assert list(PartnerCollege.objects.order_by("start").values_list("name", "academy", "start")) == [
        ("开放大学", "清源乡村振兴学院", datetime.date(2020, 6, 1)), ("农大", "", datetime.date(2021, 3, 1)),
    ]  # fmt: skip
    again = sent_back("colleges", county)
    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (3, 0, 0)
    importer.undo(upload, by=county)
    assert not PartnerCollege.objects.exists()


def test_a_corrected_major_and_a_contract_that_ends_are_shown_and_undone(county):
    committed(county, "colleges", COLLEGES, COLLEGE)

    upload = committed(county, "colleges", COLLEGES, (*COLLEGE[:4], "2026.12.31", *COLLEGE[5:9], "7200", "清空"))

    assert row_of(upload).diff == {
        "coop_end": [None, "2026.12.31"], "coop_tuition": ["6800", "7200"], "coop_subsidy": ["3000", None],
    }  # fmt: skip
    importer.undo(upload, by=county)
    assert offered()[0][5:] == (6800, 3000)


@pytest.mark.parametrize(
    ("place", "typed", "code"),
    [
        (4, "2019.01.01", "end_before_start"), (6, "", "missing_field:coop_target"), (6, "中专", "unknown_education"),
        (8, 30, "years_unlikely"), (9, "680万", "amount_unlikely"), (0, "院" * 101, "too_long"),
    ],
)  # fmt: skip
def test_colleges_that_cannot_be_are_refused(county, place, typed, code):
    upload = hand_in(county, "colleges", COLLEGES, (*COLLEGE[:place], typed, *COLLEGE[place + 1 :]))

    assert code in codes(upload)
    assert upload.writes == 0


# --- teachers and courses

TEACHERS = ("授课人", "师资类别", "授课人单位", "职务职称", "授课方向", "课程名称", "课程主题", "课程学时")
TAUGHT = ("周敏", "党校教师", "县委党校", "讲师", "", "村务公开实务", "乡村治理", 4)


def taught():
    fields = ("teacher__name", "teacher__unit", "teacher__kind", "name", "topic", "hours")
    return [tuple(row) for row in Course.objects.order_by("pk").values_list(*fields)]


def test_teachers_are_kept_with_their_courses_and_come_back_unchanged(county, clerk):
    upload = committed(
        county, "teachers", TEACHERS, TAUGHT, (*TAUGHT[:5], "财务公开", "", 2.5), ("陈水根", "土专家", "合作社", *[""] * 5),
        ("未定", "", "", "", "", "电商直播", "农村电商", ""),
    )  # fmt: skip

    assert taught() == [
        ("周敏", "县委党校", "school", "村务公开实务", "乡村治理", 4),
        ("周敏", "县委党校", "school", "财务公开", "", Decimal("2.5")),
        (None, None, None, "电商直播", "农村电商", 0),
    ]
    assert Teacher.objects.get(name="陈水根").kind == "local"
    for who in (county, clerk):
        again = sent_back("teachers", who)
        assert (again.counts["unchanged"], again.counts["error"], again.writes) == (4, 0, 0)
    refused = hand_in(clerk, "teachers", TEACHERS, (*TAUGHT[:7], 8), ("新人", "专家", *TAUGHT[2:]))
    assert [codes(refused, number) for number in range(2)] == [{"teacher_of_county"}, {"teacher_of_county"}]
    importer.undo(upload, by=county)
    assert not Teacher.objects.exists()


def test_a_corrected_course_is_shown_and_undone(county):
    committed(county, "teachers", TEACHERS, TAUGHT)

    upload = committed(county, "teachers", TEACHERS, ("周敏", "专家", "", "", "", *TAUGHT[5:7], 6))

    assert row_of(upload).diff == {"teacher_kind": ["党校（院校）教师", "专家技术人员"], "course_hours": ["4", "6"]}
    importer.undo(upload, by=county)
    assert taught() == [("周敏", "县委党校", "school", "村务公开实务", "乡村治理", 4)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("未定", *[""] * 6, 3), "missing_field:course_name"),
        (("周敏", "", "", "", "", "财务公开", "", ""), "several_teachers"),
        ((*TAUGHT[:7], 1000), "hours_unlikely"),
        (("周敏", "路人", *TAUGHT[2:]), "unknown_teacher_kind"),
        (("名" * 51, *TAUGHT[1:]), "too_long"),
    ],
)
def test_teachers_that_cannot_be_are_refused(county, row, code):
    for unit in ("县委党校", "农业大学"):
        factories.teacher(name="周敏", unit=unit)

    upload = hand_in(county, "teachers", TEACHERS, row)

    assert code in codes(upload)
    assert upload.writes == 0


# --- the list of classes

SESSIONS = (
    "班次名称", "期次", "培训对象", "层级", "主办单位", "地点", "开班日期", "结业日期", "学时", "培训专题", "课程", "对应年度计划",
)  # fmt: skip
HELD = (
    "村党组织书记轮训", "第二期", "书记", "县", "县委组织部", "县委党校", "2026.03.05", "2026.03.07", 20, "村务公开", "村务公开实务；电商、直播",
    "",
)  # fmt: skip


def held_classes():
    fields = ("name", "number", "class_type", "level", "start", "end", "hours")
    return [tuple(row) for row in TrainingSession.objects.order_by("start", "pk").values_list(*fields)]


def names(relation):
    return list(getattr(TrainingSession.objects.get(), relation).order_by("pk").values_list("name", flat=True))


def test_a_list_of_classes_is_kept_and_comes_back_unchanged(county, clerk):
    committed(county, "plan", PLAN, CLASS)

    upload = committed(
        county, "sessions", SESSIONS, (*HELD[:11], "村党组织书记轮训"), ("后备干部班第1期", "", "后备干部", *[""] * 3, "2026.05.06", *[""] * 5)
    )  # fmt: skip

    march, may = datetime.date(2026, 3, 5), datetime.date(2026, 5, 6)
    assert held_classes() == [
        ("村党组织书记轮训", 2, "secretary", "county", march, datetime.date(2026, 3, 7), 20),
        ("后备干部班", 1, "reserve", "county", may, may, 0),
    ]
    assert [codes(upload, number) for number in range(2)] == [{"course_begun"}, {"end_assumed"}]
    first = TrainingSession.objects.get(number=2)
    assert [one.name for one in first.courses.order_by("pk")] == ["村务公开实务", "电商、直播"]
    assert (first.topics.get().name, first.plan_line.name) == ("村务公开", "村党组织书记轮训")
    for who in (county, clerk):
        again = sent_back("sessions", who)
        assert (again.counts["unchanged"], again.counts["error"], again.writes) == (2, 0, 0)
    refused = hand_in(clerk, "sessions", SESSIONS, (*HELD[:5], "镇政府", *HELD[6:]), ("本镇班", 1, "党员", *HELD[3:]))
    assert [codes(refused, number) for number in range(2)] == [{"class_of_county"}, {"class_of_county"}]
    importer.undo(upload, by=county)
    assert not TrainingSession.objects.exists()
    assert not Course.objects.exists()


def test_a_corrected_class_is_shown_and_undone(county):
    committed(county, "sessions", SESSIONS, HELD)

    upload = committed(county, "sessions", SESSIONS, (*HELD[:7], "2026.03.08", *HELD[8:10], "电商、直播；财务公开", ""))

    assert row_of(upload).diff == {
        "class_end": ["2026.03.07", "2026.03.08"], "class_courses": ["村务公开实务；电商、直播", "电商、直播；财务公开"],
    }  # fmt: skip
    assert names("courses") == ["电商、直播", "财务公开"]
    importer.undo(upload, by=county)
    assert names("courses") == ["村务公开实务", "电商、直播"]
    assert names("topics") == ["村务公开"]


@pytest.mark.parametrize(
    ("place", "typed", "code"),
    [
        (1, "甲", "bad_ordinal"), (2, "", "missing_field:plan_group"), (3, "乡级班", "unknown_class_level"), (6, "2026.03", "day_wanted"),
        (7, "2026.03.01", "end_before_start"), (7, "2026.03", "day_wanted"), (8, 99999, "hours_unlikely"), (9, "题" * 51, "too_long"),
        (0, "班" * 101, "too_long"), (11, "没有的班", "unknown_plan_line"),
    ],
)  # fmt: skip
def test_classes_that_cannot_be_are_refused(county, place, typed, code):
    upload = hand_in(county, "sessions", SESSIONS, (*HELD[:place], typed, *HELD[place + 1 :]))

    assert code in codes(upload)
    assert upload.writes == 0


def test_another_start_is_another_class_and_is_said_to_be(county):
    committed(county, "sessions", SESSIONS, HELD)

    upload = committed(county, "sessions", SESSIONS, (*HELD[:6], "2026.06.05", "2026.06.07", *HELD[8:]))

    assert "class_again" in codes(upload)
    assert len(held_classes()) == 2


def test_days_that_do_not_fit_the_list_or_the_sign_in_are_refused_as_on_the_page(county):
    committed(county, "sessions", SESSIONS, HELD, (*HELD[:2], *HELD[2:6], "2026.03.10", "2026.03.11", *HELD[8:]))
    first, second = TrainingSession.objects.order_by("start")
    someone = factories.person("张三", village=HOME)
    listed = factories.enrollment(person=someone, session=first)
    factories.enrollment(person=someone, session=second)
    factories.attendance(enrollment=listed, date=first.end)

    meeting = hand_in(county, "sessions", SESSIONS, (*HELD[:7], "2026.03.10", *HELD[8:]))
    shorter = hand_in(county, "sessions", SESSIONS, (*HELD[:7], "2026.03.06", *HELD[8:]))

    assert "名单中有 1 人这几天同时在" in messages(meeting)[-1]
    assert "已有 03-07 至 03-07 的签到" in messages(shorter)[-1]
    assert (meeting.writes, shorter.writes) == (0, 0)


# --- results and marks of a class

RESULTS = ("乡镇", "村", "姓名", "身份证号", "测试成绩", "结果", "备注")
MARKS = ("评价课程", "授课人", "5分", "4分", "3分", "2分", "1分")


def result(trainee, score=86.5, said="合格", remarks=""):
    return ("城关镇", "甲村", trainee.person.name, trainee.person.id_number, score, said, remarks)


def outcome(trainee):
    return Enrollment.objects.values_list("score", "result").get(pk=trainee.pk)


def test_results_are_kept_come_back_unchanged_and_are_undone(county, session, trainee):
    upload = committed(county, "results", RESULTS, result(trainee), target_id=session.pk)

    assert row_of(upload).diff == {"test_score": [None, "86.5"], "class_result": ["已报名", "合格"]}
    assert outcome(trainee) == (Decimal("86.5"), "qualified")
    again = sent_back("results", county, session.pk)
    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (1, 0, 0)
    importer.undo(upload, by=county)
    assert outcome(trainee) == (None, "enrolled")


@pytest.mark.parametrize(
    ("score", "there", "told"), [(59, True, "unqualified"), (60, True, "qualified"), (90, False, "absent")]
)
def test_a_score_alone_comes_to_a_result_once_the_class_is_over(county, session, trainee, score, there, told):
    factories.attendance(enrollment=trainee, date=session.start, state="present" if there else "absent")

    upload = committed(county, "results", RESULTS, result(trainee, score, ""), target_id=session.pk)

    assert outcome(trainee) == (score, told)
    assert "result_assumed" in codes(upload)


def test_results_that_cannot_be_are_refused(county, clerk, session, trainee):
    elsewhere = factories.session(name="别的班", start=session.start, end=session.end)
    away = factories.enrollment(person=factories.person("李四", village=HOME), session=session, result="absent")
    factories.enrollment(person=away.person, session=elsewhere)
    stranger = factories.enrollment(person=factories.person("赵六", village=HOME), session=elsewhere)
    rows = (result(trainee, 100.5), result(away, 80), result(stranger))

    upload = hand_in(county, "results", RESULTS, *rows, target_id=session.pk)
    theirs = hand_in(clerk, "results", RESULTS, result(trainee), target_id=session.pk)

    assert [codes(upload, number) for number in range(3)] == [
        {"score_unlikely"},
        {"double_booking"},
        {"not_in_session"},
    ]
    assert codes(theirs) == {"results_of_host"}
    assert (upload.writes, theirs.writes) == (0, 0)


def test_marks_of_courses_are_kept_come_back_unchanged_and_are_undone(county, session):
    for unit in ("县委党校", "农业大学"):
        session.courses.add(
            factories.course(name="村务公开实务", teacher=factories.teacher(name=f"周{unit}", unit=unit))
        )
    session.courses.add(factories.course(name="电商直播"))

    upload = committed(
        county, "course_marks", MARKS, ("电商直播", "", 8, 2, "", "", ""), ("村务公开实务", "周农业大学", 5, 5, 1, 0, 0), target_id=session.pk
    )  # fmt: skip

    kept = {row.course.name: (row.answers, row.average) for row in session.feedback.select_related("course")}
    assert kept == {"电商直播": (10, 4.8), "村务公开实务": (11, 4.36)}
    again = sent_back("course_marks", county, session.pk)
    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (2, 0, 0)
    changed = committed(county, "course_marks", MARKS, ("电商直播", "", 9, "", "", "", ""), target_id=session.pk)
    assert row_of(changed).diff == {"mark_five": ["8", "9"]}
    importer.undo(changed, by=county)
    importer.undo(upload, by=county)
    assert not session.feedback.exists()


def test_marks_that_cannot_be_are_refused(county, clerk, session):
    for unit in ("县委党校", "农业大学"):
        session.courses.add(
            factories.course(name="村务公开实务", teacher=factories.teacher(name=f"周{unit}", unit=unit))
        )
    rows = (
        ("没选的课", "", 9, 2, 3, 4, 5),
        ("村务公开实务", "", 9, 2, 3, 4, 5),
        ("村务公开实务", "周县委党校", 1.5, 2, 3, 4, 5),
    )

    upload = hand_in(county, "course_marks", MARKS, *rows, target_id=session.pk)
    theirs = hand_in(
        clerk, "course_marks", MARKS, ("村务公开实务", "周县委党校", 3, "", "", "", ""), target_id=session.pk
    )

    assert [codes(upload, number) for number in range(3)] == [{"not_of_the_class"}, {"several_courses"}, {"not_whole"}]
    assert codes(theirs) == {"marks_of_host"}
