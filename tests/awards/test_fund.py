"""The reward fund: one asks for a payment, another books it, and the balance never falls below zero."""

import datetime
import io
import threading
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from awards import actions
from awards.models import FundBudget, FundEntry, RewardFund
from core import indicators
from tests import factories
from tests.awards.conftest import FOREIGN, HOME, ON, text

DECIDED = datetime.date(2024, 10, 10)


@pytest.fixture
def kept(places):
    """A fund with 20,000 yuan since October and a budget of 15,000 for 2024."""
    found = factories.fund()
    actions.receive(
        FundEntry(fund=found, kind="income", on=datetime.date(2024, 10, 1), amount=20_000, party="县财政局", basis="拨款通知"),
        by=factories.user("county_staff", factories.COUNTY),
    )  # fmt: skip
    factories.fund_budget(fund=found, year=2024, amount=15_000)
    return found


@pytest.fixture
def other(browser):
    """A second member of the county's staff."""
    return browser()


def given(bonus=3000, name="张三", village=HOME, **fields):
    someone = factories.person(name, village=village)
    return factories.award(
        **{"person": someone, "decided_on": DECIDED, "bonus": bonus, "document_no": "清委〔2024〕20号"} | fields
    )


def ask(client, *awards, on="2024-11-04", basis="清委〔2024〕20号"):
    return client.post("/fund/bonuses/", {"bonus-on": on, "bonus-basis": basis, "chosen": [one.pk for one in awards]})


def check(client, entry, answer="accept", note=""):
    return client.post(f"/fund/{entry.pk}/check/", {"answer": answer, "note": note}, follow=True)


def balance():
    return RewardFund.objects.get().balance


def test_the_county_sets_a_fund_up(county):
    county.post("/fund/", {"name": "乡村振兴专项奖励基金", "document_no": "县委常委会纪要"})
    county.post("/fund/budget/", {"budget-year": "2024", "budget-amount": "50000", "budget-document_no": "预算批复"})
    county.post("/fund/income/", {"income-kind": "income", "income-on": "2024-11-01", "income-amount": "50000.50",
                                  "income-party": "县财政局", "income-basis": "拨款通知"})  # fmt: skip

    assert balance() == Decimal("50000.50")
    assert FundBudget.objects.get().amount == 50_000
    page = text(county.get("/fund/"))
    assert "50,000.50" in page
    assert "拨款通知" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"income-amount": "0"}, "太小"), ({"income-amount": "-5"}, "太小"), ({"income-amount": "一千"}, "数字"),
     ({"income-on": "0001-01-01"}, "年之间的日期"), ({"income-basis": ""}, "还没有填"), ({"income-kind": "refund"}, "是哪一项表彰"),
     ({"income-kind": "payment"}, "payment")],
)  # fmt: skip
def test_a_wrong_income_is_told_and_stays(county, kept, wrong, told):
    sent = {
        "income-kind": "income",
        "income-on": "2024-11-01",
        "income-amount": "50",
        "income-party": "某基金会",
        "income-basis": "捐赠协议",
    }

    page = text(county.post("/fund/income/", sent | wrong), 400)

    assert told in page
    assert "某基金会" in page
    assert balance() == 20_000


def test_a_bonus_is_asked_for_by_one_and_booked_by_another(county, other, kept):
    award = given()

    ask(county, award)
    entry = FundEntry.objects.payments().get()
    own = text(check(county, entry))
    booked = text(check(other, entry))

    entry.refresh_from_db()
    assert "经办人不能复核自己的支付" in own
    assert "已复核入账" in booked
    assert (entry.state, entry.made_by, entry.checked_by, entry.checked_on) == ("booked", county.user, other.user, ON)
    assert balance() == 17_000


def test_the_database_refuses_one_person_for_both(kept):
    someone = factories.user()

    with pytest.raises(IntegrityError, match="fund_entry_two_people"), transaction.atomic():
        factories.fund_entry(
            fund=kept, kind="payment", form="bonus", made_by=someone, checked_by=someone, checked_on=ON
        )
    with pytest.raises(IntegrityError, match="fund_payment_is_checked"), transaction.atomic():
        factories.fund_entry(fund=kept, kind="payment", form="bonus", made_by=someone)


def test_the_balance_never_falls_below_zero(county, other, kept):
    FundBudget.objects.update(amount=100_000)
    awards = [given(9000, name) for name in ("甲", "乙", "丙")]
    ask(county, *awards)

    told = [text(check(other, entry)) for entry in FundEntry.objects.payments().order_by("pk")]

    assert balance() == 2000
    assert "余额不足：2024-11-04 起最低只有 2,000.00 元，不够支付 9,000.00 元" in told[2]
    with pytest.raises(IntegrityError, match="fund_balance"), transaction.atomic():
        RewardFund.objects.update(balance=-1)


def test_a_payment_dated_before_the_money_came_is_refused(county, other, kept):
    FundBudget.objects.create(fund=kept, year=2023, amount=9000, document_no="批复")
    award = given(decided_on=datetime.date(2023, 5, 1), year=2023)
    ask(county, award, on="2023-06-01")

    assert "余额不足：2023-06-01 起最低只有 0.00 元" in text(check(other, FundEntry.objects.payments().get()))


def test_payments_stay_within_the_budget_of_the_year(county, other, kept):
    awards = [given(8000, name) for name in ("甲", "乙")]
    ask(county, *awards)

    told = [text(check(other, entry)) for entry in FundEntry.objects.payments().order_by("pk")]

    assert "就超预算" in told[1]
    assert balance() == 12_000


def test_without_a_budget_nothing_is_paid(county, other, kept):
    FundBudget.objects.all().delete()
    ask(county, given())

    assert "还没有登记 2024 年的预算" in text(check(other, FundEntry.objects.payments().get()))


def test_a_payment_is_sent_back_with_a_reason(county, other, kept):
    ask(county, given())
    entry = FundEntry.objects.payments().get()

    assert "请写明原因" in text(check(other, entry, "reject"))
    check(other, entry, "reject", "账号有误")
    again = text(check(other, entry))

    entry.refresh_from_db()
    assert (entry.state, entry.note) == ("rejected", "账号有误")
    assert "已经复核过" in again
    assert balance() == 20_000


def test_a_bonus_is_not_paid_twice(county, other, kept):
    award = given()
    ask(county, award)

    page = text(ask(county, award), 400)

    assert "没有选择要支付奖金的表彰" in page
    with pytest.raises(ValidationError, match=r"还可支付 0\.00 元"):
        actions.ask_payments(
            [FundEntry(fund=kept, award=award, form="bonus", amount=1, on=ON, party="张三", basis="文")], by=other.user
        )


def test_a_withdrawn_award_is_not_paid(county, other, kept):
    award = given()
    ask(county, award)
    actions.withdraw_award(award, on=ON, reason="失实", document_no="31号", by=other.user)

    assert "的表彰已经撤销" in text(check(other, FundEntry.objects.payments().get()))
    assert balance() == 20_000


def paid(county, other, award):
    ask(county, award)
    check(other, FundEntry.objects.payments().latest("pk"))


def test_what_was_paid_for_a_withdrawn_award_is_taken_back(county, other, kept):
    award = given()
    paid(county, other, award)
    actions.withdraw_award(award, on=ON, reason="失实", document_no="31号", by=other.user)
    sent = {"income-kind": "refund", "income-on": "2024-11-04", "income-amount": "3001", "income-award": award.pk,
            "income-party": "张三", "income-basis": "清委〔2024〕31号"}  # fmt: skip

    before = text(county.get("/fund/"))
    too_much = text(county.post("/fund/income/", sent), 400)
    county.post("/fund/income/", sent | {"income-amount": "3000"})

    assert "还有 3,000.00 元没有追回" in before
    assert "追回不能超过" in too_much
    assert balance() == 20_000
    assert "没有追回" not in text(county.get("/fund/"))


def test_medals_are_paid_without_an_award(county, other, kept):
    sent = {
        "payment-on": "2024-11-04",
        "payment-form": "honour",
        "payment-amount": "1200",
        "payment-party": "某工艺厂",
        "payment-basis": "采购合同",
    }

    county.post("/fund/payment/", sent)
    check(other, FundEntry.objects.payments().get())

    assert balance() == 18_800
    assert "还没有填" in text(county.post("/fund/payment/", sent | {"payment-form": ""}), 400)


def test_a_medal_of_an_award_takes_nothing_of_its_bonus(county, other, kept):
    award = given(3000)
    (medal,) = actions.ask_payments(
        [FundEntry(fund=kept, award=award, form="material", amount=500, on=ON, party="某工艺厂", basis="合同")],
        by=county.user,
    )
    check(other, medal)

    paid(county, other, award)

    assert balance() == 16_500
    assert "还差" not in text(county.get("/fund/"))


def test_the_ledger_reconciles_with_the_awards(county, other, kept):
    whole, half, none = (given(3000, name) for name in ("甲", "乙", "丙"))
    paid(county, other, whole)
    actions.ask_payments(
        [FundEntry(fund=kept, award=half, form="bonus", amount=1000, on=ON, party="乙", basis="文")], by=county.user
    )
    check(other, FundEntry.objects.payments().latest("pk"))

    page = text(county.get("/fund/"))

    assert "1 项相符，2 项有差异" in page
    assert "已付 1,000.00 元，还差 2,000.00 元" in page
    book = openpyxl.load_workbook(io.BytesIO(county.get("/fund/awards.xlsx").content)).active
    rows = {row[1].value: (row[5].value, row[6].value, row[9].value or "") for row in book.iter_rows(min_row=4)}
    assert rows["甲"] == (3000, 3000, "")
    assert rows["丙"][:2] == (3000, 0)
    assert none.bonus == 3000


def test_the_ledger_as_excel_runs_to_the_balance(county, other, kept):
    paid(county, other, given())

    book = openpyxl.load_workbook(io.BytesIO(county.get("/fund/ledger.xlsx").content)).active

    lines = [[cell.value for cell in row] for row in book.iter_rows(min_row=4)]
    assert [line[5] for line in lines] == [20_000, 17_000]
    assert [line[3:5] for line in lines] == [[20_000, None], [None, 3000]]
    figures = county.get("/api/v1/indicators/?on=2024-11-04").json()
    assert figures["fund_balance_wan"]["value"] == lines[-1][5] / 10_000
    assert figures["fund_paid_wan"]["value"] == 0.3


def test_the_ledger_of_an_earlier_date(county, other, kept):
    paid(county, other, given())
    county.get("/", {"on": "2024-10-31"})

    page = text(county.get("/fund/"))
    assert "20,000.00" in page
    assert "−3,000.00" not in page


def test_figures_of_the_fund_and_the_awards(county, other, kept):
    paid(county, other, given())
    paid(county, other, given(1000, "王五", FOREIGN))
    given(0, collective="甲山村", village=factories.village(HOME), person=None)

    def value(key, on=ON, code=None):
        return indicators.figure(key, county.user, on, code).value

    assert value("fund_paid_wan") == 0.4
    assert value("fund_paid_wan", code=factories.OWN) == 0.3
    assert value("fund_balance_wan") == 1.6
    assert value("fund_balance_wan", datetime.date(2024, 10, 31)) == 2
    assert value("fund_balance_wan", datetime.date(2024, 9, 30)) == 0
    assert (value("awards_individual"), value("awards_collective"), value("awards_given")) == (2, 1, 3)
    assert value("awards_individual", datetime.date(2024, 10, 9)) == 0
    rows = indicators.rows("fund_balance_wan", county.user, ON)
    assert round(sum(row["amount"] for row in rows), 6) == 1.6


def test_the_balance_is_the_countys_and_of_no_township(county, clerk, kept):
    """A township is told that it is the county's, not that there is nothing."""
    own = f"/figures/fund_balance_wan/?division={factories.OWN}"

    assert "2<small>万元</small>" in text(county.get("/figures/fund_balance_wan/"))
    for page in (text(county.get(own)), text(clerk.get("/figures/fund_balance_wan/"))):
        assert '<span class="value">县级<small></small></span>' in page
        assert "20,000" not in page
    told = clerk.get("/api/v1/indicators/?on=2024-11-04").json()["fund_balance_wan"]
    assert (told["value"], told["numerator"]) == (None, None)
    assert "县级" in text(clerk.get("/"))


def test_a_clerk_sees_nothing_of_the_fund(clerk, kept):
    for address in ("/fund/", "/fund/ledger.xlsx", "/fund/awards.xlsx"):
        assert clerk.get(address).status_code == 403
    assert clerk.get("/api/v1/fund-entries/").status_code == 403
    assert "奖励基金" not in text(clerk.get("/awards/"))


def test_a_leader_reads_the_fund_only(browser, kept):
    leader = browser("leader")

    assert "20,000.00" in text(leader.get("/fund/"))
    assert "登记拨入" not in text(leader.get("/fund/"))
    assert leader.post("/fund/income/", {}).status_code == 403


def test_the_page_costs_the_same_for_two_rows_as_for_twenty(county, other, kept):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            for address in ("/fund/", "/fund/ledger.xlsx", "/fund/awards.xlsx"):
                county.get(address)
        return len(counted)

    for number in range(2):
        paid(county, other, given(10, f"甲{number}"))
    few = queries()
    for number in range(10):
        paid(county, other, given(10, f"乙{number}"))

    assert queries() == few


def test_two_bookings_at_once_never_overdraw(committed_db):
    """Two people book a payment each at the same moment: the second waits for the fund's lock and is refused."""
    fund = factories.fund()
    staff = [factories.user("county_staff", factories.COUNTY) for _ in range(3)]
    actions.receive(FundEntry(fund=fund, kind="income", on=ON, amount=5000, party="财政", basis="通知"), by=staff[0])
    factories.fund_budget(fund=fund, year=2024, amount=50_000)
    entries = [
        FundEntry(fund=fund, form="honour", amount=4000, on=ON, party="厂", basis="合同") for _ in range(2)
    ]  # fmt: skip
    actions.ask_payments(entries, by=staff[0])
    ready, told = threading.Barrier(2), []

    def book(entry, by):
        try:
            ready.wait(10)
            actions.check_entry(entry, accept=True, on=ON, note="", by=by)
            told.append("booked")
        except ValidationError:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=book, args=pair) for pair in zip(entries, staff[1:], strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["booked", "refused"]
    assert balance() == 1000
