"""Lists of trainees onto a session, degree students: new, changed, unchanged, refused; exports come back unchanged."""

import datetime

import pytest

from rosters import importer
from talent.models import Education, Person
from tests import factories
from tests.rosters.handing import (
    TODAY,
    changes,
    codes,
    committed,
    exported,
    hand_in,
    messages,
    queries,
    row_of,
    sent_back,
    shown,
)
from training.models import DegreeStudy, Enrollment

pytestmark = pytest.mark.django_db

HEADER = ("乡镇", "村", "姓名", "性别", "身份证号", "学历", "职务", "是否住宿", "是否清真", "联系电话", "备注")
OWN_TOWNSHIP, OTHER_TOWNSHIP = "城关镇", "柳林镇"
HOME, FOREIGN = "990121100201", "990121101201"


@pytest.fixture
def clerk():
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, OWN_TOWNSHIP)
    factories.division(factories.NEIGHBOUR, OTHER_TOWNSHIP)
    factories.village(HOME, "甲村")
    factories.village("990121100202", "乙村")
    factories.village(FOREIGN, "丙村")
    return factories.user("township_clerk", factories.OWN, name="经办人")


@pytest.fixture
def session(clerk):
    return factories.session(name="2026年清源县村党组织书记培训班", number=1, start=datetime.date(2026, 10, 12),
                             end=datetime.date(2026, 10, 14))  # fmt: skip


def row(number="", name="张三", village="甲村", **more):
    values = {"job": "村党支部书记", "lodging": "是", "halal": "否", "phone": "13800001111", "remarks": "晕车"} | more
    return (OWN_TOWNSHIP, village, name, "男", number, "大专", *values.values())


def send(clerk, session, *rows, **more):
    return hand_in(clerk, "trainees", HEADER, *rows, target_id=session.pk, **more)


def write(clerk, session, *rows, **more):
    return committed(clerk, "trainees", HEADER, *rows, target_id=session.pk, **more)


def test_a_row_is_somebodys_attendance_of_the_session(clerk, session):
    number = factories.id_number()

    upload = write(clerk, session, row(number))

    person = Person.objects.with_id_number(number).get()
    found = Enrollment.objects.get()
    assert (found.session, found.person, found.village_id) == (session, person, HOME)
    assert (found.job_title, found.lodging, found.halal, found.remarks) == ("村党支部书记", True, False, "晕车")
    assert (found.result, person.remarks, person.phone) == ("attended", "", "13800001111")
    assert (upload.counts["new"], upload.target_id) == (1, session.pk)


def test_a_list_before_the_class_begins_signs_people_up(clerk, session):
    write(clerk, session, row(factories.id_number()), as_of=datetime.date(2026, 10, 1))

    assert Enrollment.objects.get().result == "enrolled"


def test_somebody_without_a_number_is_found_by_name_in_the_village(clerk, session):
    someone = factories.person("张三", village=HOME)

    upload = write(clerk, session, row(""))

    assert Enrollment.objects.get().person == someone
    assert row_of(upload).diff["job_title"] == [None, "村党支部书记"]


def test_the_same_list_again_changes_nothing(clerk, session):
    rows = [row(factories.id_number()), row("", name="李四", village="乙村", job="文书", lodging="")]
    write(clerk, session, *rows)
    before = changes()

    again = send(clerk, session, *reversed(rows))

    assert (again.counts["unchanged"], again.writes) == (2, 0)
    assert changes() == before


def test_a_change_is_shown_and_written_and_the_word_for_it_empties(clerk, session):
    number = factories.id_number()
    write(clerk, session, row(number))

    upload = write(clerk, session, row(number, job="清空", lodging="否", remarks=""))

    assert row_of(upload).diff == {"job_title": ["村党支部书记", None], "lodging": ["是", "否"]}
    found = Enrollment.objects.get()
    assert (found.job_title, found.lodging, found.remarks) == ("", False, "晕车")


def test_another_session_is_another_attendance(clerk, session):
    number = factories.id_number()
    write(clerk, session, row(number))

    upload = write(clerk, factories.session(), row(number))

    assert upload.counts["new"] == 1
    assert Enrollment.objects.count() == 2


def test_rows_of_other_townships_are_refused_and_nothing_else_is_told(clerk, session):
    known, nowhere = factories.person("王五", village=FOREIGN), factories.person("王九", village=FOREIGN)
    twice = [factories.person("赵六", village=FOREIGN) for _ in range(2)]

    upload = send(
        clerk,
        session,
        (OTHER_TOWNSHIP, "丙村", "王五", "男", known.id_number, "", "", "", "", "", ""),
        (OTHER_TOWNSHIP, "", "王九", "男", nowhere.id_number, "", "", "", "", "", ""),
        (OTHER_TOWNSHIP, "", "孙七", "男", factories.id_number(), "", "", "", "", "", ""),
        (OTHER_TOWNSHIP, "丙村", twice[0].name, "男", "", "", "", "", "", "", ""),
        (OTHER_TOWNSHIP, "", "钱八", "男", "", "", "", "", "", "", ""),
    )

    assert upload.writes == 0
    assert [codes(upload, number) for number in range(5)] == [{"outside_scope"}] * 5


def test_somebody_whom_another_township_listed_is_not_touched(clerk, session):
    someone = factories.person("张三", village=HOME)
    factories.enrollment(session=session, person=someone, village=FOREIGN, job_title="原职务")

    upload = send(clerk, session, row(someone.id_number))

    assert codes(upload) == {"listed_elsewhere"}
    assert "原职务" not in str(row_of(upload).diff) + "".join(messages(upload))


def test_a_session_deleted_meanwhile_stops_the_batch(clerk, session):
    upload = send(clerk, session, row(factories.id_number()))
    session.delete()

    assert importer.confirm(upload, by=clerk).state == "changed"
    assert codes(upload) == {"session_gone"}
    assert not Person.objects.exists()


# --- which session


def test_the_title_names_the_session(clerk, session):
    factories.session(
        name="2025年清源县村党组织书记培训班", start=datetime.date(2025, 3, 1), end=datetime.date(2025, 3, 2)
    )
    factories.session(name=session.name, number=2, start=datetime.date(2026, 11, 2), end=datetime.date(2026, 11, 3))

    upload = hand_in(
        clerk, "trainees", HEADER, row(factories.id_number()), title="2026年清源县村党组织书记培训班（第一期）学员名册"
    )

    assert (upload.status, upload.target_id) == ("read", session.pk)


@pytest.mark.parametrize("title", [None, "清源县村党组织书记培训班学员名册", "2024年清源县村党组织书记培训班学员名册"])
def test_a_list_that_names_no_one_session_is_asked_about(clerk, session, title):
    factories.session(name=session.name, number=2, start=session.start, end=session.end)

    upload = hand_in(clerk, "trainees", HEADER, row(factories.id_number()), title=title)

    assert (upload.status, upload.target_id, upload.writes) == ("unsure", None, 0)


def test_a_neighbours_session_is_refused_like_one_that_does_not_exist(clerk):
    theirs = factories.session(factories.NEIGHBOUR)

    refused = [
        hand_in(clerk, "trainees", HEADER, row(factories.id_number()), target_id=pk) for pk in (theirs.pk, 987654321)
    ]

    assert [upload.status for upload in refused] == ["refused", "refused"]
    assert refused[0].refusal_message == refused[1].refusal_message
    assert [upload.target_id for upload in refused] == [None, None]


# --- out and back


def test_our_own_export_of_trainees_comes_back_unchanged(clerk, session):
    rows = [row(factories.id_number()), row("", name="李四", village="乙村", lodging="", remarks="=1+1")]
    write(clerk, session, *rows)
    factories.enrollment(session=session, village=FOREIGN)
    factories.enrollment(village=HOME)

    again = sent_back("trainees", clerk, session.pk)

    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (2, 0, 0)
    found = importer.upload(
        by=clerk, kind="trainees", filename="a.xlsx", content=exported("trainees", clerk, TODAY, session.pk)
    )
    assert found.target_id == session.pk  # by its title


def test_queries_do_not_grow_with_the_trainees(clerk, session):
    numbers = [factories.id_number() for _ in range(22)]
    for number in numbers[::2]:
        factories.person("张三", id_number=number, village=HOME)

    def both(some, **more):
        upload = send(clerk, session, *[row(number, **more) for number in some])
        return queries(lambda: importer.confirm(upload, by=clerk))

    assert both(numbers[:2]) == both(numbers[2:])
    assert both(numbers[:2], job="委员") == both(numbers[2:], job="委员")


# --- degree study

STUDY = ("村", "姓名", "身份证号", "学历", "职务", "就读院校", "专业", "报读层次", "学习形式", "入学时间", "是否毕业", "毕业时间", "备注")  # fmt: skip


def study(number, start="2022.09", graduated="否", end="", target="专科", village="甲村", **more):
    values = {"education": "高中", "job": "村委委员", "school": "开放大学", "major": "行政管理"} | more
    return (village, "张三", number, *values.values(), target, "函授", start, graduated, end, "")


def studying(clerk, *rows, **more):
    return committed(clerk, "degree", STUDY, *rows, **more)


def test_a_row_is_somebodys_study(clerk):
    number = factories.id_number()

    studying(clerk, study(number))

    person = Person.objects.with_id_number(number).get()
    found = DegreeStudy.objects.get()
    assert (found.person, found.village_id, found.target, found.outcome) == (person, HOME, "junior_college", "studying")
    assert (found.school, found.major, found.study_mode, found.job_title) == (
        "开放大学",
        "行政管理",
        "函授",
        "村委委员",
    )
    assert (found.start, found.end) == (datetime.date(2022, 9, 1), None)
    assert list(person.educations.values_list("level", flat=True)) == ["senior_middle"]


def test_a_graduation_closes_the_study_and_becomes_schooling_once(clerk):
    number = factories.id_number()
    studying(clerk, study(number))

    upload = studying(clerk, study(number, graduated="是", end="2025.07"))
    again = hand_in(clerk, "degree", STUDY, study(number, graduated="是", end="2025.07"))
    studying(clerk, study(number, graduated="是", end="2025.07", major="法学"))

    assert row_of(upload).diff == {"is_graduated": ["在读", "毕业"], "graduated_on": [None, "2025.07"]}
    assert again.writes == 0
    found = DegreeStudy.objects.get()
    assert (found.outcome, found.end, found.major) == ("graduated", datetime.date(2025, 7, 1), "法学")
    reached = Education.objects.get(level="junior_college")
    assert (reached.mode, reached.school, reached.graduated_on) == ("on_job", "开放大学", datetime.date(2025, 7, 1))


def test_a_corrected_graduation_moves_the_schooling_that_came_of_it_and_is_undone(clerk):
    number = factories.id_number()
    studying(clerk, study(number, graduated="是", end="2025.07"))

    upload = studying(clerk, study(number, graduated="是", end="2026.01"))

    reached = Education.objects.filter(level="junior_college")
    assert reached.get().graduated_on == datetime.date(2026, 1, 1)
    importer.undo(upload, by=clerk)
    assert reached.get().graduated_on == datetime.date(2025, 7, 1)


def test_a_graduate_of_the_first_list_has_both_levels(clerk):
    number = factories.id_number()

    studying(clerk, study(number, graduated="是", end="2025.07"))

    levels = Education.objects.values_list("level", flat=True)
    assert sorted(levels) == ["junior_college", "senior_middle"]


def test_a_graduation_without_a_date_is_of_the_rosters_day_and_said_so(clerk):
    number = factories.id_number()
    studying(clerk, study(number))

    upload = studying(clerk, study(number, graduated="是"))

    assert "end_assumed" in codes(upload)
    assert DegreeStudy.objects.get().end == TODAY


def test_an_expected_graduation_is_not_one(clerk):
    header = tuple(name for name in STUDY if name != "是否毕业")
    values = study(factories.id_number(), end="2027.07")

    committed(clerk, "degree", header, values[:10] + values[11:])

    assert DegreeStudy.objects.get().outcome == "studying"


def test_a_yes_with_a_date_to_come_is_warned_about_and_kept_as_studying(clerk):
    upload = studying(clerk, study(factories.id_number(), graduated="是", end="2027.07"))

    assert "graduated_in_future" in codes(upload)
    assert DegreeStudy.objects.get().outcome == "studying"


def test_a_no_does_not_open_a_closed_study_again(clerk):
    number = factories.id_number()
    studying(clerk, study(number, graduated="是", end="2025.07"))

    upload = hand_in(clerk, "degree", STUDY, study(number))

    assert codes(upload) == {"is_graduate"}
    assert row_of(upload).change == "unchanged"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"target": ""}, "missing_field:target_education"),
        ({"start": "", "graduated": "是", "end": "2025.07"}, "missing_field:enrolled_on"),
        ({"graduated": "是", "end": "2021.07"}, "end_before_start"),
    ],
)
def test_what_the_database_would_refuse_is_told_at_its_cell(clerk, more, code):
    upload = hand_in(clerk, "degree", STUDY, study(factories.id_number(), **more))

    assert code in codes(upload)
    assert upload.writes == 0


def test_a_second_study_at_the_same_time_is_refused(clerk):
    number = factories.id_number()
    studying(clerk, study(number))

    refused = hand_in(clerk, "degree", STUDY, study(number, start="2024.09", target="本科"))
    studying(clerk, study(number, graduated="是", end="2024.07"))
    taken = studying(clerk, study(number, start="2024.09", target="本科"))

    assert codes(refused) == {"period_overlap"}
    assert taken.counts["new"] == 1
    assert DegreeStudy.objects.count() == 2


def test_who_left_without_a_degree_begins_anew(clerk):
    someone = factories.person("张三", village=HOME)
    factories.degree_study(person=someone, outcome="withdrawn", end=datetime.date(2022, 6, 1))

    upload = studying(clerk, study(someone.id_number))

    assert upload.counts["new"] == 1


def test_degree_students_of_other_townships_are_refused(clerk):
    upload = hand_in(clerk, "degree", STUDY, study(factories.id_number(), village="丙村"))

    assert codes(upload) == {"outside_scope"}


def test_our_own_export_of_degree_students_comes_back_unchanged(clerk):
    first, second = factories.id_number(), factories.id_number()
    studying(clerk, study(first, graduated="是", end="2024.07"), study(second, village="乙村"))
    studying(clerk, study(first, start="2024.09.15", target="本科"))
    factories.degree_study(person=factories.person("王五", village=HOME), outcome="withdrawn", end=TODAY)
    factories.degree_study(village=FOREIGN)

    again = sent_back("degree", clerk)

    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (2, 0, 0)
    assert len(shown(exported("degree", clerk))) == 3


@pytest.mark.parametrize("on", [datetime.date(2023, 6, 1), datetime.date(2024, 7, 1)])
def test_an_export_of_an_earlier_day_comes_back_unchanged_too(clerk, on):
    studying(clerk, study(factories.id_number(), graduated="是", end="2024.07"))

    again = sent_back("degree", clerk, on=on)

    assert (again.counts["unchanged"], again.writes) == (1, 0)
    assert "is_graduate" not in codes(again)


def test_queries_do_not_grow_with_the_degree_students(clerk):
    numbers = [factories.id_number() for _ in range(22)]

    def both(some, **more):
        upload = hand_in(clerk, "degree", STUDY, *[study(number, **more) for number in some])
        return queries(lambda: importer.confirm(upload, by=clerk))

    assert both(numbers[:2]) == both(numbers[2:])
    closed = {"graduated": "是", "end": "2025.07"}
    assert both(numbers[:2], **closed) == both(numbers[2:], **closed)
