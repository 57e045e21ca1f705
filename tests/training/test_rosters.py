"""Sign-in sheets onto a class, and what lists of trainees and students say beyond before."""

import datetime

import pytest

from rosters import importer
from tests import factories
from tests.rosters.handing import codes, committed, hand_in, messages, row_of, sent_back
from tests.training.conftest import FOREIGN, HOME
from training.models import Attendance, DegreeStudy, Enrollment

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


def test_somebody_in_another_class_of_the_days_is_warned_about(clerk, session, trainee):
    other = factories.session(name="两委班", start=session.end, end=session.end)

    upload = hand_in(
        clerk, "trainees", TRAINEES, ("甲村", "张三", trainee.person.id_number, "书记"), target_id=other.pk
    )

    assert "double_booking" in codes(upload)


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
