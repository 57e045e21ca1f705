"""A list of the fund's budgets, income and payments against its ledger: what is not there yet waits for another person."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from awards import actions
from awards.models import Award, FundBudget, FundEntry, RewardFund
from awards.roster_apply.money import CENT, MOST, yuan
from core.text import tight
from rosters.comparison import Comparison, Verdict
from talent.roster_apply import words

COUNTY_DIGITS = 6
DAY = len("2024-06-01")
BUDGET, INCOME, PAYMENT, REFUND = "budget", "income", "payment", "refund"
OF_COUNTY = ("fund_kind", "fund_of_county", "奖励基金由县委组织部办理，这里不能上传")
NO_FUND = ("fund_kind", "no_fund", "县里还没有建立奖励基金，请先在“奖励基金”里建立，再上传收支表")
NO_YEAR = ("fund_year", "missing_field:fund_year", "预算年度没有填，请填四位年份")
WRONG_YEAR = ("fund_year", "fund_year_unlikely", "预算年度不对，请填 1949 到 2200 之间的四位年份")
NO_DAY = ("fund_day", "day_wanted", "日期要写到日，如 2023.11.20")
LATE = ("fund_day", "fund_day_in_future", "晚于数据日期，还没有发生的收支不登记，请核对日期")
NO_PARTY = ("fund_party", "missing_field:fund_party", "收款人（拨入的写来源）没有填，请补上")
NO_FORM = ("fund_form", "missing_field:fund_form", "支付形式没有填，请填奖金、物质奖励或荣誉奖励")
NOT_A_FORM = ("fund_form", "form_of_income", "只有支付分形式，请去掉支付形式，或把收支类型改为支付")
AMOUNT = ("fund_amount", "fund_amount_unlikely", "金额请填大于 0、不到一百亿的数，按元填，最多两位小数")
NO_AWARD = ("fund_party", "award_not_found", "台账里没有这个人（集体）这一年度的这项表彰，请核对，或先上传表彰名单")
SEVERAL = ("fund_party", "several_awards", "这一年度这项表彰有几位同名的，认不出是哪一位，请在“奖励基金”页面办理")
REFUND_OF = ("award_scheme", "missing_field:award_scheme", "追回须写明是哪一项表彰的，请填表彰项目和表彰年度")
WITHDRAWN = ("fund_party", "award_withdrawn", "这项表彰已经撤销，不能支付")
BEFORE = ("fund_day", "paid_before_award", "支付日期早于表彰日期，请核对")
WAITING = "入库后还不算入账，等另一位工作人员在“奖励基金”复核"


@dataclass
class Plan:
    """What `write` writes: budgets of new years, changed ones, entries that wait."""

    budgets: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    entries: list = field(default_factory=list)


def identities(values, fields, context):
    """A year has one budget. Two payments alike on a day may both be meant."""
    return [("budget", values["fund_year"])] if values.get("fund_kind") == BUDGET and values.get("fund_year") else []


def compare(rows, scope):
    """A Comparison of rows with the ledger of the division's own fund."""
    verdicts, plan = [Verdict() for _ in rows], Plan()
    ours = RewardFund.objects.filter(division_id=scope.code)
    fund = (ours.select_for_update() if scope.lock else ours).first() if len(scope.code) <= COUNTY_DIGITS else None
    if fund is None:
        for verdict in verdicts:
            verdict.refuse(*(OF_COUNTY if len(scope.code) > COUNTY_DIGITS else NO_FUND))
        return Comparison(verdicts, plan)
    kept = _Kept(fund, scope, plan)
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.refused:
            continue
        for problem in _problems(row, scope):
            verdict.refuse(*problem)
        if not verdict.refused:
            (kept.take_budget if row.values["fund_kind"] == BUDGET else kept.take_entry)(row, verdict)
    return Comparison(verdicts, plan)


def _problems(row, scope):
    """What the cells lack or cannot say."""
    values = row.values
    kind, amount = values["fund_kind"], Decimal(str(values["fund_amount"]))
    if not 0 < amount < MOST or amount != amount.quantize(CENT):
        yield AMOUNT
    for name, model, attribute in (
        ("fund_party", FundEntry, "party"), ("fund_note", FundEntry, "note"),
        ("fund_basis", FundBudget if kind == BUDGET else FundEntry, "document_no" if kind == BUDGET else "basis"),
    ):  # fmt: skip
        kept = model._meta.get_field(attribute)
        if len(values.get(name) or "") > kept.max_length:
            yield (name, "too_long", f"{kept.verbose_name}超过 {kept.max_length} 个字，请核对")
    if kind == BUDGET:
        yield from _budget_problems(values.get("fund_year"))
        return
    day = values.get("fund_day") or ""
    if len(day) < DAY:
        yield NO_DAY
    elif words.day(day) > scope.as_of:
        yield LATE
    if not values.get("fund_party"):
        yield NO_PARTY
    if (kind == PAYMENT) != bool(values.get("fund_form")):
        yield NO_FORM if kind == PAYMENT else NOT_A_FORM


def _budget_problems(year):
    if year in (None, ""):
        yield NO_YEAR
    elif year != int(year) or not 1949 <= year <= 2200:
        yield WRONG_YEAR


class _Kept:
    """The fund's budgets and entries and the awards that it may pay, each read with one query."""

    def __init__(self, fund, scope, plan):
        self.fund, self.plan, self.scope = fund, plan, scope
        self.budgets = {row.year: row for row in fund.budgets.order_by("pk")}
        entries = list(fund.entries.exclude(state=FundEntry.State.REJECTED).order_by("on", "pk"))
        # As many rows alike as are kept are those.
        self.known = Counter(_key(one.kind, one.on, one.amount, one.form, one.party, one.basis) for one in entries)
        self.paid, self.asked_back, self.awards = Counter(), Counter(), {}
        for one in entries:
            self._count(one)
        given = Award.objects.filter(scheme__division_id=fund.division_id).select_related("scheme", "person")
        for award in given.order_by("pk"):
            key = (tight(award.scheme.name), award.year, tight(award.winner))
            self.awards.setdefault(key, []).append(award)

    def _count(self, entry):
        """What was asked for or paid as the bonus of an award less what came back, and what is to come back."""
        if entry.award_id is None:
            return
        if entry.kind == PAYMENT and entry.form == FundEntry.Form.BONUS:
            self.paid[entry.award_id] += entry.amount
        elif entry.kind == REFUND and entry.state == FundEntry.State.BOOKED:
            self.paid[entry.award_id] -= entry.amount
        elif entry.kind == REFUND:
            self.asked_back[entry.award_id] += entry.amount

    def take_budget(self, row, verdict):
        year, amount = int(row.values["fund_year"]), Decimal(str(row.values["fund_amount"]))
        kept, basis = self.budgets.get(year), row.values["fund_basis"]
        if kept is None:
            kept = self.budgets[year] = FundBudget(fund=self.fund, year=year, amount=amount, document_no=basis)
            self.plan.budgets.append(kept)
            verdict.change, verdict.diff = "new", {"fund_amount": (None, yuan(amount))}
            return
        paid = self._paid_in(year)
        if amount < paid:
            verdict.refuse("fund_amount", "budget_below_paid", f"{year} 年已支付 {paid:,.2f} 元，预算不能少于这个数")
            return
        if kept.amount != amount:
            verdict.diff["fund_amount"] = (yuan(kept.amount), yuan(amount))
        if not words.reads_as(kept.document_no, basis):
            verdict.diff["fund_basis"] = (kept.document_no, basis)
            kept.document_no = basis
        kept.amount = amount
        verdict.change = "changed" if verdict.diff else "unchanged"
        if verdict.diff:
            self.plan.changed.append(kept)

    def _paid_in(self, year):
        booked = self.fund.entries.filter(kind=PAYMENT, state=FundEntry.State.BOOKED, on__year=year)
        return sum(booked.values_list("amount", flat=True).order_by(), Decimal(0))

    def take_entry(self, row, verdict):
        values = row.values
        entry = FundEntry(
            fund=self.fund, kind=values["fund_kind"], on=words.day(values["fund_day"]), amount=Decimal(str(values["fund_amount"])),
            form=values.get("fund_form") or "", party=values["fund_party"], basis=values["fund_basis"],
            note=values.get("fund_note") or "",
        )  # fmt: skip
        key = _key(entry.kind, entry.on, entry.amount, entry.form, entry.party, entry.basis)
        if self.known[key] > 0:
            self.known[key] -= 1
            verdict.change = "unchanged"
            return
        if found := self._award_problem(entry, values):
            verdict.refuse(*found)
            return
        entry.state = FundEntry.State.PROPOSED
        self._count(entry)
        self.plan.entries.append(entry)
        verdict.change, verdict.diff = "new", {"fund_amount": (None, yuan(entry.amount))}
        verdict.hint("fund_kind", "fund_waits", WAITING)
        if entry.kind == PAYMENT and entry.on.year not in self.budgets:
            message = f"{entry.on.year} 年的预算还没有登记，登记以后才能复核入账"
            verdict.warn("fund_day", "fund_without_budget", message)

    def _award_problem(self, entry, values):
        """Find the award that the row names, and say what of it stands against the entry."""
        scheme, year = values.get("award_scheme"), values.get("award_year")
        if not scheme or not year:
            return REFUND_OF if entry.kind == REFUND else None
        found = self.awards.get((tight(scheme), year, tight(entry.party)), [])
        if len(found) != 1:
            return SEVERAL if found else NO_AWARD
        entry.award = award = found[0]
        if entry.kind == REFUND:
            net = self.paid[award.pk] - self.asked_back[award.pk]
            return None if entry.amount <= net else ("fund_amount", "refund_beyond_paid", f"这项表彰净支付 {net:,.2f} 元，追回不能超过这个数")  # fmt: skip
        if entry.kind == PAYMENT and award.withdrawn_on:
            return WITHDRAWN
        if entry.kind == PAYMENT and (award.decided_on is None or entry.on < award.decided_on):
            return BEFORE
        left = award.bonus - self.paid[award.pk]
        if entry.kind == PAYMENT and entry.form == FundEntry.Form.BONUS and entry.amount > left:
            return ("fund_amount", "beyond_bonus", f"这项表彰的奖金还可支付 {left:,.2f} 元，请核对金额")
        return None


def _key(kind, on, amount, form, party, basis):
    return (kind, on, amount, form, tight(party), tight(basis))


def write(plan, *, by, batch):
    """Write the budgets, and the entries as waiting for another person."""
    actions.set_budgets(plan.budgets, plan.changed, by=by, batch=batch)
    actions.propose(plan.entries, by=by, batch=batch)
