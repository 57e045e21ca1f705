"""Two dates compared: who came, who went, with reason and document, and sums that add up."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from core import indicators
from talent.models import Appointment
from tests import factories
from tests.reserves.conftest import BESIDE, FOREIGN, HOME, text

SINCE, UNTIL = datetime.date(2022, 1, 1), datetime.date(2024, 1, 1)
DATES = {"since": SINCE.isoformat(), "until": UNTIL.isoformat()}


def seat(someone, post, start, end=None, village=HOME, **more):
    return factories.appointment(person=someone, village=village, post=post, start=start, end=end, **more)


@pytest.fixture
def changed(places):
    """A secretary went, the deputy followed and became director too, one stayed, one came and went, a neighbour came."""
    day, eve = datetime.date(2023, 3, 1), datetime.date(2023, 2, 28)
    old, new, stays, brief = (factories.person(name, village=HOME) for name in ("赵老", "钱新", "孙留", "李短"))
    seat(old, "party_secretary", factories.START, eve, end_reason="resigned", end_document_no="免〔2023〕1号")
    seat(new, "party_deputy_secretary", factories.START, eve, end_reason="changed")
    seat(new, "party_secretary", day, how="appointed", document_no="任〔2023〕2号")
    seat(new, "village_director", day, how="by_election")
    seat(stays, "village_committee_member", factories.START)
    seat(brief, "supervision_member", datetime.date(2022, 5, 1), datetime.date(2022, 9, 1))
    seat(factories.person("周邻", village=FOREIGN), "village_director", day, village=FOREIGN)
    return {"old": old, "new": new, "stays": stays, "brief": brief}


def book(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def listed(client, **asked):
    """{name: (kind, before, after, [event])} of the workbook."""
    sheet, found = book(client.get(reverse("team_changes_sheet"), DATES | asked)).worksheets[0], {}
    for row in sheet.iter_rows(min_row=4, values_only=True):
        if isinstance(row[0], int):
            found.setdefault(row[3], (row[4], row[5], row[6], []))[3].append(row[7:])
    return found


def test_who_came_who_went_and_why(county, changed):
    found = listed(county)

    assert found["赵老"] == ("离任", "党组织书记", None, [("2023-02-28", "离任 党组织书记", "辞职", "免〔2023〕1号")])
    assert found["钱新"][:3] == ("职务变动", "党组织副书记", "党组织书记、村（居）委会主任")
    assert ("2023-03-01", "上任 党组织书记", "任命", "任〔2023〕2号") in found["钱新"][3]
    assert found["李短"][:3] == ("期间任职又离任", None, None)
    assert found["周邻"][0] == "新任"
    assert "孙留" not in found


def test_the_page_says_the_same(county, changed):
    page = text(county.get(reverse("team_changes"), DATES))

    assert "2023-02-28 离任 党组织书记，辞职，免〔2023〕1号" in page
    assert "“一肩挑”变化的村" in page
    assert "孙留" not in page


def test_the_sums_add_up_to_the_figures_of_both_dates(county, changed):
    rows = {
        row[0]: row[2:]
        for row in book(county.get(reverse("team_changes_sheet"), DATES))["期初期末平衡表"].iter_rows(
            min_row=4, max_row=9, values_only=True
        )
    }

    assert all(start + came - gone == end for start, came, gone, end in rows.values())
    for key, label in (("cadres", "村“两委”干部"), ("one_shoulder", "书记主任“一肩挑”")):
        assert rows[label][0] == indicators.figure(key, county.user, SINCE).value
        assert rows[label][3] == indicators.figure(key, county.user, UNTIL).value
    assert rows["村党组织职务"] == (2, 1, 2, 1)
    assert rows["村务监督委员会职务"] == (0, 1, 1, 0)


def test_the_list_is_to_be_signed(county, changed):
    sheet = book(county.get(reverse("team_changes_sheet"), DATES)).worksheets[0]

    assert "签字" in sheet.cell(sheet.max_row, 1).value


def test_last_and_first_days_belong_where_they_are_counted(county, places):
    """In office on the first date and gone the day after; in office on the last date for the last day: no change."""
    seat(factories.person("吴一", village=HOME), "clerk", factories.START, SINCE)
    seat(factories.person("郑二", village=BESIDE), "clerk", factories.START, UNTIL, village=BESIDE)
    seat(factories.person("王三", village=BESIDE), "clerk", UNTIL, village=BESIDE)
    seat(factories.person("冯四", village=FOREIGN), "clerk", SINCE, village=FOREIGN)

    assert {name: change[0] for name, change in listed(county).items()} == {"吴一": "离任", "王三": "新任"}


def test_who_is_elected_again_is_told_apart(county, places):
    someone = factories.person("陈再", village=HOME)
    seat(someone, "party_secretary", factories.START, datetime.date(2022, 12, 31), end_reason="term_end")
    seat(someone, "party_secretary", datetime.date(2023, 1, 1))

    assert listed(county)["陈再"][0] == "连任"
    assert ("2022-12-31", "离任 党组织书记", "届满未连任", None) in listed(county)["陈再"][3]
    Appointment.objects.filter(end_reason="term_end").update(end_reason="")
    assert ("2022-12-31", "离任 党组织书记", "届满，连任同一职务", None) in listed(county)["陈再"][3]


def test_a_seat_left_without_a_reason_is_told_so(county, places):
    someone = factories.person("陈隔", village=HOME)
    seat(someone, "party_secretary", factories.START, datetime.date(2022, 12, 31))
    seat(someone, "party_secretary", datetime.date(2023, 2, 1))

    assert ("2022-12-31", "离任 党组织书记", "没有登记原因", None) in listed(county)["陈隔"][3]


def test_a_clerk_sees_the_own_township(clerk, changed):
    assert "周邻" not in listed(clerk)
    assert "周邻" not in text(clerk.get(reverse("team_changes"), DATES | {"division": factories.NEIGHBOUR}))


def test_one_township_and_one_kind(county, changed):
    assert set(listed(county, division=factories.NEIGHBOUR)) == {"周邻"}
    assert set(listed(county, kind="离任")) == {"赵老"}


def test_the_first_day_of_all_has_a_year_before_it(county, places):
    assert county.get(reverse("team_changes"), {"on": "1900-01-01"}).status_code == 200


@pytest.mark.parametrize(
    "dates", [{"since": ""}, {"since": "0001-01-01"}, {"until": "9999-12-31"}, {"since": "x" * 5000}, {"until": "2021-01-01"}],
)  # fmt: skip
@pytest.mark.parametrize("route", ["team_changes", "team_changes_sheet"])
def test_wrong_dates_are_told_and_stay(county, places, dates, route):
    answer = county.get(reverse(route), DATES | dates)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert Appointment.objects.count() == 0
