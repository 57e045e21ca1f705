"""The table of villages against the yearly figures: new, changed, unchanged, refused, emptied; export comes back unchanged."""

import datetime
from decimal import Decimal

import pytest

from rosters import importer
from tests import factories
from tests.rosters.clerks import in_journal
from tests.rosters.handing import (
    TODAY,
    changes,
    codes,
    committed,
    exported,
    hand_in,
    messages,
    queries,
    row_of,
    sent_back,
    shown,
)
from villages.models import VillageFigures

pytestmark = pytest.mark.django_db

HEADER = ("村", "总户数", "总人口", "耕地面积", "村集体经济收入（万元）", "书记姓名", "联系电话", "备注")
HOME, OTHER, FOREIGN = "990121100201", "990121100202", "990121101201"
ROW = ("甲村", "373户", 1318, 3113.5, 68.71, "周成有", "13800001111", "山区村")


@pytest.fixture
def clerk():
    factories.village(HOME, "甲村")
    factories.village(OTHER, "乙村")
    factories.village(FOREIGN, "丙村")
    return factories.user("township_clerk", factories.OWN, name="经办人")


def send(clerk, *rows, **more):
    return hand_in(clerk, "villages", HEADER, *rows, **more)


def write(clerk, *rows, **more):
    return committed(clerk, "villages", HEADER, *rows, **more)


def test_new_figures_are_kept_under_the_year_of_the_roster(clerk):
    upload = write(clerk, ROW)

    found = VillageFigures.objects.get()
    assert (found.village_id, found.year) == (HOME, 2026)
    assert (found.households, found.population, found.arable_land_mu) == (373, 1318, Decimal("3113.50"))
    assert (found.collective_income_wan, found.secretary_name, found.remarks) == (Decimal("68.71"), "周成有", "山区村")
    assert in_journal(upload) == {("villages.villagefigures", found.pk)}


def test_another_year_is_another_row(clerk):
    write(clerk, ROW)

    upload = write(clerk, ROW, as_of=datetime.date(2025, 12, 31))

    assert upload.counts["new"] == 1
    assert set(VillageFigures.objects.values_list("year", flat=True)) == {2025, 2026}


def test_the_same_file_again_changes_nothing(clerk):
    write(clerk, ROW, ("乙村", 210, 640, 93, 41, "", "", ""))
    before = changes()

    again = hand_in(clerk, "villages", HEADER, ("乙村", 210, 640, 93, 41, "", "", ""), ROW)

    assert (again.counts["unchanged"], again.writes) == (2, 0)
    assert changes() == before


def test_a_change_is_shown_old_and_new_in_plain_numbers(clerk):
    write(clerk, ROW)

    upload = write(clerk, ("甲村", 380, 1318, 3113.5, 70, "", "", ""))

    assert row_of(upload).diff == {"households": ["373", "380"], "collective_income_wan": ["68.71", "70"]}
    assert VillageFigures.objects.get().households == 380


def test_an_income_in_yuan_is_kept_in_ten_thousands(clerk):
    committed(clerk, "villages", ("村", "村集体经济收入（元）"), ("甲村", 687101))

    assert VillageFigures.objects.get().collective_income_wan == Decimal("68.7101")


def test_a_blank_cell_leaves_what_is_kept_and_the_word_for_it_empties(clerk):
    write(clerk, ROW)

    upload = write(clerk, ("甲村", "", "清空", "", "", "", "", "清空"))

    found = VillageFigures.objects.get()
    assert (found.households, found.population, found.remarks) == (373, None, "")
    assert row_of(upload).diff == {"population": ["1318", None], "remarks": ["山区村", None]}


@pytest.mark.parametrize(
    ("value", "column", "code"),
    [("12.5", 1, "not_whole"), ("-3", 2, "negative"), (99_999_999_999, 1, "too_large"), (1e12, 3, "too_large")],
)
def test_a_number_that_cannot_be_is_refused_at_its_cell(clerk, value, column, code):
    row = list(ROW)
    row[column] = value

    upload = send(clerk, row)

    assert code in codes(upload)
    assert (upload.counts["error"], upload.writes) == (1, 0)


def test_a_village_of_another_township_is_refused_and_nothing_else_is_told(clerk):
    factories.village_figures(village=FOREIGN, year=2026, population=5)

    upload = send(clerk, ("丙村", "12.5", 1, 1, 1, "某某", "13800001111", ""))

    assert codes(upload) == {"outside_scope"}
    assert row_of(upload).diff is None


def test_the_secretary_is_kept_as_typed_and_compared_with_who_serves(clerk):
    someone = factories.person("郑大山", village=HOME, phone="13900002222")
    factories.appointment(person=someone, village=HOME, post="party_secretary")

    upload = send(clerk, ROW, ("乙村", 210, 640, 93, 41, "钱某", "", ""))

    assert "secretary_differs" in codes(upload)
    assert "secretary_unknown" in codes(upload, 1)
    assert not any("郑大山" in message or "周成有" in message for message in messages(upload))


def test_the_same_secretary_under_another_phone_is_hinted_and_the_phone_not_taken(clerk):
    someone = factories.person("周成有", village=HOME, phone="13900002222")
    factories.appointment(person=someone, village=HOME, post="party_secretary")

    upload = write(clerk, ROW)

    assert {"secretary_phone_differs", "phone_compared_only"} <= codes(upload)
    someone.refresh_from_db()
    assert someone.phone == "13900002222"


def test_that_the_phone_is_not_kept_is_said_once(clerk):
    upload = send(clerk, ROW, ("乙村", 210, 640, 93, 41, "钱某", "13800001112", ""))

    assert sum("不入库" in message for message in messages(upload)) == 1


def test_a_row_without_any_figure_makes_none(clerk):
    upload = send(clerk, ("甲村", *[""] * 7))

    assert (upload.counts["unchanged"], upload.writes) == (1, 0)


def test_figures_changed_under_the_preview_are_shown_again(clerk):
    write(clerk, ROW)
    upload = send(clerk, ("甲村", 400, 1318, "", "", "", "", ""))
    VillageFigures.objects.update(households=390)

    assert importer.confirm(upload, by=clerk).state == "changed"
    assert row_of(upload).diff == {"households": ["390", "400"]}


def test_our_own_export_comes_back_unchanged(clerk):
    write(clerk, ROW, ("乙村", 210, 640, 0.25, 4.0375, "", "", "=1+1"))
    factories.village_figures(village=FOREIGN, year=2026)

    again = sent_back("villages", clerk)

    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (2, 0, 0)
    assert len(shown(exported("villages", clerk, TODAY))) == 3


def test_villages_of_which_nothing_is_kept_stand_there_to_be_filled_in(clerk):
    write(clerk, ROW)

    _, *rows = shown(exported("villages", clerk, datetime.date(2025, 6, 1)))

    assert [row[1] for row in rows] == ["甲村", "乙村"]
    assert not any(cell for row in rows for cell in row[2:])
    again = sent_back("villages", clerk)
    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (2, 0, 0)


def test_the_number_of_queries_does_not_grow_with_the_rows(clerk):
    for number in range(301, 323):
        factories.village(f"{factories.OWN}{number}", f"村{number}村")

    def both(rows):
        upload = send(clerk, *rows)
        return queries(lambda: importer.confirm(upload, by=clerk))

    def row(number, people):
        return (f"村{number}村", people, people, 1, people / 4, "某某", "", "")

    few, many = both([row(301, 1), row(302, 2)]), both([row(number, number) for number in range(303, 323)])
    assert few == many
    few, many = both([row(301, 5), row(302, 6)]), both([row(number, number + 1) for number in range(303, 323)])
    assert few == many
