"""Working days by the calendar that the county keeps, and the page where it keeps it."""

import datetime

import pytest

from config.demo import calendar
from core import workdays
from core.models import AuditEntry, SpecialDay
from tests import factories

SPRING = "放假 2024-02-10 至 2024-02-17 春节\n上班 2024-02-04 春节\n上班 2024-02-18 春节"


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def entered(db):
    calendar.enter(factories.user())


@pytest.mark.parametrize(
    ("start", "number", "last"),
    [
        ("2024-11-04", 5, "2024-11-11"),  # Monday: the day itself is not counted, a weekend lies between
        ("2024-09-29", 5, "2024-10-11"),  # a Sunday at work, then the National Day week
        ("2024-10-08", 5, "2024-10-14"),  # Saturday 10-12 is worked
        ("2024-12-30", 5, "2025-01-07"),  # over the year's end
        ("2024-02-08", 1, "2024-02-09"),
        ("2024-02-09", 1, "2024-02-18"),  # the first day back is a Sunday
    ],
)
def test_the_last_of_so_many_working_days(entered, start, number, last):
    assert workdays.add_working_days(day(start), number) == day(last)
    assert workdays.working_days_between(day(start), day(last)) == number


def test_a_year_that_was_not_entered_is_said_not_guessed(entered):
    with pytest.raises(workdays.NotEntered, match="2027 年的放假调休安排"):
        workdays.add_working_days(day("2026-12-30"), 5)
    with pytest.raises(workdays.NotEntered, match="还没有录入 2022 年"):
        workdays.working_days_between(day("2022-12-01"), day("2023-01-05"))


def test_the_last_days_before_a_year_that_was_not_entered_still_count(entered):
    assert workdays.add_working_days(day("2026-12-30"), 1) == day("2026-12-31")


def test_the_county_enters_a_year(sign_in):
    client = sign_in()

    client.post("/parameters/calendar/2024/", {"basis": "国办发明电〔2023〕7号", "lines": SPRING})

    assert workdays.entered() == [2024]
    assert SpecialDay.objects.filter(is_working=True).count() == 2
    assert AuditEntry.objects.filter(model="core.specialday").count() == 10
    page = client.get("/parameters/calendar/").content.decode()
    assert "放假 2024-02-10 至 2024-02-17 春节" in page
    assert "国办发明电〔2023〕7号" in page


def test_entering_a_year_again_puts_it_in_place_of_the_former(sign_in):
    client = sign_in()
    for lines in (SPRING, "放假 2024-01-01 元旦"):
        client.post("/parameters/calendar/2024/", {"basis": "通知", "lines": lines})

    assert list(SpecialDay.objects.values_list("date", flat=True)) == [day("2024-01-01")]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("春节放七天", "第 1 行“春节放七天”"),
        ("放假 2024-02-30", "没有这个日期"),
        ("放假 0001-01-01", "没有这个日期"),
        ("放假 2024-02-17 至 2024-02-10", "结束日期早于开始日期"),
        ("放假 2025-01-01 元旦", "不是 2024 年"),
        ("放假 2024-01-01\n上班 2024-01-01", "写了两次"),
        ("", "还没有填"),
        ("放假 2023-12-31 元旦", "没有 2024 年的日期"),
        ("放假 2024-01-01\x00", "放假 2024-01-01"),
    ],
)
def test_a_wrong_arrangement_is_told_and_stays(sign_in, lines, told):
    answer = sign_in().post("/parameters/calendar/2024/", {"basis": "通知", "lines": lines})

    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not SpecialDay.objects.exists()


def test_a_day_belongs_to_one_year(sign_in):
    client = sign_in()
    client.post("/parameters/calendar/2023/", {"basis": "通知", "lines": "放假 2022-12-31 至 2023-01-02 元旦"})

    answer = client.post("/parameters/calendar/2022/", {"basis": "通知", "lines": "放假 2022-12-31 元旦"})

    assert answer.status_code == 400
    assert "已在 2023 年的安排里" in answer.content.decode()


@pytest.mark.parametrize("role", ["township_clerk", "leader"])
def test_others_read_the_calendar_only(sign_in, entered, role):
    client = sign_in(role)

    assert "国庆节" in client.get("/parameters/calendar/").content.decode()
    assert client.post("/parameters/calendar/2024/", {"basis": "通知", "lines": SPRING}).status_code == 403
    assert [row["date"] for row in client.get("/api/v1/special-days/?year=2024").json()][:2] == [
        "2024-01-01",
        "2024-02-04",
    ]


@pytest.mark.parametrize("year", ["20", "二〇二四", "99999"])
def test_an_odd_year_of_the_calendar_is_refused(sign_in, year):
    assert sign_in().get(f"/api/v1/special-days/?year={year}").status_code == 400
    assert sign_in().get("/parameters/calendar/9999/").status_code == 404
