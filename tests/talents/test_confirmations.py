"""The yearly answers as a roster: out with everybody in the pool, answered, in again, corrected, and what is refused."""

import datetime

import pytest

from core import periods
from talent.models import RuralTalent, TalentConfirmation
from talent.views.talents import stale_before
from tests import factories
from tests.rosters.handing import TODAY, codes, committed, exported, hand_in, row_of, sent_back, shown

pytestmark = pytest.mark.django_db

HEADER = ("村", "姓名", "身份证号", "年度", "今年是否仍在", "确认日期", "备注")
HOME, BESIDE, FOREIGN = "990121100201", "990121100202", "990121101201"


@pytest.fixture
def clerk():
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.division(factories.NEIGHBOUR, "柳林镇")
    for code, name in ((HOME, "甲山村"), (BESIDE, "乙水村"), (FOREIGN, "丙田村")):
        factories.village(code, name)
    return factories.user("township_clerk", factories.OWN, name="经办人")


@pytest.fixture
def talent(clerk):
    return somebody("林小直")


def somebody(name, village=HOME, **fields):
    place = factories.village(village)
    fields = {"start": datetime.date(2021, 3, 1)} | fields
    return factories.rural_talent(person=factories.person(name, village=place), village=place, **fields)


def row(talent, answer="仍在", **more):
    told = {
        "村": "甲山村",
        "姓名": talent.person.name,
        "身份证号": talent.person.id_number,
        "今年是否仍在": answer,
    } | more
    return tuple(told.get(name, "") for name in HEADER)


def test_an_answer_is_kept_with_its_day_and_who_gave_it(clerk, talent):
    committed(clerk, "confirmations", HEADER, row(talent, 确认日期="2026.06.20", 备注="电话核实"))

    kept = TalentConfirmation.objects.get()
    assert (kept.talent, kept.year, kept.is_here, kept.by) == (talent, 2026, True, clerk)
    assert (kept.confirmed_on, kept.remarks) == (datetime.date(2026, 6, 20), "电话核实")


def test_without_a_day_it_is_the_rosters(clerk, talent):
    committed(clerk, "confirmations", HEADER, row(talent))

    assert TalentConfirmation.objects.get().confirmed_on == TODAY


def test_whoever_is_gone_leaves_the_pool_with_the_day_before(clerk, talent):
    committed(clerk, "confirmations", HEADER, row(talent, "已不在", 确认日期="2026.06.20"))

    talent.refresh_from_db()
    assert talent.end == datetime.date(2026, 6, 19)
    assert talent not in RuralTalent.objects.in_pool(TODAY)


def test_an_answer_taken_back_brings_the_talent_back(clerk, talent):
    committed(clerk, "confirmations", HEADER, row(talent, "已不在", 确认日期="2026.06.20"))

    upload = committed(clerk, "confirmations", HEADER, row(talent, "仍在"))

    talent.refresh_from_db()
    assert row_of(upload).diff["still_here"] == ["已不在", "仍在"]
    assert (talent.end, talent.end_reason) == (None, "")


def test_whoever_entered_elsewhere_since_is_not_brought_back(clerk, talent):
    committed(clerk, "confirmations", HEADER, row(talent, "已不在", 确认日期="2026.06.20"))
    factories.rural_talent(person=talent.person, village=BESIDE, start=datetime.date(2026, 7, 1))

    upload = hand_in(clerk, "confirmations", HEADER, row(talent, "仍在", 确认日期="2026.06.21"))

    assert "entered_since" in codes(upload)
    assert upload.writes == 0


def test_an_answer_for_an_earlier_year_leaves_the_pool_of_today_alone(clerk, talent):
    committed(clerk, "confirmations", HEADER, row(talent, "已不在", 确认日期="2026.06.20"))

    committed(clerk, "confirmations", HEADER, row(talent, "仍在", 年度="2025年度", 确认日期="2025.07.01"))

    talent.refresh_from_db()
    assert talent.end == datetime.date(2026, 6, 19)
    assert dict(TalentConfirmation.objects.values_list("year", "is_here")) == {2025: True, 2026: False}


def test_everybody_in_the_pool_goes_out_and_comes_back_unchanged(clerk, talent):
    somebody("没人问")
    committed(clerk, "confirmations", HEADER, row(talent, "已不在", 确认日期="2026.06.20"), row(somebody("陈小播")))

    again = sent_back("confirmations", clerk)

    names = [cells[2] for cells in shown(exported("confirmations", clerk))[1:]]
    assert sorted(names) == ["林小直", "没人问", "陈小播"]
    assert (again.rows_total, again.counts["unchanged"], again.writes) == (3, 3, 0)


def test_the_list_answers_for_its_date(clerk, talent):
    committed(clerk, "confirmations", HEADER, row(talent, 确认日期="2026.06.20"))
    before = datetime.date(2026, 6, 1)

    cells = dict(zip(*shown(exported("confirmations", clerk, on=before)), strict=True))

    assert not cells.get("今年是否仍在")


def test_a_blank_answer_says_nothing(clerk, talent):
    upload = hand_in(clerk, "confirmations", HEADER, row(talent, ""))

    assert (row_of(upload).change, upload.writes) == ("unchanged", 0)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"今年是否仍在": "看情况"}, "unknown_answer"),
        ({"年度": 2025}, "missing_field:confirmed_on"),
        ({"年度": 2025, "确认日期": "2026.06.20"}, "year_differs"),
        ({"年度": 99999}, "bad_year"),
        ({"确认日期": "2026.12.01"}, "visit_in_future"),
        ({"确认日期": "2020.12.01"}, "not_in_pool"),
        ({"村": "乙水村"}, "in_another_pool"),
        ({"备注": "长" * 201}, "too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_kept_is_told(clerk, talent, wrong, code):
    upload = hand_in(clerk, "confirmations", HEADER, row(talent) if not wrong else row(talent, **wrong))

    assert code in codes(upload)
    assert upload.writes == 0


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31", "1949.13", "2026.02.30"])
def test_an_odd_day_is_told_and_breaks_nothing(clerk, talent, date):
    upload = hand_in(clerk, "confirmations", HEADER, row(talent, 确认日期=date))

    assert upload.writes == 0
    assert row_of(upload).problems


def test_a_neighbours_talent_is_nobodys_here(clerk, talent):
    other = somebody("邻镇人", FOREIGN)

    upload = hand_in(clerk, "confirmations", HEADER, row(other, 村="丙田村"), row(other, 村="甲山村"))

    assert upload.writes == 0
    assert "outside_scope" in codes(upload)
    assert "held_elsewhere" in codes(upload, 1)


def test_the_answer_ends_being_stale(clerk, talent):
    committed(clerk, "confirmations", HEADER, row(talent))

    assert not RuralTalent.objects.stale(TODAY, 12).exists()
    assert stale_before(TODAY) == periods.months_before(TODAY, 12)
