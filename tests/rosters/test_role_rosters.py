"""Reserve candidates, people sent in and rural talents: from a file to rows, as the clerk confirms them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEntry
from rosters import importer
from rosters.models import Upload
from talent.models import Education, Person, ReserveCandidate, RuralTalent, Stationing
from tests import factories
from tests.rosters.workbooks import xlsx

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)
HERE, BESIDE, ELSEWHERE = "990121100201", "990121100202", "990121101201"
HEADERS = {
    "reserve": ("村", "姓名", "身份证号", "培养方向", "来源类别", "培养联系人", "入库时间", "备注"),
    "stationed": ("村", "姓名", "身份证号", "驻村职务", "派出单位", "原单位职务", "派驻时间", "备注"),
    "talent": ("村", "姓名", "身份证号", "人才类别", "专业特长", "是否示范户", "入库时间", "备注"),
}
ROLES = {
    "reserve": ("书记", "退役军人", "镇党委副书记", "2024.03", "能力强"),
    "stationed": ("第一书记", "县农业农村局", "科员", "2024.03", "省派"),
    "talent": ("生产型", "毛竹培育", "是", "2024.03", "示范基地"),
}
MODELS = {"reserve": ReserveCandidate, "stationed": Stationing, "talent": RuralTalent}
ALL = pytest.mark.parametrize("kind", sorted(HEADERS))


@pytest.fixture
def clerk():
    factories.village(HERE, "甲村")
    factories.village(BESIDE, "乙村")
    factories.village(ELSEWHERE, "丙村")
    return factories.user("township_clerk", factories.OWN, name="经办人")


def hand_in(clerk, kind, *rows, header=None, as_of=TODAY):
    content = xlsx([list(header or HEADERS[kind]), *[list(row) for row in rows]])
    return importer.upload(by=clerk, kind=kind, filename="名册.xlsx", content=content, as_of=as_of)


def committed(clerk, kind, *rows, **more):
    upload = hand_in(clerk, kind, *rows, **more)
    assert importer.confirm(upload, by=clerk).state == "done"
    return Upload.objects.get(pk=upload.pk)


def row_of(upload, number=0):
    return upload.rows.order_by("order")[number]


def codes(upload, number=0):
    return {problem["code"] for problem in row_of(upload, number).problems}


def messages(upload):
    return [problem["message"] for row in upload.rows.all() for problem in row.problems]


def kept(kind, *names):
    return MODELS[kind].objects.values_list(*names).get()


# --- what all three share


@ALL
def test_somebody_new_gets_a_file_and_the_role(clerk, kind):
    number = factories.id_number(datetime.date(1990, 5, 6))

    upload = committed(clerk, kind, ("甲村", "张三", number, *ROLES[kind]))

    assert row_of(upload).change == "new"
    person = Person.objects.get()
    assert (person.name, person.village_id, person.id_number) == ("张三", HERE, number)
    assert person.birth_date == datetime.date(1990, 5, 6)
    assert kept(kind, "person", "village_id", "start", "end", "remarks") == (
        person.pk, HERE, datetime.date(2024, 3, 1), None, ROLES[kind][4]
    )  # fmt: skip


@ALL
def test_nothing_is_written_before_confirm(clerk, kind):
    hand_in(clerk, kind, ("甲村", "张三", factories.id_number(), *ROLES[kind]))

    assert not Person.objects.exists()
    assert not MODELS[kind].objects.exists()


@ALL
def test_the_same_file_again_changes_nothing(clerk, kind):
    rows = [("甲村", f"张{name}", factories.id_number(), *ROLES[kind]) for name in "一二三"]
    committed(clerk, kind, *rows)
    before = AuditEntry.objects.exclude(verb__in=["upload", "import"]).count()

    again = committed(clerk, kind, *reversed(rows))

    assert (again.counts["unchanged"], again.writes) == (3, 0)
    assert AuditEntry.objects.exclude(verb__in=["upload", "import"]).count() == before


@ALL
def test_blank_cells_leave_what_is_kept(clerk, kind):
    number = factories.id_number()
    committed(clerk, kind, ("甲村", "张三", number, *ROLES[kind]))
    before = MODELS[kind].objects.values().get()
    blanks = (ROLES[kind][0], "", "", "", "") if kind == "stationed" else ("", "", "", "", "")

    upload = committed(clerk, kind, ("甲村", "张三", number, *blanks))

    assert row_of(upload).change == "unchanged"
    assert MODELS[kind].objects.values().get() == before


@ALL
def test_a_missing_start_is_the_date_of_the_roster_and_said(clerk, kind):
    role = (*ROLES[kind][:3], "", "")

    upload = committed(clerk, kind, ("甲村", "张三", factories.id_number(), *role), as_of=datetime.date(2026, 6, 30))

    assert codes(upload) == {"start_assumed"}
    assert kept(kind, "start") == (datetime.date(2026, 6, 30),)


@ALL
def test_a_corrected_start_moves_it(clerk, kind):
    number = factories.id_number()
    committed(clerk, kind, ("甲村", "张三", number, *ROLES[kind]))
    role = (*ROLES[kind][:3], "2024.06", ROLES[kind][4])

    upload = committed(clerk, kind, ("甲村", "张三", number, *role))

    assert list(row_of(upload).diff.values()) == [["2024.03", "2024.06"]]
    assert kept(kind, "start", "end") == (datetime.date(2024, 6, 1), None)


@ALL
def test_a_start_known_to_the_month_keeps_the_day_on_file(clerk, kind):
    number = factories.id_number()
    committed(clerk, kind, ("甲村", "张三", number, *ROLES[kind][:3], "2024.03.18", ""))

    upload = committed(clerk, kind, ("甲村", "张三", number, *ROLES[kind][:3], "2024.03", ""))

    assert row_of(upload).change == "unchanged"
    assert kept(kind, "start") == (datetime.date(2024, 3, 18),)


@ALL
def test_a_person_on_file_gets_the_role_and_keeps_the_file(clerk, kind):
    someone = factories.person("张三", village=HERE, phone="13800001111", remarks="老党员")

    upload = committed(clerk, kind, ("甲村", "张三", someone.id_number, *ROLES[kind]))

    assert row_of(upload).change == "new"
    someone.refresh_from_db()
    assert (someone.phone, someone.remarks) == ("13800001111", "老党员")
    assert kept(kind, "person") == (someone.pk,)


@ALL
def test_a_village_of_another_township_is_outside(clerk, kind):
    upload = hand_in(clerk, kind, ("丙村", "张三", factories.id_number(), *ROLES[kind]))

    assert codes(upload) == {"outside_scope"}


@ALL
def test_somebody_of_another_township_is_named_nowhere(clerk, kind):
    held = factories.person("秘密人", village=ELSEWHERE)

    upload = hand_in(clerk, kind, ("甲村", "李四", held.id_number, *ROLES[kind]))

    assert codes(upload) == {"held_elsewhere"}
    assert row_of(upload).diff is None
    assert not any(word in message for message in messages(upload) for word in ("秘密人", "丙村"))


@ALL
def test_a_new_period_begins_after_the_one_that_ended(clerk, kind):
    number = factories.id_number()
    committed(clerk, kind, ("甲村", "张三", number, *ROLES[kind]))
    MODELS[kind].objects.update(end=datetime.date(2025, 6, 30))

    stale = hand_in(clerk, kind, ("甲村", "张三", number, *ROLES[kind]))
    fresh = committed(clerk, kind, ("甲村", "张三", number, *ROLES[kind][:3], "2026.01", ""))

    assert codes(stale) == {"period_overlap"}
    assert row_of(fresh).change == "new"
    assert MODELS[kind].objects.count() == 2


@ALL
def test_a_start_before_the_end_of_the_last_period_is_refused(clerk, kind):
    number = factories.id_number()
    committed(clerk, kind, ("甲村", "张三", number, *ROLES[kind]))
    MODELS[kind].objects.update(end=datetime.date(2025, 6, 30))
    committed(clerk, kind, ("甲村", "张三", number, *ROLES[kind][:3], "2026.01", ""))

    upload = hand_in(clerk, kind, ("甲村", "张三", number, *ROLES[kind][:3], "2025.01", ""))

    assert codes(upload) == {"period_overlap"}


@ALL
def test_a_start_after_a_last_day_already_known_is_refused(clerk, kind):
    number = factories.id_number()
    committed(clerk, kind, ("甲村", "张三", number, *ROLES[kind]))
    MODELS[kind].objects.update(end=TODAY)

    upload = hand_in(clerk, kind, ("甲村", "张三", number, *ROLES[kind][:3], "2027.01", ""))

    assert row_of(upload).outcome == "error"


@ALL
def test_a_text_that_does_not_fit_is_a_problem_of_its_cell(clerk, kind):
    long = {"reserve": (0, 1, "长" * 101), "stationed": (0, "长" * 101, 2), "talent": (0, "长" * 201, 2)}[kind]
    role = [text if isinstance(text, str) else ROLES[kind][text] for text in long]

    upload = hand_in(clerk, kind, ("甲村", "张三", factories.id_number(), *role, "2024.03", ""))

    assert codes(upload) == {"too_long"}


@ALL
def test_people_who_are_not_in_the_file_stay(clerk, kind):
    committed(clerk, kind, ("甲村", "张三", factories.id_number(), *ROLES[kind]))

    committed(clerk, kind, ("甲村", "李四", factories.id_number(), *ROLES[kind]))

    assert MODELS[kind].objects.filter(end=None).count() == 2


@ALL
def test_clearing_empties_the_texts_of_the_role_and_says_so(clerk, kind):
    number = factories.id_number()
    committed(clerk, kind, ("甲村", "张三", number, *ROLES[kind]))
    header = (*HEADERS[kind], "联系电话", "民族")
    Person.objects.update(ethnicity="汉族")

    row = ("甲村", "张三", number, *ROLES[kind][:4], "清空", "清空", "清空")
    upload = committed(clerk, kind, row, header=header)

    assert row_of(upload).diff == {"remarks": [ROLES[kind][4], None], "ethnicity": ["汉族", None]}
    assert kept(kind, "remarks") == ("",)
    assert Person.objects.get().ethnicity == ""


@ALL
def test_clearing_a_phone_and_a_bare_education(clerk, kind):
    someone = factories.person("张三", village=HERE, phone="13800001111")
    factories.education(person=someone, level="bachelor")
    header = (*HEADERS[kind], "联系电话", "学历")
    committed(clerk, kind, ("甲村", "张三", someone.id_number, *ROLES[kind], "", ""), header=header)

    upload = committed(clerk, kind, ("甲村", "张三", someone.id_number, *ROLES[kind], "清空", "清空"), header=header)

    assert row_of(upload).diff == {"phone": ["138****1111", None], "education": ["本科", None]}
    assert Person.objects.get().phone is None
    assert not Education.objects.exists()


@ALL
def test_a_start_cannot_be_cleared(clerk, kind):
    number = factories.id_number()
    committed(clerk, kind, ("甲村", "张三", number, *ROLES[kind]))

    upload = hand_in(clerk, kind, ("甲村", "张三", number, *ROLES[kind][:3], "清空", ""))

    assert row_of(upload).outcome == "error"


@ALL
def test_as_many_queries_for_twenty_rows_as_for_two(clerk, kind):
    hand_in(clerk, kind, ("甲村", "先生", factories.id_number(), *ROLES[kind]))  # what is looked up once a process
    few, many = ([("甲村", "张三", factories.id_number(), *ROLES[kind]) for _ in range(size)] for size in (2, 20))

    assert _costs(clerk, kind, few) == _costs(clerk, kind, many)


def _costs(clerk, kind, rows):
    """Queries of uploading and confirming new rows, and of the same once more with every role changed."""
    changed = [(*row[:6], "2024.09", "改过") for row in rows]
    return [cost for given in (rows, changed) for cost in _cost(clerk, kind, given)]


def _cost(clerk, kind, rows):
    with CaptureQueriesContext(connection) as reading:
        upload = hand_in(clerk, kind, *rows)
    with CaptureQueriesContext(connection) as writing:
        assert importer.confirm(upload, by=clerk).state == "done"
    assert Upload.objects.get(pk=upload.pk).writes == len(rows)
    return len(reading), len(writing)


# --- the reserve pool


def test_target_and_source_of_one_in_the_pool_change_that_place(clerk):
    number = factories.id_number()
    committed(clerk, "reserve", ("甲村", "张三", number, *ROLES["reserve"]))

    upload = committed(clerk, "reserve", ("甲村", "张三", number, "村干部", "高校毕业生", "李镇长", "", ""))

    assert row_of(upload).diff == {
        "target_post": ["书记后备", "其他村干部后备"],
        "source": ["退役军人", "高校毕业生"],
        "mentor": ["镇党委副书记", "李镇长"],
    }
    assert kept("reserve", "target", "source", "mentor") == ("other", "graduate", "李镇长")


def test_somebody_serving_in_that_village_is_warned_about(clerk):
    serving = factories.appointment(village=HERE, post="village_director")
    clerking = factories.appointment(village=HERE, post="clerk")

    upload = hand_in(
        clerk,
        "reserve",
        *[("甲村", row.person.name, row.person.id_number, *ROLES["reserve"]) for row in (serving, clerking)],
    )

    assert [row_of(upload, number).outcome for number in (0, 1)] == ["warn", "accept"]


def test_somebody_in_the_pool_of_another_village_is_a_problem(clerk):
    place = factories.reserve(village=BESIDE)

    upload = hand_in(clerk, "reserve", ("甲村", place.person.name, place.person.id_number, *ROLES["reserve"]))

    assert row_of(upload).outcome == "error"


# --- people sent in


def test_two_posts_of_one_row_are_two_stays(clerk):
    row = ("甲村", "张三", factories.id_number(), "第一书记、队长", *ROLES["stationed"][1:])

    committed(clerk, "stationed", row)

    assert set(Stationing.objects.values_list("role", "dispatch_unit")) == {
        ("first_secretary", "县农业农村局"), ("team_leader", "县农业农村局")
    }  # fmt: skip
    assert committed(clerk, "stationed", row).writes == 0


def test_a_village_post_belongs_to_the_committee_roster(clerk):
    upload = hand_in(clerk, "stationed", ("甲村", "张三", factories.id_number(), "村委会主任", "", "", "2024.03", ""))

    problem = next(found for found in row_of(upload).problems if found["level"] == "error")
    assert problem["field"] == "posts"
    assert "花名册" in problem["message"]


def test_unit_and_post_at_home_change_old_to_new(clerk):
    number = factories.id_number()
    committed(clerk, "stationed", ("甲村", "张三", number, *ROLES["stationed"]))

    upload = committed(clerk, "stationed", ("甲村", "张三", number, "第一书记", "县财政局", "副局长", "", ""))

    assert row_of(upload).diff == {
        "dispatch_unit": ["县农业农村局", "县财政局"], "original_post": ["科员", "副局长"]
    }  # fmt: skip


def test_the_next_village_of_somebody_sent_in_is_a_stay_of_its_own(clerk):
    number = factories.id_number()
    committed(clerk, "stationed", ("甲村", "张三", number, *ROLES["stationed"]))

    upload = committed(clerk, "stationed", ("乙村", "张三", number, "第一书记", "", "", "2026.03", ""))

    assert row_of(upload).change == "new"
    assert set(Stationing.objects.values_list("village_id", flat=True)) == {HERE, BESIDE}
    assert Person.objects.get().village_id == HERE


# --- rural talents


def test_category_specialty_and_demonstration_change_old_to_new(clerk):
    number = factories.id_number()
    committed(clerk, "talent", ("甲村", "张三", number, *ROLES["talent"]))

    upload = committed(clerk, "talent", ("甲村", "张三", number, "经营型人才", "农家乐", "否", "", ""))

    assert row_of(upload).diff == {
        "talent_category": ["生产型", "经营型"], "specialty": ["毛竹培育", "农家乐"], "is_demonstration": ["是", "否"]
    }  # fmt: skip
    assert kept("talent", "category", "specialty", "is_demonstration") == ("business", "农家乐", False)


def test_somebody_in_the_talents_of_another_village_is_a_problem(clerk):
    number = factories.id_number()
    committed(clerk, "talent", ("乙村", "张三", number, *ROLES["talent"]))

    upload = hand_in(clerk, "talent", ("甲村", "张三", number, *ROLES["talent"]))

    assert row_of(upload).outcome == "error"
