"""Awards, rounds and the fund of earlier years by roster: what stands in the county's Excel, under the rules of the pages."""

import datetime
from decimal import Decimal

import pytest

from awards import eligibility
from awards.models import Award, AwardQuota, AwardRound, AwardScheme, FundBudget, FundEntry, RewardFund
from core.models import AuditEntry
from rosters import importer
from talent.models import Person
from tests import factories
from tests.awards.conftest import FOREIGN, HOME, nominated, text
from tests.rosters.handing import TODAY, codes, committed, hand_in, messages, row_of, sent_back
from tests.rosters.test_import_pages import confirm, send, upload_of
from tests.rosters.workbooks import xlsx

GIVEN = (
    "乡镇",
    "村",
    "推荐类型",
    "姓名",
    "身份证号",
    "表彰项目",
    "表彰年度",
    "推荐奖项",
    "表彰文号",
    "表彰日期",
    "奖金（元）",
    "荣誉奖励",
)
ROUNDS = (
    "表彰项目", "表彰级别", "批准文号", "表彰年度", "期次", "推荐通知文号", "推荐开始", "推荐截止", "表彰个人名额", "表彰集体名额", "个人奖金（元）",
    "集体奖金（元）", "乡镇", "可推荐个人", "可推荐集体",
)  # fmt: skip
FUND = (
    "收支类型",
    "收支日期",
    "预算年度",
    "收支金额（元）",
    "支付形式",
    "收款人或来源",
    "收支依据",
    "表彰项目",
    "表彰年度",
    "收支说明",
)
PRIZE = "乡村振兴贡献奖"


@pytest.fixture
def staff(places):
    factories.award_scheme(name=PRIZE)
    return factories.user("county_staff", factories.COUNTY, name="甲")


@pytest.fixture
def run(staff):
    """The round of 2024, run here."""
    return factories.award_round(scheme=AwardScheme.objects.get(), year=2024, individual_places=2)


def winner(number, name="张三", year=2023, prize=PRIZE, day="2023.12.20", document="清委〔2023〕45号", bonus="3000"):
    return ("城关镇", "甲山村", "个人", name, number, prize, year, "产业振兴", document, day, bonus, "荣誉证书")


def team(name="甲山村茶叶合作社", year=2023):
    return ("城关镇", "甲山村", "集体", name, "", PRIZE, year, "", "清委〔2023〕45号", "2023.12.20", "1万元", "奖牌")


def refusal(upload, number=0):
    return next((one["field"], one["code"]) for one in row_of(upload, number).problems if one["level"] == "error")


# --- 表彰名单


def test_past_awards_come_in_and_eligibility_sees_them(staff, county):
    number = factories.id_number()

    committed(staff, "awards_given", GIVEN, winner(number), team())

    one, group = Award.objects.order_by("bonus")
    assert (one.person.name, one.person.village_id, one.year, one.category) == ("张三", HOME, 2023, "industry")
    assert (one.document_no, one.decided_on, one.bonus, one.honours) == (
        "清委〔2023〕45号",
        datetime.date(2023, 12, 20),
        3000,
        "荣誉证书",
    )
    assert (group.collective, group.village_id, group.bonus, group.person) == ("甲山村茶叶合作社", HOME, 10_000, None)
    held = factories.award_round(scheme=AwardScheme.objects.get(), year=2024)
    again = factories.nomination(round=held, person=one.person, achievements="x")
    found = eligibility.examine([again], datetime.date(2024, 11, 4))[again.pk]
    assert "2023 年度已获得这项表彰，2 年内不再推荐" in [finding.text for finding in found if finding.met is False]
    assert "2023 年度 乡村振兴贡献奖" in text(county.get(f"/people/{one.person_id}/"))
    assert "甲山村茶叶合作社" in text(county.get(f"/awards/{group.pk}/"))


def test_the_same_list_again_changes_nothing_and_a_correction_is_shown(staff):
    number = factories.id_number()
    rows = [winner(number), team()]
    committed(staff, "awards_given", GIVEN, *rows)

    again = hand_in(staff, "awards_given", GIVEN, *reversed(rows))
    corrected = committed(staff, "awards_given", GIVEN, winner(number, document="清委〔2023〕46号"))

    assert (again.counts["unchanged"], again.writes) == (2, 0)
    assert row_of(corrected).diff == {"award_document": ["清委〔2023〕45号", "清委〔2023〕46号"]}
    assert Award.objects.get(person__isnull=False).document_no == "清委〔2023〕46号"
    assert sent_back("awards_given", staff).counts["unchanged"] == 2


def test_a_township_hands_in_the_countys_awards_as_they_are(staff):
    clerk = factories.user("township_clerk", factories.OWN)
    number = factories.id_number()
    committed(staff, "awards_given", GIVEN, winner(number), team())

    same = hand_in(clerk, "awards_given", GIVEN, winner(number), team())
    other = hand_in(clerk, "awards_given", GIVEN, winner(number, document="清委〔2023〕46号"))

    assert (same.counts["unchanged"], same.counts["error"]) == (2, 0)
    assert refusal(other) == ("award_scheme", "award_of_county")


def test_a_township_registers_none_of_the_countys_awards(staff):
    clerk = factories.user("township_clerk", factories.OWN)
    number = factories.id_number()

    upload = hand_in(clerk, "awards_given", GIVEN, winner(number))

    assert refusal(upload) == ("award_scheme", "award_of_county")
    factories.award_scheme(factories.OWN, name="镇级先进")
    committed(clerk, "awards_given", GIVEN, winner(number, prize="镇级先进"))
    assert Award.objects.get().scheme.division_id == factories.OWN


@pytest.mark.parametrize(
    ("change", "told"),
    [({"prize": "没有的奖"}, ("award_scheme", "unknown_award_scheme")), ({"year": 24}, ("award_year", "year_out_of_range")),
     ({"year": 2027}, ("award_year", "year_out_of_range")), ({"day": ""}, ("award_day", "missing_field:award_day")),
     ({"day": "2026.12.31"}, ("award_day", "award_in_future")), ({"day": "2022.12.31"}, ("award_day", "award_before_year")),
     ({"document": ""}, ("award_document", "missing_field:award_document")), ({"bonus": "-5"}, ("award_bonus", "award_bonus_unlikely")),
     ({"document": "文" * 51}, ("award_document", "too_long")), ({"number": ""}, ("id_number", "missing_id"))],
)  # fmt: skip
def test_what_an_award_cannot_be_is_told_at_its_cell(staff, change, told):
    assert refusal(hand_in(staff, "awards_given", GIVEN, winner(**{"number": factories.id_number()} | change))) == told
    assert not Award.objects.exists()


def test_somebody_on_file_is_found_by_name_in_the_village(staff):
    someone = factories.person("张三", village=HOME)

    committed(staff, "awards_given", GIVEN, winner(""))

    assert Award.objects.get().person == someone


def test_a_year_run_in_a_round_is_decided_there(staff, run):
    number = nominated(run).person.id_number

    upload = hand_in(staff, "awards_given", GIVEN, winner(number, year=2024, day="2024.12.1"))

    assert refusal(upload) == ("award_year", "award_of_round")


def test_what_a_round_decided_or_a_certificate_says_is_not_changed_by_roster(staff):
    someone = factories.person("张三", village=HOME)
    told = {
        "person": someone,
        "scheme": AwardScheme.objects.get(),
        "year": 2023,
        "decided_on": datetime.date(2023, 12, 20),
    }
    factories.award(**told, document_no="原", certificate_no="990121-BZ2023-00001", check_code="A" * 12, certified_on=datetime.date(2023, 12, 21))  # fmt: skip

    upload = hand_in(staff, "awards_given", GIVEN, winner(someone.id_number))

    assert refusal(upload) == ("name", "award_frozen")


def test_no_more_than_the_places_of_the_round(staff):
    factories.award_round(scheme=AwardScheme.objects.get(), year=2023, individual_places=1)

    upload = hand_in(staff, "awards_given", GIVEN, winner(factories.id_number()), winner(factories.id_number(), "李四"))

    assert (codes(upload), refusal(upload, 1)) == (set(), ("name", "beyond_places"))


def test_past_awards_are_taken_back_but_for_those_certified_since(staff):
    first, second = factories.id_number(), factories.id_number()
    upload = committed(staff, "awards_given", GIVEN, winner(first), winner(second, "李四"))
    kept = Award.objects.get(person=Person.objects.with_id_number(first).get())
    Award.objects.filter(pk=kept.pk).update(certificate_no="X", check_code="A" * 12, certified_on=TODAY)

    importer.undo(upload, by=staff)

    assert list(Award.objects.all()) == [kept]


# --- 表彰项目和轮次表


def a_round(township="城关镇", individuals=2, collectives=1, **fields):
    told = dict(zip(ROUNDS, (PRIZE, "县", "清评组〔2021〕3号", 2022, "", "清组通〔2022〕9号", "2022.9.1", "2022.10.15", 10, 5, "3000",
                             "1万元", township, individuals, collectives), strict=True))  # fmt: skip
    return tuple((told | fields).values())


def test_rounds_of_earlier_years_come_in_with_their_quotas(staff):
    committed(
        staff,
        "award_rounds",
        ROUNDS,
        a_round(),
        a_round("柳林镇", 1, 0),
        a_round(表彰项目="最美村医", 乡镇="", 可推荐个人="", 可推荐集体=""),
    )

    held, other = AwardRound.objects.order_by("pk")
    assert (held.scheme.name, held.scheme.approval_no, held.year, held.document_no) == (
        PRIZE,
        "清评组〔2021〕3号",
        2022,
        "清组通〔2022〕9号",
    )
    assert (held.individual_places, held.collective_places, held.individual_bonus, held.collective_bonus) == (
        10,
        5,
        3000,
        10_000,
    )
    assert held.closes_on == datetime.date(2022, 10, 15)
    quotas = AwardQuota.objects.order_by("township_id").values_list("round", "township", "individuals", "collectives")
    assert list(quotas) == [(held.pk, factories.OWN, 2, 1), (held.pk, factories.NEIGHBOUR, 1, 0)]
    assert (other.scheme.name, other.scheme.division_id, other.scheme.level) == ("最美村医", factories.COUNTY, "county")
    assert sent_back("award_rounds", staff).counts["unchanged"] == 3


def test_a_changed_round_shows_old_and_new_and_is_taken_back(staff):
    committed(staff, "award_rounds", ROUNDS, a_round())

    upload = committed(staff, "award_rounds", ROUNDS, a_round(individuals=4, 表彰个人名额=12))

    assert row_of(upload).diff == {"round_individuals": ["10", "12"], "quota_individuals": ["2", "4"]}
    importer.undo(upload, by=staff)
    assert (AwardRound.objects.get().individual_places, AwardQuota.objects.get().individuals) == (10, 2)


@pytest.mark.parametrize(
    ("change", "told"),
    [({"表彰年度": 22}, ("award_year", "award_year_unlikely")), ({"推荐截止": "2022.8.1"}, ("round_closes", "end_before_start")),
     ({"乡镇": "没有的镇"}, ("township", "unknown_township")), ({"乡镇": ""}, ("township", "missing_field:township")),
     ({"表彰个人名额": 99_999}, ("round_individuals", "places_unlikely")), ({"表彰个人名额": 1.5}, ("round_individuals", "not_whole")),
     ({"个人奖金（元）": -1}, ("round_individual_bonus", "award_bonus_unlikely"))],
)  # fmt: skip
def test_what_a_round_cannot_be_is_told_at_its_cell(staff, change, told):
    assert refusal(hand_in(staff, "award_rounds", ROUNDS, a_round(**change))) == told


def test_places_stay_between_what_was_awarded_and_what_was_approved(staff, run):
    scheme = run.scheme
    scheme.approval_no, scheme.individual_places = "清评组〔2021〕3号", 3
    scheme.save()
    for name in ("甲", "乙"):
        factories.award(scheme=scheme, person=(row := nominated(run, name)).person, nomination=row)
    row = {"表彰项目": scheme.name, "表彰年度": 2024, "推荐开始": "", "推荐截止": "", "期次": ""}

    few = hand_in(staff, "award_rounds", ROUNDS, a_round(**row | {"表彰个人名额": 1}))
    many = hand_in(staff, "award_rounds", ROUNDS, a_round(**row | {"表彰个人名额": 4}))

    assert (refusal(few), refusal(many)) == (
        ("round_individuals", "below_awarded"),
        ("round_individuals", "beyond_approved"),
    )


def test_a_township_opens_no_round_of_the_county(staff):
    clerk = factories.user("township_clerk", factories.OWN)

    assert refusal(hand_in(clerk, "award_rounds", ROUNDS, a_round())) == ("award_scheme", "award_of_county")
    committed(clerk, "award_rounds", ROUNDS, a_round(表彰项目="镇级先进", 表彰级别=""))
    assert AwardScheme.objects.get(name="镇级先进").division_id == factories.OWN


# --- 奖励基金收支表


@pytest.fixture
def kept(staff):
    return factories.fund()


def budget(amount="5万元", year=2023):
    return ("预算", "", year, amount, "", "", "清财〔2023〕8号", "", "", "")


def income(amount=20_000, day="2023.3.1"):
    return ("拨入", day, "", amount, "", "县财政局", "拨款通知", "", "", "")


def payment(amount=3000, day="2023.12.25", party="张三", prize=PRIZE, year=2023, form="奖金"):
    return ("支付", day, "", amount, form, party, "清委〔2023〕45号", prize, year, "")


def an_award(name="张三", bonus=3000):
    told = {"scheme": AwardScheme.objects.get(), "year": 2023, "decided_on": datetime.date(2023, 12, 20)}
    return factories.award(person=factories.person(name, village=HOME), bonus=bonus, document_no="45号", **told)


def test_the_ledger_of_earlier_years_waits_for_another_person(staff, kept, browser):
    award = an_award()

    committed(staff, "fund_entries", FUND, budget(), income(), payment())

    assert (FundBudget.objects.get().year, FundBudget.objects.get().amount) == (2023, 50_000)
    assert set(FundEntry.objects.values_list("state", "made_by", "checked_by")) == {("proposed", staff.pk, None)}
    assert FundEntry.objects.get(kind="payment").award == award
    assert RewardFund.objects.get().balance == 0
    own, other = browser(), browser()
    own.force_login(staff, backend="core.auth.RoleBackend")
    chosen = {"chosen": list(FundEntry.objects.values_list("pk", flat=True))}
    assert "经办人不能复核自己的" in text(own.post("/fund/check/", chosen, follow=True))
    page = text(other.get("/fund/"))
    assert "待复核 2 笔" in page
    assert "勾选的一起复核入账" in page
    assert "已复核入账 2 笔" in text(other.post("/fund/check/", chosen, follow=True))
    assert RewardFund.objects.get().balance == 17_000
    assert sent_back("fund_entries", staff).counts["unchanged"] == 3


def test_all_or_none_is_booked_and_never_below_zero(staff, kept, browser):
    committed(staff, "fund_entries", FUND, budget(), income(2000), payment(1500, party="甲", prize="", year=""),
              payment(1500, party="乙", prize="", year=""))  # fmt: skip

    page = text(
        browser().post("/fund/check/", {"chosen": list(FundEntry.objects.values_list("pk", flat=True))}, follow=True)
    )

    assert "2023-12-25 乙 1,500.00 元：奖励基金余额不足" in page
    assert "一笔也没有入账" in page
    assert set(FundEntry.objects.values_list("state", flat=True)) == {"proposed"}
    assert RewardFund.objects.get().balance == 0


def test_an_income_of_a_roster_is_sent_back_with_a_reason(staff, kept, browser):
    committed(staff, "fund_entries", FUND, income())
    entry, other = FundEntry.objects.get(), browser()

    assert "退回拨入请写明原因" in text(
        other.post(f"/fund/{entry.pk}/check/", {"answer": "reject", "note": ""}, follow=True)
    )
    other.post(f"/fund/{entry.pk}/check/", {"answer": "reject", "note": "金额不对"})

    entry.refresh_from_db()
    assert (entry.state, entry.note, RewardFund.objects.get().balance) == ("rejected", "金额不对", 0)
    assert committed(staff, "fund_entries", FUND, income()).counts["new"] == 1


def test_the_same_ledger_again_changes_nothing_and_two_alike_are_two(staff, kept):
    rows = [budget(), income(), payment(100, prize="", year=""), payment(100, prize="", year="")]
    committed(staff, "fund_entries", FUND, *rows)

    again = hand_in(staff, "fund_entries", FUND, *rows, payment(100, prize="", year=""))

    assert (again.counts["unchanged"], again.counts["new"]) == (4, 1)
    assert FundEntry.objects.payments().count() == 2


def test_a_budget_is_corrected_but_not_below_what_was_paid(staff, kept, browser):
    committed(staff, "fund_entries", FUND, budget(), income(), payment(3000, prize="", year=""))
    browser().post("/fund/check/", {"chosen": list(FundEntry.objects.values_list("pk", flat=True))})

    upload = hand_in(staff, "fund_entries", FUND, budget("2000"))
    committed(staff, "fund_entries", FUND, budget("6万元"))

    assert refusal(upload) == ("fund_amount", "budget_below_paid")
    assert FundBudget.objects.get().amount == 60_000


@pytest.mark.parametrize(
    ("row", "told"),
    [(budget(year=""), ("fund_year", "missing_field:fund_year")), (budget(year=23), ("fund_year", "fund_year_unlikely")),
     (income(0), ("fund_amount", "fund_amount_unlikely")), (income(-1), ("fund_amount", "fund_amount_unlikely")),
     (income(1e12), ("fund_amount", "fund_amount_unlikely")), (income(0.001), ("fund_amount", "fund_amount_unlikely")),
     (income(day="2023.3"), ("fund_day", "day_wanted")), (income(day=""), ("fund_day", "day_wanted")),
     (income(day="2026.12.31"), ("fund_day", "fund_day_in_future")), (payment(party=""), ("fund_party", "missing_field:fund_party")),
     (payment(form=""), ("fund_form", "missing_field:fund_form")), (payment(party="李四"), ("fund_party", "award_not_found")),
     (payment(3001), ("fund_amount", "beyond_bonus")), (payment(day="2023.12.19"), ("fund_day", "paid_before_award")),
     (("追回", "2023.12.25", "", 1, "", "张三", "文", "", "", ""), ("award_scheme", "missing_field:award_scheme")),
     (("追回", "2023.12.25", "", 1, "", "张三", "文", PRIZE, 2023, ""), ("fund_amount", "refund_beyond_paid"))],
)  # fmt: skip
def test_what_the_ledger_cannot_hold_is_told_at_its_cell(staff, kept, row, told):
    an_award()

    assert refusal(hand_in(staff, "fund_entries", FUND, row)) == told
    assert not FundEntry.objects.exists()


def test_two_rows_do_not_pay_a_bonus_twice_nor_a_withdrawn_award(staff, kept):
    award = an_award()
    twice = hand_in(staff, "fund_entries", FUND, payment(2000), payment(1500))
    Award.objects.filter(pk=award.pk).update(withdrawn_on=TODAY, withdraw_reason="失实", withdraw_no="1号")

    assert (refusal(twice, 1), "还可支付 1,000.00 元" in "".join(messages(twice))) == (
        ("fund_amount", "beyond_bonus"),
        True,
    )
    assert refusal(hand_in(staff, "fund_entries", FUND, payment())) == ("fund_party", "award_withdrawn")


def test_a_payment_without_a_budget_is_pointed_out(staff, kept):
    assert "fund_without_budget" in codes(hand_in(staff, "fund_entries", FUND, payment(prize="", year="")))


def test_a_township_learns_nothing_of_the_fund(staff, kept):
    clerk = factories.user("township_clerk", factories.OWN)
    committed(staff, "fund_entries", FUND, income())

    upload = hand_in(clerk, "fund_entries", FUND, income())

    assert refusal(upload) == ("fund_kind", "fund_of_county")
    assert row_of(upload).change == "none"


def test_without_a_fund_the_clerk_is_told_to_set_it_up(staff):
    assert refusal(hand_in(staff, "fund_entries", FUND, income())) == ("fund_kind", "no_fund")


def test_what_waits_is_taken_back_and_what_was_booked_is_kept(staff, kept, browser):
    upload = committed(staff, "fund_entries", FUND, income(), income(500, "2023.4.1"))
    booked = FundEntry.objects.get(amount=20_000)
    browser().post("/fund/check/", {"chosen": [booked.pk]})

    importer.undo(upload, by=staff)

    assert list(FundEntry.objects.all()) == [booked]
    assert RewardFund.objects.get().balance == Decimal(20_000)
    assert AuditEntry.objects.filter(verb="approve").exists()


@pytest.mark.parametrize(("kind", "row"), [
    ("awards_given", {"township": "城关镇", "village": "甲山村", "nominee_type": "集体", "name": "合作社", "award_scheme": PRIZE,
                      "award_year": "2023", "award_document": "45号", "award_day": "2023.12.20"}),
    ("award_rounds", {"award_scheme": PRIZE, "award_year": "2022", "round_individuals": "3"}),
    ("fund_entries", {"fund_kind": "拨入", "fund_day": "2023.03.01", "fund_amount": "100", "fund_party": "县财政局", "fund_basis": "通知"}),
])  # fmt: skip
def test_another_system_writes_them_by_rest(staff, kept, county, kind, row):
    answer = county.post(f"/api/v1/rosters/{kind}/", {"rows": [row]}, content_type="application/json")

    assert answer.status_code in (200, 201), answer.content.decode()
    assert answer.json()["counts"]["new"] == 1, answer.content.decode()


def test_nothing_of_another_township_is_told(staff):
    clerk = factories.user("township_clerk", factories.OWN)
    factories.award_scheme(factories.OWN, name="镇级先进")
    row = ("柳林镇", "丙田村", *winner(factories.person("王五", village=FOREIGN).id_number, prize="镇级先进")[2:])

    assert "outside_scope" in codes(hand_in(clerk, "awards_given", GIVEN, row))


def test_the_pages_lead_to_the_uploads_and_a_workbook_goes_through_them(kept, county):
    """From the list of rounds and from the fund to the upload, its preview, and what came of it on the page."""
    assert "?kind=awards_given" in text(county.get("/awards/"))
    assert "?kind=award_rounds" in text(county.get("/awards/"))
    assert "?kind=fund_entries" in text(county.get("/fund/"))

    for kind, header, rows in (
        ("award_rounds", ROUNDS, [a_round()]),
        ("awards_given", GIVEN, [winner(factories.id_number())]),
        ("fund_entries", FUND, [budget(), payment()]),
    ):
        upload = upload_of(send(county, xlsx([list(header), *map(list, rows)]), kind=kind, as_of="2024-11-04"))
        assert "入库" in text(county.get(f"/rosters/{upload.pk}/"))
        assert confirm(county, upload).status_code == 302

    assert "清组通〔2022〕9号" in text(county.get(f"/awards/rounds/{AwardRound.objects.get().pk}/"))
    assert "待复核 1 笔" in text(county.get("/fund/"))
    assert FundEntry.objects.get().award == Award.objects.get()
