"""Who sees which figures: by division, by role, by township, with how many queries."""

import datetime

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from core import indicators, rules

ON = datetime.date(2024, 12, 31)
# The balance of the reward fund is the county's alone; what was paid for no single award stands in no township.
COUNTY_ALONE, PARTLY = {"fund_balance_wan"}, {"fund_paid_wan"}
NEIGHBOUR = "990121100"  # 城关镇, not the clerk's


def queries_of(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def test_clerk_counts_the_own_township_only(account):
    figures = {figure.key: figure for figure in indicators.board(account("liulin"), ON)}

    assert figures["villages"].value == 11
    assert figures["people_trained"].denominator == 77
    assert figures["secretary_classes"].value == 3
    places = {place[:9] for row in indicators.rows("reserves", account("liulin"), ON) for place in row["places"]}
    assert places == {"990121101"}


@pytest.mark.parametrize("code", [NEIGHBOUR, "990121100201", "990121", "99", "990121101999", "350723"])
def test_outside_is_as_if_it_did_not_exist(account, code):
    clerk = account("liulin")

    for call in (
        lambda: indicators.board(clerk, ON, code),
        lambda: indicators.rows("villages", clerk, ON, code),
        lambda: rules.findings(clerk, ON, code),
    ):
        with pytest.raises(Http404):
            call()


@pytest.mark.parametrize("username", ["shenji", "sysadmin", "gongan"])
def test_roles_without_business_data_see_nothing(account, username):
    user = account(username)

    assert indicators.board(user, ON) == []
    assert indicators.board_by_township(user, ON) == []
    assert indicators.rows("villages", user, ON) == []
    assert rules.findings(user, ON) == []


def test_disabled_account_sees_nothing(account):
    user = account("wang")
    user.is_active = False

    assert indicators.board(user, ON) == []


def test_leader_sees_the_county_narrowed_to_a_village(account):
    county = indicators.board(account("zhang"), ON)
    village = {figure.key: figure.value for figure in indicators.board(account("zhang"), ON, "990121101201")}

    assert county == indicators.board(account("wang"), ON)
    assert (village["villages"], village["cadres"], village["stationed"]) == (1, 4, 3)


def test_townships_add_up_to_the_county(account):
    county = {figure.key: figure for figure in indicators.board(account("wang"), ON)}
    townships = indicators.board_by_township(account("wang"), ON)

    assert [township.name for township, _ in townships][:3] == ["城关镇", "柳林镇", "石桥镇"]
    assert len(townships) == 9
    for key, figure in county.items():
        parts = [figures[key] for _, figures in townships]
        if key in COUNTY_ALONE:
            assert {part.numerator for part in parts} == {None}
            continue
        if key in PARTLY:
            assert (key, sum(part.numerator for part in parts) < figure.numerator) == (key, True)
            continue
        assert (key, round(sum(part.numerator for part in parts), 6)) == (key, figure.numerator)
        assert (key, round(sum(part.denominator or 0 for part in parts), 6)) == (key, figure.denominator or 0)


def test_clerk_gets_one_township(account):
    assert [township.code for township, _ in indicators.board_by_township(account("liulin"), ON)] == ["990121101"]


def test_board_costs_the_same_for_a_village_as_for_the_county(account):
    user = account("wang")

    county = queries_of(lambda: indicators.board(user, ON))
    village = queries_of(lambda: indicators.board(user, ON, "990121101201"))
    sources = {source for one in indicators.REGISTRY.values() for source in (one.source, one.of) if source}
    assert county <= len(sources) + 1  # the parameters
    assert village <= county + 2  # the two that look whether the code is there


def test_townships_cost_what_one_costs(account):
    county = queries_of(lambda: indicators.board_by_township(account("wang"), ON))
    clerk = queries_of(lambda: indicators.board_by_township(account("liulin"), ON))

    assert county == clerk


def test_rows_cost_the_same_for_two_as_for_many(account):
    user = account("wang")
    many = queries_of(lambda: indicators.rows("people_trained", user, ON))
    few = queries_of(lambda: indicators.rows("people_trained", user, ON, "990121101201"))

    assert many == 2
    assert few <= many + 2


def test_findings_cost_one_query_a_rule(account):
    assert queries_of(lambda: rules.findings(account("wang"), ON)) <= len(rules.RULES) + 3
