"""Writes about the reward fund: its budget, income, payments that one asks for and another books, refunds."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum

from awards.models import Award, FundBudget, FundEntry, RewardFund
from core.writes import change_rows, create_rows

State, Kind = FundEntry.State, FundEntry.Kind
STILL = (State.PROPOSED, State.BOOKED)


def set_up_fund(fund, *, by):
    return create_rows([fund], by=by)[0]


@transaction.atomic
def set_budget(fund, *, year, amount, document_no, by):
    """The budget of a year, put in place of what was there; never below what was paid in the year."""
    RewardFund.objects.select_for_update().get(pk=fund.pk)
    paid = _paid_in(fund, year, (State.BOOKED,))
    if amount < paid:
        raise ValidationError(f"{year} 年已支付 {paid:,.2f} 元，预算不能少于这个数。")
    kept = fund.budgets.filter(year=year).first()
    row = kept or FundBudget(fund=fund, year=year)
    row.amount, row.document_no = amount, document_no
    row.full_clean()
    return change_rows([row], ["amount", "document_no"], by=by) if kept else create_rows([row], by=by)


@transaction.atomic
def receive(entry, *, by):
    """Book an unsaved income, or a refund of an award's payment. Raises ValidationError."""
    fund = RewardFund.objects.select_for_update().get(pk=entry.fund_id)
    entry.state, entry.made_by, entry.form = State.BOOKED, by, ""
    if entry.kind == Kind.REFUND:
        _refuse_refund(entry)
    entry.full_clean()
    (entry,) = create_rows([entry], by=by)
    _settle(fund, by)
    return entry


def _refuse_refund(entry):
    if entry.award is None:
        raise ValidationError("追回须写明是哪一项表彰的。")
    kept = paid_of(entry.award)
    if entry.amount > kept:
        raise ValidationError(f"这项表彰净支付 {kept:,.2f} 元，追回不能超过这个数。")


def paid_of(award, states=(State.BOOKED,), **more):
    """What was paid for an award (in these states of payment, `more` narrows them) less what was taken back, in yuan."""
    paid = award.payments.filter(kind=Kind.PAYMENT, state__in=states, **more).aggregate(total=Sum("amount"))["total"]
    back = award.payments.filter(kind=Kind.REFUND, state=State.BOOKED).aggregate(total=Sum("amount"))["total"]
    return (paid or Decimal(0)) - (back or Decimal(0))


@transaction.atomic
def ask_payments(entries, *, by, batch=None):
    """Insert unsaved payments for another person to book: each within its award's bonus, not for a withdrawn award.
    Raises ValidationError."""
    for pk in sorted({entry.fund_id for entry in entries}):
        RewardFund.objects.select_for_update().get(pk=pk)
    for entry in entries:
        entry.kind, entry.state, entry.made_by = Kind.PAYMENT, State.PROPOSED, by
        _refuse_payment(entry)
        entry.full_clean()
        create_rows([entry], by=by, batch=batch)
    return entries


def _refuse_payment(entry):
    if not entry.form:
        raise ValidationError("请选择奖励形式。")
    if entry.award is None:
        return
    award = Award.objects.select_related("person").get(pk=entry.award_id)
    if award.withdrawn_on:
        raise ValidationError(f"{award.winner}的表彰已经撤销，不能支付。")
    if award.decided_on is None or entry.on < award.decided_on:
        raise ValidationError(f"支付日期早于{award.winner}的表彰日期，或表彰日期没有填。")
    if entry.form != FundEntry.Form.BONUS:
        return
    if entry.amount > (left := award.bonus - paid_of(award, STILL, form=FundEntry.Form.BONUS)):
        raise ValidationError(f"{award.winner}的奖金还可支付 {left:,.2f} 元，请核对金额。")


@transaction.atomic
def book_all(entries, *, on, by):
    """Book entries that somebody else asked for, in the order of their days, what comes in before what goes out: all of them
    or none. Raises ValidationError that names the first which cannot be booked."""
    for entry in sorted(entries, key=lambda one: (one.on, one.kind == Kind.PAYMENT, one.pk)):
        try:
            check_entry(entry, accept=True, on=on, note="", by=by)
        except ValidationError as refused:
            raise ValidationError(
                f"{entry.on:%Y-%m-%d} {entry.party} {entry.amount:,.2f} 元：{''.join(refused.messages)}一笔也没有入账。"
            ) from None
    return entries


@transaction.atomic
def check_entry(entry, *, accept, on, note, by):
    """Book an entry that somebody else asked for, or send it back with a note. The balance never falls below zero on any
    day, and a year's payments stay within its budget. Raises ValidationError."""
    fund = RewardFund.objects.select_for_update().get(pk=entry.fund_id)
    kept = FundEntry.objects.select_for_update(of=("self",)).select_related("award__person").get(pk=entry.pk)
    if kept.state != State.PROPOSED:
        raise ValidationError(f"这笔{kept.get_kind_display()}已经复核过。")
    if kept.made_by_id == by.pk:
        raise ValidationError(f"经办人不能复核自己的{kept.get_kind_display()}，请由另一位工作人员复核。")
    if not accept and not note:
        raise ValidationError(f"退回{kept.get_kind_display()}请写明原因。")
    if accept and kept.kind == Kind.PAYMENT:
        _refuse_booking(fund, kept)
    if accept and kept.kind == Kind.REFUND:
        _refuse_refund(kept)
    kept.state, kept.checked_by, kept.checked_on, kept.note = (
        (State.BOOKED if accept else State.REJECTED), by, on, note or kept.note
    )  # fmt: skip
    change_rows([kept], ["state", "checked_by", "checked_on", "note"], by=by, verb="approve" if accept else "reject")
    _settle(fund, by)
    return kept


def _refuse_booking(fund, entry):
    if entry.award and entry.award.withdrawn_on:
        raise ValidationError(f"{entry.award.winner}的表彰已经撤销，不能支付。")
    budget = fund.budgets.filter(year=entry.on.year).first()
    if budget is None:
        raise ValidationError(f"还没有登记 {entry.on.year} 年的预算，登记后再支付。")
    paid = _paid_in(fund, entry.on.year, (State.BOOKED,))
    if paid + entry.amount > budget.amount:
        raise ValidationError(
            f"{entry.on.year} 年预算 {budget.amount:,.2f} 元，已支付 {paid:,.2f} 元，再付 {entry.amount:,.2f} 元就超预算。"
        )
    if (lowest := _lowest(fund, entry.on)) < entry.amount:
        raise ValidationError(
            f"奖励基金余额不足：{entry.on:%Y-%m-%d} 起最低只有 {lowest:,.2f} 元，不够支付 {entry.amount:,.2f} 元。"
        )


def propose(entries, *, by, batch=None):
    """Insert unsaved entries that wait for another person to book them; what the page refuses was refused of them before."""
    for entry in entries:
        entry.state, entry.made_by = State.PROPOSED, by
    return create_rows(entries, by=by, batch=batch)


def set_budgets(fresh, changed, *, by, batch=None):
    """Insert new budgets of years, and write the changed ones."""
    create_rows(fresh, by=by, batch=batch)
    change_rows(changed, ["amount", "document_no"], by=by, batch=batch)


def _paid_in(fund, year, states):
    paid = fund.entries.filter(kind=Kind.PAYMENT, state__in=states, on__year=year)
    return paid.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def _lowest(fund, start):
    """The lowest balance on any day from `start` on."""
    balance, lowest = Decimal(0), None
    days = fund.entries.filter(state=State.BOOKED).signed().values("on").annotate(change=Sum("signed")).order_by("on")
    for row in days:
        if row["on"] > start and lowest is None:
            lowest = balance
        balance += row["change"]
        if row["on"] >= start:
            lowest = balance if lowest is None else min(lowest, balance)
    return balance if lowest is None else lowest


def _settle(fund, by):
    """Put the balance to what the booked entries come to; the database refuses one below zero."""
    total = fund.entries.filter(state=State.BOOKED).signed().aggregate(total=Sum("signed"))["total"]
    fund.balance = total or Decimal(0)
    change_rows([fund], ["balance"], by=by)
