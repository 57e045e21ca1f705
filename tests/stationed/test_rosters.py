"""Rosters of service visits and secondments: what is kept, what is corrected, what is told, and that an export changes nothing."""

import datetime
import io

import openpyxl
import pytest

from rosters import importer
from talent.models import Person, Secondment, ServiceVisit, StationingAssessment
from tests import factories
from tests.rosters.handing import codes, committed, exported, hand_in, messages, row_of, sent_back, shown

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


def test_whose_secondment_ended_this_year_is_exported_with_the_appraisal(clerk, someone):
    about = {"village": someone.village, "grade": "优秀", "appraisal": "返村后可担当"}
    factories.secondment(person=someone, start=day(2025, 3, 3), end=day(2026, 3, 2), **about)
    long_gone = factories.secondment(village=someone.village, start=day(2024, 3, 3), end=day(2025, 3, 2))

    upload, told = sent_back("secondments", clerk), str(shown(exported("secondments", clerk)))

    assert upload.counts["unchanged"] == 1
    assert "返村后可担当" in told
    assert long_gone.person.name not in told


GRADED = ("乡镇", "村（社区）", "姓名", "身份证号", "驻村职务", "考核年度", "考核等次", "考核意见")


def graded(stay, **fields):
    told = {
        "乡镇": "城关镇", "村（社区）": "甲山村", "姓名": stay.person.name, "身份证号": stay.person.id_number, "考核年度": 2025,
        "考核等次": "优秀", "考核意见": "表现突出",
    } | fields  # fmt: skip
    return tuple(told.get(name, "") for name in GRADED)


@pytest.fixture
def sent(someone):
    return factories.stationing(person=someone, village=someone.village, start=day(2024, 5, 1))


def test_grades_of_a_year_come_in_and_are_corrected(clerk, sent):
    first = committed(clerk, "stay_grades", GRADED, graded(sent))

    again = committed(clerk, "stay_grades", GRADED, graded(sent, 考核等次="称职", 考核意见=""))

    assert row_of(first).change == "new"
    assert row_of(again).diff == {"stay_grade": ["优秀", "称职"]}
    kept = StationingAssessment.objects.get()
    assert (kept.stationing, kept.year, kept.grade, kept.remarks) == (sent, 2025, "称职", "表现突出")


def test_grades_are_taken_back_with_their_batch(clerk, sent):
    first = committed(clerk, "stay_grades", GRADED, graded(sent))
    second = committed(clerk, "stay_grades", GRADED, graded(sent, 考核等次="称职"))

    importer.undo(second, by=clerk)
    assert StationingAssessment.objects.get().grade == "优秀"

    importer.undo(first, by=clerk)
    assert not StationingAssessment.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"考核等次": "甲等"}, "unknown_grade"), ({"考核年度": 2023}, "not_stationed_then"), ({"考核年度": 2027}, "bad_year"),
        ({"考核年度": 202}, "bad_year"), ({"考核等次": ""}, "missing_field:stay_grade"), ({"考核等次": "清空"}, "not_to_be_empty"),
        ({"身份证号": factories.id_number()}, "not_stationed_then"), ({"驻村职务": "工作队队员"}, "not_stationed_then"),
        ({"村（社区）": "丙田村", "乡镇": "柳林镇"}, "outside_scope"), ({"驻村职务": "村委委员"}, "unknown_stay_role"),
        ({"考核年度": "9" * 30}, "bad_year"),
    ],
)  # fmt: skip
def test_a_grade_that_cannot_stand_is_told(clerk, sent, fields, code):
    upload = hand_in(clerk, "stay_grades", GRADED, graded(sent, **fields))

    assert code in codes(upload)
    assert upload.writes == 0


def test_two_posts_of_one_year_are_told_apart_by_the_post(clerk, sent):
    leader = factories.stationing(
        person=sent.person, village=sent.village, role="team_leader", start=day(2025, 1, 1), end=day(2025, 6, 30)
    )

    assert "which_stay" in codes(hand_in(clerk, "stay_grades", GRADED, graded(sent)))
    committed(clerk, "stay_grades", GRADED, graded(sent, 驻村职务="工作队队长"))
    assert StationingAssessment.objects.get().stationing == leader


def test_the_title_says_the_year_and_a_name_is_enough(clerk, sent):
    header = ("派驻村", "姓名", "职务", "考核结果")
    committed(
        clerk, "stay_grades", header, ("甲山村", "张三", "第一书记", "称职"), title="城关镇2024年度驻村干部考核情况表"
    )

    assert StationingAssessment.objects.values_list("year", "grade").get() == (2024, "称职")


def test_without_a_year_the_last_whole_one_is_meant_and_said(clerk, sent):
    upload = committed(clerk, "stay_grades", GRADED, graded(sent, 考核年度=""))

    assert "year_assumed" in codes(upload)
    assert StationingAssessment.objects.get().year == 2025


def test_an_export_of_grades_comes_back_and_lists_who_is_not_judged(clerk, sent):
    other = factories.stationing(village=sent.village, role="team_member", start=day(2025, 2, 1))
    factories.stationing_assessment(stationing=sent, year=2025, remarks="按时到岗")

    upload = sent_back("stay_grades", clerk)

    assert (upload.counts["unchanged"], upload.writes) == (2, 0)
    assert other.person.name in str(shown(exported("stay_grades", clerk)))


def test_the_sheet_of_the_page_comes_back_filled_in(clerk, sent, client):
    """The clerk exports the page of any year, types the grades and hands the same sheet in."""
    client.force_login(clerk, backend="core.auth.RoleBackend")
    page = client.get("/stationed/assessments/?year=2024&xlsx=1&on=2026-11-22")
    book = openpyxl.load_workbook(io.BytesIO(page.content))
    heads = {cell.value: cell.column for cell in book.active[3]}
    book.active.cell(4, heads["考核等次"]).value = "优秀"
    filled = io.BytesIO()
    book.save(filled)

    upload = importer.upload(
        by=clerk, kind=None, filename="考核.xlsx", content=filled.getvalue(), as_of=day(2026, 11, 22)
    )
    assert upload.kind == "stay_grades", upload.status
    importer.confirm(upload, by=clerk)

    assert StationingAssessment.objects.values_list("stationing", "year", "grade").get() == (sent.pk, 2024, "优秀")


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("", "stationed"),
        ("assessments/", "stay_grades"),
        ("visits/", "service_visits"),
        ("secondments/", "secondments"),
    ],
)
def test_every_list_leads_to_its_roster(clerk, sent, client, page, kind):
    client.force_login(clerk, backend="core.auth.RoleBackend")
    assert f"/rosters/upload/?kind={kind}" in client.get(f"/stationed/{page}").content.decode()

    client.force_login(factories.user("leader", factories.COUNTY), backend="core.auth.RoleBackend")
    assert "/rosters/upload/?kind" not in client.get(f"/stationed/{page}").content.decode()


def test_two_secondments_of_a_year_stand_in_one_roster(clerk, someone):
    over = away(someone, 挂职开始="2026.01.05", 挂职结束="2026.02.27", 挂职单位="乙水村村委会")

    committed(clerk, "secondments", AWAY, over, away(someone))

    assert Secondment.objects.filter(person=someone).count() == 2


@pytest.mark.parametrize("until", ["", "2026.03.02"])
def test_two_secondments_at_once_are_told(clerk, someone, until):
    first = away(someone, 挂职开始="2026.01.05", 挂职结束=until, 挂职单位="乙水村村委会")

    upload = hand_in(clerk, "secondments", AWAY, first, away(someone))

    assert (upload.counts["new"], upload.counts["error"]) == (1, 1)
    assert "period_overlap" in codes(upload, 1)
    assert "的挂职时间重叠，请核对挂职开始和挂职结束" in " ".join(messages(upload))
