"""What a branch owes, when a gap is told, and that page, figure and check agree."""

import datetime

import pytest

from core import indicators, rules
from core.models import ParameterValue
from tests import factories
from tests.party.conftest import ON, hold, hold_everything
from tests.rosters.handing import queries
from villages.party_duties import matrix

pytestmark = pytest.mark.django_db


def decide(key, value):
    start = datetime.date(2026, 1, 1)
    ParameterValue.objects.create(
        division=factories.division(factories.COUNTY), key=key, value=value, start=start, basis="县里的决定"
    )


def texts(branch, on=ON, kind=""):
    return [cell.text for cell in matrix([branch], on, kind)[branch.pk]]


def figures(on=ON):
    found = {key: indicators.listing(indicators.get(key), on) for key in ("party_life_complete", "party_life_missing")}
    return len(found["party_life_complete"]), sum(row["amount"] for row in found["party_life_missing"])


def test_months_done_missing_and_to_come(branch):
    hold(branch, (1, 5), (2, 5), (11, 5))

    assert texts(branch, kind="theme") == ["1/1", "1/1", *["缺主题党日"] * 8, "1/1", "—"]


def test_a_gap_of_the_month_is_told_from_the_twenty_fifth(branch):
    assert texts(branch, datetime.date(2026, 11, 24), "theme")[10] == "0/1 未到期"
    assert texts(branch, datetime.date(2026, 11, 25), "theme")[10] == "缺主题党日"


def test_a_gap_of_the_quarter_is_told_in_its_last_week(branch):
    assert texts(branch, datetime.date(2026, 9, 23), "general")[8] == "0/1 未到期"
    assert texts(branch, datetime.date(2026, 9, 24), "general")[8] == "缺支部党员大会"
    assert texts(branch, datetime.date(2026, 9, 24), "general")[7] == "—"


def test_the_county_sets_the_day(branch):
    decide("party_gap_day", 10)

    assert texts(branch, datetime.date(2026, 11, 10), "theme")[10] == "缺主题党日"


@pytest.mark.parametrize(("members", "told"), [(6, "—"), (7, "缺支委会")])
def test_a_branch_of_under_seven_owes_no_committee_meeting(branch, members, told):
    branch.sizes.update(full_members=members)

    assert texts(branch, kind="committee")[0] == told
    assert ("1月支委会" in str(indicators.listing(indicators.get("party_life_missing"), ON))) is (told != "—")


def test_the_size_of_the_month_decides(branch):
    branch.sizes.update(full_members=6)
    factories.branch_size(branch=branch, start=datetime.date(2026, 6, 15), full_members=7)

    assert texts(branch, kind="committee")[:7] == [*["—"] * 5, "缺支委会", "缺支委会"]


def test_group_meetings_are_owed_by_branches_with_groups(branch):
    assert texts(branch, kind="group") == ["—"] * 12
    branch.sizes.update(groups=2)

    assert texts(branch, kind="group")[0] == "缺党小组会"


def test_without_a_quorum_it_was_not_held(branch):
    hold(branch, (1, 5), kind="committee", expected=5, present=2, leave=3)
    hold(branch, (2, 5), kind="committee", expected=5, present=3, leave=2)
    hold(branch, (3, 5), kind="committee", expected=4, present=2, leave=2)

    assert texts(branch, kind="committee")[:3] == ["缺支委会", "1/1", "缺支委会"]


def test_a_branch_owes_nothing_before_it_was_there(branch):
    branch.start = datetime.date(2026, 3, 2)
    branch.save()

    assert texts(branch, kind="theme")[:4] == ["—", "—", "—", "缺主题党日"]
    assert texts(branch, kind="general")[2] == "—"


@pytest.mark.parametrize(("months", "on"), [(0, ON), (5, ON), (12, datetime.date(2026, 12, 31)), (10, ON)])
def test_page_figure_and_check_say_the_same(branch, months, on):
    hold_everything(branch, months)
    gaps = sum(len(cell.missing) for cell in matrix([branch], on)[branch.pk])

    found = rules.check(on, only="party_life_gap")

    assert figures(on) == (0 if gaps else 1, gaps)
    assert len(found) == (1 if gaps else 0)


def test_everything_held_is_complete(branch):
    hold_everything(branch)

    assert figures(datetime.date(2026, 12, 31)) == (1, 0)


def test_twice_a_month_where_the_county_asks_for_it(branch):
    hold(branch, (1, 5), (2, 5), (2, 6))
    decide("party_theme_times", 2)
    lacking = indicators.listing(indicators.get("party_life_missing"), ON)[0]["details"]["缺项"]

    assert texts(branch, kind="theme")[:2] == ["缺主题党日", "1/1"]
    assert "1月主题党日" in lacking
    assert "2月主题党日" not in lacking


def test_figures_cost_as_many_queries_for_many(branch):
    few = queries(figures)
    for number in range(10):
        factories.branch_size(branch=factories.party_branch(name=f"支部{number}"))

    assert queries(figures) == few
