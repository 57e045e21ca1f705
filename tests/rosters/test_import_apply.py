"""Committee rows against the database: what is new, changed, unchanged or refused, and what a commit writes."""

import datetime

import pytest

from core.models import AuditEntry
from rosters import importer, preview
from rosters.models import Upload
from talent.models import Appointment, Education, Person, Post
from tests import factories
from tests.rosters.workbooks import xlsx

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)
HEADER = ("村", "姓名", "身份证号", "职务", "任现职时间", "学历", "联系电话")
VILLAGE = "甲村"


@pytest.fixture
def clerk():
    factories.village("990121100201", VILLAGE)
    factories.village("990121100202", "乙村")
    factories.village("990121101201", "丙村")
    return factories.user("township_clerk", factories.OWN, name="经办人")


def sheet(*rows, header=HEADER):
    return xlsx([list(header), *[list(row) for row in rows]])


def hand_in(clerk, *rows, header=HEADER, as_of=TODAY):
    return importer.upload(
        by=clerk, kind="committee", filename="名册.xlsx", content=sheet(*rows, header=header), as_of=as_of
    )


def committed(clerk, *rows, **more):
    upload = hand_in(clerk, *rows, **more)
    assert importer.confirm(upload, by=clerk).state == "done"
    return Upload.objects.get(pk=upload.pk)


def row_of(upload, number=0):
    return upload.rows.order_by("order")[number]


def codes(upload, number=0):
    return {problem["code"] for problem in row_of(upload, number).problems}


def messages(upload):
    return [problem["message"] for row in upload.rows.all() for problem in row.problems]


def test_new_person_gets_file_post_and_education(clerk):
    number = factories.id_number(datetime.date(1980, 5, 6))

    committed(clerk, (VILLAGE, "张三", number, "党支部书记、主任", "2021.03", "大专", "13800001111"))

    person = Person.objects.with_id_number(number).get()
    assert (person.name, person.village_id, person.phone) == ("张三", "990121100201", "13800001111")
    assert person.birth_date == datetime.date(1980, 5, 6)
    seats = person.appointments.order_by("post").values_list("post", "start", "end")
    assert list(seats) == [(post, datetime.date(2021, 3, 1), None) for post in ("party_secretary", "village_director")]
    assert list(person.educations.values_list("level", "mode", "rank")) == [("junior_college", "unspecified", 5)]


def test_the_first_of_two_phones_in_a_cell_is_kept_and_one_that_is_none_is_not(clerk):
    one, other = (factories.id_number(datetime.date(1980, 5, day)) for day in (6, 7))
    rows = [(VILLAGE, "张三", one, "支委", "2021.03", "大专", "13800001111/13900002222"),
            (VILLAGE, "李四", other, "支委", "2021.03", "大专", "13800001112/668812")]  # fmt: skip

    upload = committed(clerk, *rows)

    assert Person.objects.with_id_number(one).get().phone == "13800001111"
    assert not Person.objects.with_id_number(other).get().phone
    assert "phone_left_out" in codes(upload, 1) - codes(upload, 0)
    assert not any("13900002222" in message for message in messages(upload))
    assert preview.masked("1380000111113900002222", "phone") == "138****1111、139****2222"


def test_nothing_is_written_before_confirm(clerk):
    upload = hand_in(clerk, (VILLAGE, "张三", factories.id_number(), "书记", "2021.03", "大专", ""))

    assert upload.status == "read"
    assert upload.counts["new"] == 1
    assert not Person.objects.exists()


def test_the_same_rows_again_in_another_order_change_nothing(clerk):
    rows = [
        (VILLAGE, "张三", factories.id_number(), "书记", "2021.03", "大专", "13800001111"),
        (VILLAGE, "李四", factories.id_number(), "主任", "2021.03.15", "高中", "不详"),
        ("乙村", "王五", factories.id_number(), "村委会主任", "", "", ""),
    ]
    committed(clerk, *rows)
    before = AuditEntry.objects.exclude(verb__in=["upload", "import"]).count()

    again = committed(clerk, *reversed(rows))

    assert again.counts["unchanged"] == 3
    assert again.writes == 0
    assert AuditEntry.objects.exclude(verb__in=["upload", "import"]).count() == before


def test_only_the_corrected_cell_is_written(clerk):
    number = factories.id_number()
    committed(clerk, (VILLAGE, "张三", number, "书记", "2021.03", "高中", "13800001111"))

    upload = committed(clerk, (VILLAGE, "张三", number, "书记", "2021.03", "高中", "13822221111"))

    assert row_of(upload).diff == {"phone": ["138****1111", "138****1111（中间几位有变）"]}
    assert Person.objects.get().phone == "13822221111"
    assert set(AuditEntry.objects.filter(batch=upload.pk).values_list("verb", "model")) == {
        ("upload", "rosters.upload"), ("import", "rosters.upload"), ("change", "talent.person")
    }  # fmt: skip


def test_a_blank_cell_leaves_what_is_kept(clerk):
    number = factories.id_number()
    committed(clerk, (VILLAGE, "张三", number, "书记", "2021.03", "高中", "13800001111"))

    upload = committed(clerk, (VILLAGE, "张三", number, "书记", "", "", ""))

    assert row_of(upload).change == "unchanged"
    assert Person.objects.get().phone == "13800001111"


def test_a_post_no_longer_stated_ends_the_day_before_the_new_one(clerk):
    number = factories.id_number()
    committed(clerk, (VILLAGE, "张三", number, "书记、主任", "2021.03", "", ""))

    upload = committed(clerk, (VILLAGE, "张三", number, "副书记", "2024.06", "", ""))

    assert row_of(upload).diff["posts"] == ["党组织书记、村（居）委会主任", "党组织副书记"]
    ended = Appointment.objects.exclude(end=None)
    assert set(ended.values_list("end", "end_reason")) == {(datetime.date(2024, 5, 31), "changed")}
    assert ended.count() == 2
    assert Appointment.objects.get(end=None).post == Post.PARTY_DEPUTY_SECRETARY


def test_a_dropped_post_ends_the_day_before_the_roster(clerk):
    number = factories.id_number()
    committed(clerk, (VILLAGE, "张三", number, "书记、主任", "2021.03", "", ""))

    committed(clerk, (VILLAGE, "张三", number, "书记", "2021.03", "", ""))

    assert Appointment.objects.get(post="village_director").end == TODAY - datetime.timedelta(days=1)
    assert Appointment.objects.get(post="party_secretary").end is None


def test_a_row_in_error_keeps_the_posts_of_its_person(clerk):
    number = factories.id_number()
    committed(clerk, (VILLAGE, "张三", number, "书记、主任", "2021.03", "", ""))

    committed(
        clerk, (VILLAGE, "张三", number, "书记", "2021.03", "", ""), (VILLAGE, "张三", number, "主任", "不详", "", "")
    )

    assert not Appointment.objects.exclude(end=None).exists()


def test_two_rows_of_one_person_are_one_statement(clerk):
    number = factories.id_number()
    rows = [
        (VILLAGE, "张三", number, "书记", "2021.03", "高中", ""),
        (VILLAGE, "张三", number, "主任", "2023.05", "高中", ""),
    ]
    committed(clerk, *rows)

    again = committed(clerk, *rows)

    assert again.writes == 0
    assert Person.objects.count() == 1
    assert Education.objects.count() == 1
    assert set(Appointment.objects.values_list("start", flat=True)) == {
        datetime.date(2021, 3, 1), datetime.date(2023, 5, 1)
    }  # fmt: skip


def test_a_corrected_start_moves_the_appointment(clerk):
    number = factories.id_number()
    committed(clerk, (VILLAGE, "张三", number, "书记、主任", "2021.03", "", ""))

    upload = committed(clerk, (VILLAGE, "张三", number, "书记、主任", "2021.06", "", ""))

    assert row_of(upload).diff == {"start_date": ["2021.03", "2021.06"]}
    assert set(Appointment.objects.values_list("start", flat=True)) == {datetime.date(2021, 6, 1)}


def test_a_second_secretary_is_a_problem_that_names_nobody(clerk):
    committed(clerk, (VILLAGE, "张三", factories.id_number(), "书记", "2021.03", "", ""))

    upload = hand_in(clerk, (VILLAGE, "李四", factories.id_number(), "书记", "2024.03", "", ""))

    assert codes(upload) == {"secretary_serving"}
    assert not any("张三" in message for message in messages(upload))
    assert row_of(upload).change == "none"


def test_the_old_secretary_moved_by_the_same_file_makes_room(clerk):
    old, new = factories.id_number(), factories.id_number()
    committed(clerk, (VILLAGE, "张三", old, "书记", "2021.03", "", ""))

    upload = committed(
        clerk,
        (VILLAGE, "李四", new, "书记", "2024.06", "", ""),
        (VILLAGE, "张三", old, "副书记", "2024.06", "", ""),
    )

    assert upload.counts["error"] == 0
    serving = Appointment.objects.serving(datetime.date(2024, 6, 1))
    assert serving.get(post="party_secretary").person.name == "李四"
    assert serving.get(post="party_deputy_secretary").person.name == "张三"


def test_a_second_secretary_in_the_file_is_told_the_first_row(clerk):
    upload = hand_in(
        clerk,
        (VILLAGE, "张三", factories.id_number(), "书记", "2021.03", "", ""),
        (VILLAGE, "李四", factories.id_number(), "书记", "2021.03", "", ""),
    )

    assert codes(upload, 0) == set()
    assert codes(upload, 1) == {"secretary_twice"}
    assert "第 2 行" in messages(upload)[0]


def test_a_term_that_overlaps_an_earlier_secretary_is_a_problem(clerk):
    factories.appointment(
        village="990121100201", post="party_secretary", start=datetime.date(2018, 1, 1), end=datetime.date(2022, 5, 31)
    )

    upload = hand_in(clerk, (VILLAGE, "李四", factories.id_number(), "书记", "2021.03", "", ""))

    assert codes(upload) == {"secretary_overlap"}


def test_a_village_of_another_township_is_outside(clerk):
    upload = hand_in(clerk, ("丙村", "李四", factories.id_number(), "书记", "2021.03", "", ""))

    assert codes(upload) == {"outside_scope"}
    assert upload.counts["error"] == 1


def test_somebody_held_elsewhere_is_named_nowhere(clerk):
    held = factories.person("秘密人", village="990121101201")

    upload = hand_in(clerk, (VILLAGE, "李四", held.id_number, "主任", "2021.03", "", ""))

    assert codes(upload) == {"held_elsewhere"}
    assert not any(word in message for message in messages(upload) for word in ("秘密人", "丙村"))
    assert row_of(upload).diff is None


def test_posts_of_people_sent_in_do_not_belong_here(clerk):
    upload = hand_in(clerk, (VILLAGE, "李四", factories.id_number(), "第一书记", "2021.03", "", ""))

    assert codes(upload) == {"sent_in_post"}


def test_a_differing_birth_date_is_the_archives_until_corrected(clerk):
    header = ("村", "姓名", "身份证号", "职务", "出生年月")
    number = factories.id_number(datetime.date(1980, 5, 6))
    committed(clerk, (VILLAGE, "张三", number, "主任", "1979.11"), header=header)
    assert Person.objects.get().archive_birth_date == datetime.date(1979, 11, 1)

    upload = committed(clerk, (VILLAGE, "张三", number, "主任", "1980.05"), header=header)

    assert row_of(upload).diff == {"birth_date": ["1979.11", "1980.05"]}
    assert Person.objects.get().archive_birth_date is None


@pytest.mark.parametrize(
    ("kept", "typed", "after"),
    [
        ({}, "大专", [("junior_college", "unspecified")]),
        ({"level": "senior_middle", "mode": "unspecified"}, "大专", [("junior_college", "unspecified")]),
        ({"level": "bachelor", "mode": "unspecified"}, "大专", [("junior_college", "unspecified")]),
        ({"level": "bachelor", "mode": "on_job"}, "大专", [("bachelor", "on_job")]),
        ({"level": "bachelor", "mode": "on_job"}, "本科", [("bachelor", "on_job")]),
        (
            {"level": "senior_middle", "mode": "full_time", "school": "一中"},
            "大专",
            [("junior_college", "unspecified"), ("senior_middle", "full_time")],
        ),
        ({"level": "bachelor", "mode": "unspecified", "school": "农大"}, "大专", [("bachelor", "unspecified")]),
    ],
)
def test_education_follows_the_roster_unless_documented(clerk, kept, typed, after):
    someone = factories.person("张三", village="990121100201")
    if kept:
        factories.education(person=someone, **kept)
    row = (VILLAGE, "张三", someone.id_number, "主任", "2021.03", typed, "")

    committed(clerk, row)

    assert sorted(someone.educations.values_list("level", "mode")) == after
    assert committed(clerk, row).writes == 0


def test_separate_education_columns_have_their_modes(clerk):
    header = ("村", "姓名", "身份证号", "职务", "全日制学历", "在职学历")
    number = factories.id_number()
    row = (VILLAGE, "张三", number, "主任", "高中", "大专")

    committed(clerk, row, header=header)

    assert sorted(Education.objects.values_list("level", "mode")) == [
        ("junior_college", "on_job"), ("senior_middle", "full_time")
    ]  # fmt: skip
    assert committed(clerk, row, header=header).writes == 0


def test_a_name_that_differs_is_warned_about(clerk):
    someone = factories.person("张三", village="990121100201")

    upload = hand_in(clerk, (VILLAGE, "张山", someone.id_number, "主任", "2021.03", "", ""))

    assert codes(upload) == {"name_differs"}
    assert upload.counts["warn"] == 1


def test_people_of_the_village_who_are_not_in_the_file_stay(clerk):
    committed(clerk, (VILLAGE, "张三", factories.id_number(), "书记", "2021.03", "", ""))

    committed(clerk, (VILLAGE, "李四", factories.id_number(), "主任", "2021.03", "", ""))

    assert Appointment.objects.filter(end=None).count() == 2


def test_somebody_who_enters_the_committees_leaves_the_reserve(clerk):
    reserve = factories.reserve(village="990121100201")

    upload = committed(clerk, (VILLAGE, reserve.person.name, reserve.person.id_number, "主任", "2024.03", "", ""))

    assert "leaves_pool" in codes(upload)
    reserve.refresh_from_db()
    assert reserve.end == datetime.date(2024, 2, 29)


def test_a_preview_that_is_no_longer_true_is_shown_again(clerk):
    someone = factories.person("张三", village="990121100201", phone="13800001111")
    upload = hand_in(clerk, (VILLAGE, "张三", someone.id_number, "主任", "2021.03", "", "13800001111"))
    Person.objects.filter(pk=someone.pk).update(name="张叁")

    assert importer.confirm(upload, by=clerk).state == "changed"
    assert not Appointment.objects.exists()
    assert importer.confirm(upload, by=clerk).state == "done"


def test_a_second_confirm_finds_the_first(clerk):
    upload = hand_in(clerk, (VILLAGE, "张三", factories.id_number(), "主任", "2021.03", "", ""))
    importer.confirm(upload, by=clerk)

    assert importer.confirm(upload, by=clerk).state == "already"
    assert Appointment.objects.count() == 1


def test_the_dump_holds_no_clear_number(clerk):
    number = factories.id_number()
    committed(clerk, (VILLAGE, "张三", number, "主任", "2021.03", "", "13800001111"))

    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("rosters_upload", "rosters_uploadrow", "core_auditentry", "talent_person"):
            cursor.execute(
                f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE %s OR t::text LIKE %s",
                [f"%{number}%", "%13800001111%"],
            )
            assert cursor.fetchone() == (0,), table


def test_joining_the_party_before_birth_is_told_at_its_cell(clerk):
    number = factories.id_number(datetime.date(1980, 5, 6))

    upload = hand_in(
        clerk, (VILLAGE, "张三", number, "村委委员", "2021.03", "1950.01"), header=(*HEADER[:5], "入党时间")
    )

    assert codes(upload) == {"joined_before_birth"}


def without_number(name="李无号"):
    return factories.person(name, village="990121100201", id_number=None, ethnicity="汉族")


def test_whom_we_know_without_a_number_is_found_by_name_and_gets_the_post(clerk):
    known = without_number()

    upload = committed(clerk, (VILLAGE, "李无号", "", "文书", "2021.03", "大专", "13800001111"))

    assert [(seat.post, seat.start) for seat in known.appointments.all()] == [("clerk", datetime.date(2021, 3, 1))]
    assert Person.objects.get(name="李无号").phone == "13800001111"
    assert codes(upload) == {"known_without_number"}
    again = hand_in(clerk, (VILLAGE, "李无号", "", "文书", "2021.03", "大专", "13800001111"))
    assert row_of(again).change == "unchanged"


def test_a_number_is_asked_for_where_we_have_it_or_two_are_called_so(clerk):
    factories.person("张有号", village="990121100201")
    without_number("李同名")
    without_number("李同名")

    upload = hand_in(clerk, (VILLAGE, "张有号", "", "文书", "2021.03"), (VILLAGE, "李同名", "", "主任", "2021.03"),
                     header=HEADER[:5])  # fmt: skip

    assert [codes(upload, number) for number in (0, 1)] == [{"missing_id"}, {"missing_id"}]


def test_a_number_that_came_meanwhile_is_asked_for_at_the_confirmation(clerk):
    known = without_number()
    upload = hand_in(clerk, (VILLAGE, "李无号", "", "文书", "2021.03"), header=HEADER[:5])
    known.id_number = factories.id_number()
    known.save()

    assert importer.confirm(upload, by=clerk).state == "changed"
    assert codes(upload) == {"missing_id"}
    assert not known.appointments.exists()
