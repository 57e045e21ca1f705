"""Once a year: grades of everybody in one save; specialists' days and visits against the standard; secondments and their appraisal."""

import datetime

import pytest

from core import indicators, rules
from talent.models import Secondment, ServiceVisit, StationingAssessment
from tests import factories
from tests.stationed.forms import VILLAGE, somebody

day = datetime.date
ON = day(2024, 9, 30)


def test_grades_of_a_year_are_kept_in_one_save(sign_in):
    first = factories.stationing(village=VILLAGE)
    second = factories.stationing(village=VILLAGE, role="team_member")
    sent = {f"grade-{first.pk}": "优秀", f"remarks-{first.pk}": "驻村扎实", f"grade-{second.pk}": ""}

    sign_in("township_clerk").post("/stationed/assessments/?year=2023&on=2024-09-30", sent)

    kept = StationingAssessment.objects.get()
    assert (kept.stationing, kept.year, kept.grade, kept.remarks) == (first, 2023, "优秀", "驻村扎实")


def test_a_grade_is_corrected_and_not_doubled(sign_in):
    kept = factories.stationing_assessment(year=2023)

    sign_in().post("/stationed/assessments/?year=2023&on=2024-09-30", {f"grade-{kept.stationing_id}": "基本称职"})

    assert StationingAssessment.objects.get().grade == "基本称职"


@pytest.mark.parametrize("grade", ["很好", ""])
def test_a_grade_that_is_not_in_the_list_is_not_kept(sign_in, grade):
    stay = factories.stationing()

    sign_in().post("/stationed/assessments/?year=2023&on=2024-09-30", {f"grade-{stay.pk}": grade})

    assert not StationingAssessment.objects.exists()


def test_a_clerk_grades_nobody_beside(sign_in):
    theirs = factories.stationing(village="990121101201")

    sign_in("township_clerk").post("/stationed/assessments/?year=2023&on=2024-09-30", {f"grade-{theirs.pk}": "优秀"})

    assert not StationingAssessment.objects.exists()


@pytest.fixture
def specialist(db):
    return factories.stationing(village=VILLAGE, role="specialist", start=day(2023, 1, 1)).person


def visit(specialist, **fields):
    return {
        "person": specialist.pk,
        "village": VILLAGE,
        "start": "2024-03-04",
        "end": "",
        "days": "",
        "work": "茶园修剪",
        "served": "12",
        "remarks": "",
    } | fields


def test_a_visit_of_several_days_counts_its_days(sign_in, specialist):
    sign_in("township_clerk").post("/stationed/visits/new/", visit(specialist, end="2024-03-06"))

    kept = ServiceVisit.objects.get()
    assert (kept.person, kept.days, kept.served) == (specialist, 3, 12)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"end": "2024-03-05", "days": "3"}, "不能多于起止日期之间的天数"), ({"end": "2024-03-01"}, "结束日期早于开始日期"),
        ({"end": "2025-01-03"}, "按年度分成两条"), ({"start": "2999-01-01"}, "还没有到"), ({"village": "990121101201"}, "有效"),
        ({"work": ""}, "还没有填"),
    ],
)  # fmt: skip
def test_a_visit_that_cannot_be_is_told(sign_in, specialist, fields, words):
    factories.village("990121101201")

    page = sign_in("township_clerk").post("/stationed/visits/new/", visit(specialist, **fields)).content.decode()

    assert words in page
    assert not ServiceVisit.objects.exists()


@pytest.mark.parametrize(
    ("visits", "days", "short"), [(1, 30, False), (1, 29, True), (12, 1, False), (11, 1, True), (0, 0, True)]
)
def test_thirty_days_or_twelve_visits(sign_in, specialist, visits, days, short):
    for number in range(visits):
        start = day(2024, 1, 1) + datetime.timedelta(number)
        end = start + datetime.timedelta(days - 1)
        factories.service_visit(person=specialist, village=VILLAGE, start=start, end=end, days=days)

    codes = {finding.code for finding in rules.check(ON, VILLAGE)}
    line = sign_in().get("/stationed/specialists/?on=2024-09-30").context["sheet"].rows[0]

    assert ("specialist_short" in codes) is short
    assert [cell.text for cell in line[-3:]] == [visits * days, visits, "未达标" if short else "已达标"]


def test_nobody_is_told_off_before_the_end_of_september(specialist):
    assert "specialist_short" not in {finding.code for finding in rules.check(day(2024, 9, 29), VILLAGE)}


def test_days_of_the_year_are_added_up_and_open_to_the_visits(specialist):
    county = factories.user()
    for start, days in ((day(2023, 12, 1), 5), (day(2024, 1, 1), 2), (day(2024, 9, 30), 1), (day(2024, 10, 1), 4)):
        end = start + datetime.timedelta(days - 1)
        factories.service_visit(person=specialist, village=VILLAGE, start=start, end=end, days=days)

    assert indicators.figure("specialist_days", county, ON).value == 3
    assert [row["amount"] for row in indicators.rows("specialist_days", county, ON)] == [2, 1]


def seconded(**fields):
    sent = {f"who-{name}": value for name, value in somebody("陈挂职").items() if name in {"name", "id_number"}}
    about = {"kind": "down", "village": VILLAGE, "division": "", "home_unit": "县水利局", "home_post": "", "host_unit": "第201村", "host_post": "村委会主任助理",
             "mentor": "张书记", "start": "2024-03-01", "due": "2025-02-28", "remarks": ""}  # fmt: skip
    return sent | about | fields


def test_a_secondment_begins_and_ends_with_its_appraisal(sign_in):
    factories.village(VILLAGE)
    clerk = sign_in("township_clerk")
    clerk.post("/stationed/secondments/new/?on=2024-09-30", seconded())
    row = Secondment.objects.get()

    clerk.post(
        f"/stationed/secondments/{row.pk}/",
        {
            "host_post": "主任助理",
            "mentor": "张书记",
            "due": "",
            "end": "2024-08-31",
            "grade": "优秀",
            "appraisal": "表现突出",
            "remarks": "",
        },
    )

    row.refresh_from_db()
    assert (row.division_id, row.person.village_id) == (factories.OWN, VILLAGE)
    assert (row.end, row.grade, row.appraisal) == (day(2024, 8, 31), "优秀", "表现突出")
    assert "陈挂职" in clerk.get("/stationed/secondments/?on=2024-08-31").content.decode()
    assert "陈挂职" not in clerk.get("/stationed/secondments/?on=2024-09-30").content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"village": ""}, "请选择管理区划"), ({"kind": "across", "village": "", "division": factories.OWN}, "跨村挂职请填写挂职村"),
        ({"village": "", "division": factories.OWN}, "还没有档案"), ({"due": "2024-01-01"}, "计划期满早于挂职开始"),
        ({"village": "990121101201"}, "有效"), ({"division": factories.NEIGHBOUR, "village": ""}, "有效"),
    ],
)  # fmt: skip
def test_a_secondment_that_cannot_be_is_told(sign_in, fields, words):
    factories.village(VILLAGE), factories.village("990121101201")

    page = sign_in("township_clerk").post("/stationed/secondments/new/", seconded(**fields)).content.decode()

    assert words in page
    assert not Secondment.objects.exists()


def test_two_secondments_at_once_are_refused(sign_in):
    kept = factories.secondment(village=VILLAGE)
    again = {"who-name": kept.person.name, "who-id_number": kept.person.id_number}

    page = sign_in().post("/stationed/secondments/new/", seconded(**again)).content.decode()

    assert "已有一次挂职" in page


def test_the_time_line_tells_all_of_it(sign_in):
    stay = factories.stationing(village=VILLAGE, end=day(2024, 6, 30), end_kind="recalled", end_reason="不胜任")
    factories.stationing_assessment(stationing=stay)
    factories.service_visit(person=stay.person, village=VILLAGE)
    factories.secondment(person=stay.person, village=VILLAGE)

    page = sign_in().get(f"/people/{stay.person_id}/?on=2024-12-31").content.decode()

    for words in ("召回，不胜任", "2023 年度考核：称职", "服务 1 天：果树修剪", "县水利局 → 村委会"):
        assert words in page
