"""The lists for any date: who is where, who is due, where one is missing; filters and Excel."""

import datetime
import io

import openpyxl
import pytest

from tests import factories

day = datetime.date
EARLY = day(2022, 6, 1)


def names(answer):
    return [row[0].text for row in answer.context["sheet"].rows]


def stay(name, start=EARLY, **fields):
    return factories.stationing(person=factories.person(name, village=fields.get("village")), start=start, **fields)


def test_the_list_follows_the_date_and_its_last_day(sign_in):
    stay("甲", end=day(2024, 5, 31))
    client = sign_in()

    assert names(client.get("/stationed/?on=2024-05-31")) == ["甲"]
    assert names(client.get("/stationed/?on=2024-06-01")) == []
    assert names(client.get("/stationed/?on=2024-06-01&state=ended")) == ["甲"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("role=team_member", ["乙"]), ("level=county", ["甲"]), ("q=水利", ["乙"]), ("q=yi", ["乙"]), ("days=0", ["甲"]),
        ("days=365", ["甲", "乙"]), ("division=990121101", ["乙"]), ("role=nonsense", ["甲", "乙"]),
    ],
)  # fmt: skip
def test_filters_narrow(sign_in, asked, found):
    stay("甲", unit_level="county")
    stay("乙", day(2023, 1, 1), role="team_member", dispatch_unit="县水利局", village="990121101201")

    assert sorted(names(sign_in().get(f"/stationed/?on=2024-06-30&{asked}"))) == sorted(found)


@pytest.mark.parametrize(
    ("start", "due", "is_due"),
    [
        (day(2022, 8, 29), None, True),  # 24 months less 60 days on 30 June 2024
        (day(2022, 8, 30), None, False),
        (day(2022, 1, 1), day(2025, 1, 1), False),
        (day(2024, 1, 1), day(2024, 7, 1), True),
    ],
)
def test_due_is_two_years_less_sixty_days_unless_a_day_is_set(sign_in, start, due, is_due):
    stay("甲", start, due=due)

    assert names(sign_in().get("/stationed/due/?on=2024-06-30")) == (["甲"] if is_due else [])


def test_the_county_decides_the_months(sign_in):
    stay("甲", day(2023, 6, 1))
    client = sign_in()
    client.post("/parameters/stationed_months/", {"typed": "12", "start": "2024-01-01", "basis": "县委〔2024〕3号"})

    assert names(client.get("/stationed/due/?on=2024-06-30")) == ["甲"]
    assert names(client.get("/stationed/due/?on=2023-12-31")) == []


def test_villages_that_must_have_a_first_secretary_and_have_none(sign_in):
    for number, label in enumerate(("weak", "formerly_poor", "red"), 201):
        factories.village_label(village=f"990121100{number}", label=label)
    stay("甲", village="990121100202")
    client = sign_in("township_clerk")

    assert names(client.get("/stationed/required/?on=2024-06-30")) == ["第201村"]
    assert names(client.get("/stationed/required/?on=2024-06-30&state=all")) == ["第201村", "第202村"]


@pytest.mark.parametrize(
    "page", ["", "due/", "required/?state=all", "assessments/?year=2023", "specialists/", "visits/", "secondments/"]
)
def test_every_list_is_an_excel_sheet(sign_in, page):
    factories.village_label(village="990121100201")
    held = stay("甲", day(2021, 1, 1))
    stay("乙", day(2022, 1, 1), role="specialist")
    factories.service_visit(start=day(2024, 3, 1), end=day(2024, 3, 1))
    factories.secondment()
    client = sign_in()
    client.get("/stationed/?on=2024-06-30")

    answer = client.get(f"/stationed/{page}{'&' if '?' in page else '?'}xlsx=1")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row > 3
    assert held.person.id_number not in str(list(sheet.values))


def test_a_clerk_sees_nothing_of_the_township_beside(sign_in):
    stay("邻家人", day(2021, 1, 1), village="990121101201")
    factories.village_label(village="990121101201")
    factories.service_visit(person=factories.person("邻家人", village="990121101201"), start=day(2024, 3, 1))
    factories.secondment(person=factories.person("邻家人", village="990121101201"), village="990121101201")
    client = sign_in("township_clerk")
    client.get("/stationed/?on=2024-06-30")

    for page in (
        "",
        "due/",
        "required/?state=all",
        "assessments/?year=2023",
        "specialists/",
        "visits/",
        "secondments/",
    ):
        content = client.get(f"/stationed/{page}").content.decode()
        assert "邻家人" not in content, page
        assert "990121101201" not in content, page
