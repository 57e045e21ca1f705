"""The ledger of matches and the list of visits as rosters: in, corrected, out for a date, in again, what is refused and to whom."""

import datetime

import pytest

from talent.models import Demand, DemandVisit, Match
from talent.roster_apply.matches import ORDER, PAIRS
from tests import factories
from tests.rosters.handing import TODAY, codes, committed, exported, hand_in, queries, row_of, sent_back, shown

pytestmark = pytest.mark.django_db

STEPS = (
    "推荐日期", "推荐理由", "邀请日期", "接受日期", "谢绝日期", "谢绝原因", "签约日期", "到岗日期", "评价日期", "评价", "结束日期", "结束原因",
)  # fmt: skip
LEDGER = ("乡镇", "村（社区）", "需求单位", "需要什么人", "人选", "身份证号", *STEPS, "备注")
VISITS = ("乡镇", "村（社区）", "需求单位", "需要什么人", "服务人", "身份证号", "服务日期", "服务天数", "做了什么")
HOME, BESIDE, FOREIGN = "990121100201", "990121100202", "990121101201"
ARRIVED = {"邀请日期": "2026.03.12", "接受日期": "2026.03.15", "签约日期": "2026.03.20", "到岗日期": "2026.04.01"}


@pytest.fixture
def clerk():
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.division(factories.NEIGHBOUR, "柳林镇")
    for code, name in ((HOME, "甲山村"), (BESIDE, "乙水村"), (FOREIGN, "丙田村")):
        factories.village(code, name)
    return factories.user("township_clerk", factories.OWN, name="经办人")


@pytest.fixture
def county(clerk):
    return factories.user("county_staff", factories.COUNTY)


@pytest.fixture
def need(clerk):
    held = factories.demand_round(name="2026 年度乡村人才需求调查")
    return factories.demand(round=held, village=HOME, post="电商 运营")


def talent(name="林小直", village=HOME, **fields):
    place = factories.village(village)
    fields = {"start": datetime.date(2021, 3, 1)} | fields
    return factories.rural_talent(person=factories.person(name, village=place), village=place, **fields)


def line(header, person, **more):
    told = {
        "乡镇": "城关镇",
        "村（社区）": "甲山村",
        "需要什么人": "电商运营",
        header[4]: person.name,
        "身份证号": person.id_number,
    }
    return tuple((told | more).get(name, "") for name in header)


def propose(by, need, person, **more):
    more = {"推荐日期": "2026.03.10"} | more
    return committed(by, "matches", LEDGER, line(LEDGER, person, **more), target_id=need.round_id)


def offer(by, need, person, **more):
    return hand_in(by, "matches", LEDGER, line(LEDGER, person, **more), target_id=need.round_id)


def serve(by, need, person, **more):
    more = {"服务日期": "2026.03.20", "做了什么": "教村民直播"} | more
    return hand_in(by, "demand_visits", VISITS, line(VISITS, person, **more), target_id=need.round_id)


# --- the ledger


def test_a_ledger_keeps_every_step_of_somebody_new(clerk, need):
    someone = talent()

    propose(
        clerk, need, someone.person, **ARRIVED, 推荐理由="镇里推荐", 评价日期="2026.06.01", 评价="满意", 结束日期="2026.09.30", 结束原因="期满",
    )  # fmt: skip

    kept = Match.objects.get()
    assert (kept.demand, kept.talent, kept.reasons, kept.grade, kept.end_reason) == (
        need,
        someone,
        "镇里推荐",
        "good",
        "期满",
    )
    assert (str(kept.proposed_on), str(kept.arrived_on), str(kept.ended_on)) == (
        "2026-03-10",
        "2026-04-01",
        "2026-09-30",
    )


def test_a_correction_is_shown_and_only_it_is_written(clerk, need):
    someone = talent()
    propose(clerk, need, someone.person, 邀请日期="2026.03.12")

    upload = propose(clerk, need, someone.person, 邀请日期="2026.03.13", 接受日期="2026.03.15")

    assert row_of(upload).diff == {"invited_on": ["2026.03.12", "2026.03.13"], "accepted_on": [None, "2026.03.15"]}
    assert str(Match.objects.get().accepted_on) == "2026-03-15"


def test_somebody_proposed_is_found_by_name(clerk, need):
    someone = talent()
    propose(clerk, need, someone.person)

    upload = offer(clerk, need, someone.person, 身份证号="", 邀请日期="2026.03.12")

    assert (row_of(upload).change, upload.writes) == ("changed", 1)


def test_the_ledger_goes_out_and_comes_back_unchanged_in_the_county_and_in_the_township(clerk, county, need):
    propose(clerk, need, talent().person, **ARRIVED, 推荐理由="小类相同 +30；\n本村 +20", 备注="两  个空格 ")
    propose(
        county, need, talent("邻镇人", FOREIGN).person, 邀请日期="2026.03.12", 谢绝日期="2026.03.13", 谢绝原因="走不开"
    )

    for user in (clerk, county):
        again = sent_back("matches", user, need.round_id)
        assert (again.rows_total, again.counts["unchanged"], again.writes) == (2, 2, 0)


def test_the_ledger_answers_for_its_date(clerk, need):
    propose(clerk, need, talent().person, 邀请日期="2026.03.12", 谢绝日期="2026.04.13", 谢绝原因="走不开")

    header, cells = shown(exported("matches", clerk, datetime.date(2026, 4, 1), need.round_id))

    told = dict(zip(header, cells, strict=True))
    assert told["邀请日期"] == "2026.03.12"
    assert not told.get("谢绝日期")
    assert not told.get("谢绝原因")
    assert len(shown(exported("matches", clerk, datetime.date(2026, 3, 1), need.round_id))) == 1


def test_whose_file_is_elsewhere_goes_out_without_a_number(clerk, county, need):
    other = talent("邻镇人", FOREIGN)
    propose(county, need, other.person)

    cells = [cell for row in shown(exported("matches", clerk, TODAY, need.round_id)) for cell in row]

    assert "邻镇人" in cells
    assert other.person.id_number not in cells


def test_a_clerk_proposes_nobody_from_elsewhere_and_is_told_nothing_of_them(clerk, need):
    other = talent("邻镇人", FOREIGN)
    stranger = factories.id_number()

    known, unknown = (
        offer(clerk, need, other.person, 人选="邻镇人", 身份证号=number) for number in (other.person.id_number, stranger)
    )  # fmt: skip

    assert [row_of(upload).problems for upload in (known, unknown)] == [row_of(known).problems] * 2
    assert "not_in_pool" in codes(known)


def test_a_neighbours_need_is_not_named(clerk, need):
    factories.demand(round=need.round, village=FOREIGN, post="会计")

    upload = offer(clerk, need, talent().person, **{"乡镇": "柳林镇", "村（社区）": "丙田村", "需要什么人": "会计"})

    assert "outside_scope" in codes(upload)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"需要什么人": "会计"}, "no_need"),
        ({"身份证号": ""}, "who_is_it"),
        ({"推荐日期": "2019.01.01"}, "not_in_pool"),
        ({"邀请日期": "2026.03.01"}, "steps_out_of_order"),
        ({"接受日期": "2026.03.15"}, "steps_out_of_order"),
        ({"到岗日期": "2026.03.15"}, "steps_out_of_order"),
        ({"邀请日期": "2026.03.12", "谢绝日期": "2026.03.12"}, "steps_out_of_order"),
        ({"评价": "满意"}, "steps_out_of_order"),
        ({"邀请日期": "2026.03.12", "接受日期": "2026.03.12", "谢绝日期": "2026.03.12", "谢绝原因": "忙"}, "steps_out_of_order"),
        ({**ARRIVED, "结束日期": "2026.03.30", "结束原因": "走了"}, "steps_out_of_order"),
        ({"评价": "五颗星"}, "unknown_match_grade"),
        ({"谢绝原因": "长" * 201}, "too_long"),
        ({"邀请日期": "9999-12-31"}, "bad_date"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_kept_is_told(clerk, need, wrong, code):
    upload = offer(clerk, need, talent().person, **{"推荐日期": "2026.03.10"} | wrong)

    assert code in codes(upload)
    assert upload.writes == 0


def test_a_closed_need_takes_nobody_new(clerk, need):
    Demand.objects.update(closed_on=datetime.date(2026, 3, 5), close_reason="expired")

    assert "need_closed" in codes(offer(clerk, need, talent().person, 推荐日期="2026.03.10"))


def test_every_rule_of_the_database_about_dates_is_told_at_its_cell():
    named = {constraint.name for constraint in Match._meta.constraints if constraint.name != "match_once"}

    assert {name for *_, name in (*ORDER, *PAIRS)} | {"match_one_answer"} == named


def test_a_ledger_costs_the_same_queries_for_two_rows_as_for_twenty(clerk, need):
    rows = [line(LEDGER, talent(f"人选{'甲乙丙丁'[number % 4]}").person, 推荐日期="2026.03.10") for number in range(20)]

    few, many = (
        queries(lambda chosen=chosen: hand_in(clerk, "matches", LEDGER, *chosen, target_id=need.round_id))
        for chosen in (rows[:2], rows)
    )

    assert few == many


# --- visits


def accepted(clerk, need, someone):
    propose(clerk, need, someone.person, 邀请日期="2026.03.12", 接受日期="2026.03.15")


def test_a_visit_is_kept_corrected_and_comes_back_unchanged(clerk, need):
    someone = talent()
    accepted(clerk, need, someone)
    for days in ("", "1.5"):
        upload = serve(clerk, need, someone.person, 服务天数=days)
        committed(clerk, "demand_visits", VISITS, line(VISITS, someone.person, 服务日期="2026.03.20", 做了什么="教村民直播", 服务天数=days), target_id=need.round_id)  # fmt: skip

    again = sent_back("demand_visits", clerk, need.round_id)

    assert row_of(upload).diff == {"served_days": ["1", "1.5"]}
    assert [str(days) for days in DemandVisit.objects.values_list("days", flat=True)] == ["1.5"]
    assert (again.rows_total, again.counts["unchanged"]) == (1, 1)


def test_the_visits_answer_for_their_date(clerk, need):
    factories.demand_visit(match=factories.match(demand=need, invited_on=TODAY, accepted_on=TODAY, talent=talent()))

    assert len(shown(exported("demand_visits", clerk, datetime.date(2026, 3, 31), need.round_id))) == 1
    assert len(shown(exported("demand_visits", clerk, TODAY, need.round_id))) == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"服务日期": "2026.03.14"}, "before_acceptance"),
        ({"服务日期": "2026.03"}, "day_wanted"),
        ({"服务日期": "2026.12.31"}, "visit_in_future"),
        ({"服务日期": "0001-01-01"}, "bad_date"),
        ({"服务天数": 0}, "bad_days"),
        ({"服务天数": 1000}, "bad_days"),
        ({"服务天数": 0.25}, "bad_days"),
        ({"服务天数": -1}, "bad_days"),
        ({"服务人": "别人", "身份证号": ""}, "not_matched"),
        ({"需要什么人": "会计"}, "no_need"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_visit_is_told(clerk, need, wrong, code):
    someone = talent()
    accepted(clerk, need, someone)

    upload = serve(clerk, need, someone.person, **wrong)

    assert code in codes(upload)
    assert upload.writes == 0
