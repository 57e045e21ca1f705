"""The figures of the demo county on three dates against counts made by hand in SQL."""

import datetime
import math
import re

import pytest

from core import indicators
from tests.demo import by_hand

DATES = [datetime.date(2022, 12, 31), datetime.date(2024, 12, 31), datetime.date(2026, 11, 22)]
# What the account of the real county says (issue 2): value and denominator on 2024-12-31.
STATED = {
    "villages": (86, None),
    "one_shoulder": (86, 86),
    "cadres_adjusted": (17, None),
    "reserves_recruited": (20, None),
    "reserves": (436, 430),
    "reserve_ratio_met": (86, 86),
    "secretary_classes": (27, None),
    "people_trained": (602, 602),
    "degree_students": (89, None),
    "college_cadre_villages": (80, 86),
}


def figures_on(on, code=None):
    return {figure.key: figure for figure in indicators.measure(on, code)}


@pytest.mark.parametrize("key", STATED)
def test_figure_is_what_the_account_says(demo, key):
    figure = figures_on(datetime.date(2024, 12, 31))[key]

    assert (figure.value, figure.denominator) == STATED[key]


def test_each_of_the_twenty_came_by_an_application(demo):
    rows = indicators.listing(indicators.get("reserves_recruited"), datetime.date(2024, 12, 31))

    assert len(rows) == 20
    assert all(row["details"]["招聘公告"] and row["details"]["聘用文号"] and row["details"]["笔试"] for row in rows)


@pytest.mark.parametrize("on", DATES, ids=str)
def test_figures_agree_with_sql_by_hand(demo, on):
    figures = figures_on(on)

    for key, sql in by_hand.NUMERATORS.items():
        assert (key, figures[key].numerator) == (key, by_hand.count(sql, on))
    for key, sql in by_hand.DENOMINATORS.items():
        assert (key, figures[key].denominator) == (key, by_hand.count(sql, on))


@pytest.mark.parametrize("on", DATES, ids=str)
def test_rows_are_the_figure(demo, on):
    for figure in indicators.measure(on):
        one = indicators.get(figure.key)
        for part, value in (("numerator", figure.numerator), ("denominator", figure.denominator)):
            if part in figure.parts:
                rows = indicators.listing(one, on, part=part)
                assert (figure.key, part, round(math.fsum(row["amount"] for row in rows), 6)) == (
                    figure.key,
                    part,
                    value,
                )
                assert len({row["id"] for row in rows}) == len(rows)
        if "missing" in figure.parts:
            missing = indicators.listing(one, on, part="missing")
            assert (figure.key, len(missing)) == (figure.key, figure.denominator - figure.numerator)


def test_college_figure_names_the_six_villages_without(demo):
    missing = indicators.listing(indicators.get("college_cadre_villages"), datetime.date(2024, 12, 31), part="missing")

    assert len(missing) == 6
    assert {row["kind"] for row in missing} == {"village"}
    assert all(row["label"].endswith("村") and len(row["id"]) == 12 for row in missing)


def test_figures_of_three_dates_differ(demo):
    changing = [
        "one_shoulder",
        "cadres_adjusted",
        "reserves",
        "people_trained",
        "degree_students",
        "college_cadre_villages",
    ]
    boards = [figures_on(on) for on in DATES]

    for key in changing:
        assert len({board[key].value for board in boards}) == 3


def test_percentage_rounds_half_up():
    assert indicators.percentage(80, 86) == 93.02
    assert indicators.percentage(1, 3200) == 0.03  # 0.03125
    assert indicators.percentage(1, 800) == 0.13  # 0.125
    assert indicators.percentage(0, 0) is None


def test_rows_show_no_id_number_and_no_phone(demo):
    shown = "".join(
        str(row)
        for one in indicators.REGISTRY.values()
        for part in one.parts
        for row in indicators.listing(one, datetime.date(2026, 11, 22), part=part)
    )

    assert not re.findall(r"(?<![0-9])(?:[0-9]{17}[0-9X]|1[3-9][0-9]{9})(?![0-9])", shown)
