"""The lists of awards, the fund, evaluations, checks and pay standards: what a filter leaves, on the page and in Excel."""

import datetime
import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests import factories
from tests.awards.conftest import FOREIGN, HOME, nominated, text

day = datetime.date


def sheets(client, url, **asked):
    """{sheet's name: the values of its rows} of the list as Excel."""
    book = load_workbook(io.BytesIO(client.get(url, asked | {"xlsx": "1"}).content))
    return {sheet.title: list(sheet.iter_rows(min_row=4, values_only=True)) for sheet in book}


def names(client, url, **asked):
    """The first cells of the lines of every sheet."""
    return {title: [row[0] for row in rows] for title, rows in sheets(client, url, **asked).items()}


def tables(client, url, **asked):
    return "".join(re.findall(r"<tbody>.*?</tbody>", text(client.get(url, asked)), re.DOTALL))


@pytest.fixture
def rounds(held):
    """The round of the county in 2024, and one of a province's scheme in 2023."""
    upper = factories.award_scheme(name="全省先进村")
    upper.level = "province"
    upper.save()
    return held, factories.award_round(scheme=upper, year=2023)


@pytest.mark.parametrize("asked", [{"level": "province"}, {"q": "先进"}, {"year": "2023"}])
def test_rounds_are_narrowed_by_level_year_and_name(county, rounds, asked):
    held, other = rounds
    url = reverse("award_rounds")

    assert names(county, url)["表彰轮次"] == [str(held), str(other)]
    assert names(county, url, **asked)["表彰轮次"] == [str(other)]
    shown = tables(county, url, **asked)
    assert reverse("award_round", args=[other.pk]) in shown
    assert reverse("award_round", args=[held.pk]) not in shown


def test_the_schemes_are_narrowed_with_their_rounds_and_a_township_counts_its_own(county, rounds):
    held, _ = rounds
    nominated(held, village=HOME)
    nominated(held, "李四", village=FOREIGN)
    url = reverse("award_rounds")

    assert names(county, url, level="county")["表彰项目"] == ["乡村振兴贡献奖"]
    assert sheets(county, url)["表彰轮次"][0][5] == 2
    assert sheets(county, url, division=factories.NEIGHBOUR)["表彰轮次"][0][5] == 1
    assert "没有符合的轮次" in text(county.get(url, {"q": "没有这样的"}))


def test_a_leader_is_offered_no_page_of_judges_that_is_closed_to_him(county, browser, held):
    link = reverse("award_judges", args=[held.pk])
    url = reverse("award_round", args=[held.pk])

    assert link in text(county.get(url))
    assert link not in text(browser("leader").get(url))


def test_the_ledger_is_narrowed_by_kind_words_and_year_with_its_balances_kept(county, places):
    fund = factories.fund()
    factories.fund_entry(fund=fund, on=day(2023, 5, 1), amount=500, party="省财政厅")
    factories.fund_entry(fund=fund, on=day(2024, 5, 1), amount=1000, party="县财政局")
    factories.fund_entry(fund=fund, on=day(2024, 6, 1), amount=200, party="张三", basis="撤销后退回")
    url = reverse("fund")

    assert "省财政厅" not in tables(county, url)
    assert "省财政厅" in tables(county, url, period="all")
    assert "1,700" in (shown := tables(county, url, q="撤销"))
    assert "县财政局" not in shown
    assert "没有符合的收支" in text(county.get(url, {"kind": "payment"}))
    rows = list(load_workbook(io.BytesIO(county.get(reverse("fund_ledger"), {"q": "撤销"}).content)).active.values)[3:]
    assert [(row[6], row[5]) for row in rows] == [("张三", 1700)]
    assert "没有符合的收支" in text(county.get(url, {"q": "没有这样的"}))


def test_evaluations_are_narrowed_by_year_kind_and_progress(county, places):
    running = factories.evaluation_scheme(year=2024)
    out = factories.evaluation_scheme(year=2023, kind="team", published_on=day(2024, 2, 1))
    factories.evaluation(scheme=running, village=factories.village(HOME))
    url = reverse("evaluations")

    assert names(county, url)["考核评价"] == [str(running), str(out)]
    for asked in ({"year": "2023"}, {"kind": "team"}, {"state": "published"}):
        assert names(county, url, **asked)["考核评价"] == [str(out)]
    assert sheets(county, url)["考核评价"][0][2] == 1
    assert sheets(county, url, division=factories.NEIGHBOUR)["考核评价"][0][2] == 0
    assert "没有符合条件的考核方案" in text(county.get(url, {"kind": "talent"}))


def test_an_announcement_to_come_is_none_on_the_date(county, places):
    factories.evaluation_scheme(year=2024, published_on=day(2025, 1, 10))

    assert names(county, reverse("evaluations"), state="published")["考核评价"] == []
    assert len(names(county, reverse("evaluations"), state="running")["考核评价"]) == 1


def test_checks_and_what_is_open_of_them_are_narrowed_alike(county, clerk, places):
    special = factories.inspection_item(inspection=factories.inspection(kind="special", on=day(2024, 3, 1)))
    periodic = factories.inspection_item(inspection=factories.inspection(on=day(2024, 10, 20)))
    factories.inspection_finding(item=special, village=factories.village(HOME), problem="台账缺页", due=day(2024, 4, 1))
    factories.inspection_finding(item=periodic, village=factories.village(FOREIGN), due=day(2024, 12, 1))
    url, open_ones = reverse("inspections"), "没有销号的问题"

    def problems(client=county, **asked):
        return [row[5] for row in sheets(client, url, **asked)[open_ones]]

    assert problems() == ["台账缺页", "没有坐班"]
    for asked in ({"kind": "special"}, {"state": "late"}, {"q": "缺页"}, {"division": factories.OWN}):
        assert problems(**asked) == ["台账缺页"]
        assert "没有坐班" not in tables(county, url, **asked)
    assert problems(clerk) == ["台账缺页"]
    assert names(county, url, kind="special")["历次检查"] == [special.inspection.name]
    assert [row[5:] for row in sheets(county, url, division=factories.OWN)["历次检查"]] == [(0, 0), (1, 1)]


def test_standards_are_those_of_the_year_or_of_all_years_of_a_post(county, clerk, places):
    for year, basic in ((2023, 20_000), (2024, 24_000), (2025, 30_000)):
        factories.safeguard_standard(year=year, basic=basic)
    factories.safeguard_standard(year=2024, post="village_director", basic=22_000)
    url = reverse("safeguard_standards")

    def told(client=clerk, **asked):
        return [(row[0], row[2]) for row in sheets(client, url, **asked)["村干部报酬标准"]]

    assert told() == told(county) == [(2024, 24_000), (2024, 22_000)]
    assert told(period="all") == [(2024, 24_000), (2024, 22_000), (2023, 20_000)]
    assert told(post="village_director") == [(2024, 22_000)]
    assert "没有符合条件的报酬标准" in text(clerk.get(url, {"post": "village_director", "on": "2023-06-01"}))
