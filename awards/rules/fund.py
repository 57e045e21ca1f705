"""Checks about the reward fund beside the awards."""

from decimal import Decimal

from django.db.models import Case, DecimalField, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from awards.models import Award, FundEntry, RewardFund
from awards.parameters.awards import PAYMENT_DAYS
from awards.rules.awards import BASIS, CALLED, days_before
from core.indicators import Rows
from core.periods import dated_before
from core.rules import rule

MONEY = DecimalField(max_digits=14, decimal_places=2)


def _total(rows, by):
    """A subquery: what the rows of `by` come to in yuan; 0 without any."""
    sums = rows.order_by().values(by).annotate(total=Sum("signed")).values("total")
    return Coalesce(Subquery(sums, output_field=MONEY), Value(Decimal(0)), output_field=MONEY)


def _net(on):
    """What was paid for an award less what was taken back, by the day: refunds and bonuses alone."""
    counted = FundEntry.objects.booked(on).filter(Q(kind="refund") | Q(kind="payment", form="bonus"))
    signed = Case(When(kind="payment", then=F("amount")), default=-F("amount"), output_field=MONEY)
    return _total(counted.filter(award=OuterRef("pk")).annotate(signed=signed), "award")


@rule(
    "award_unpaid", "表彰后没有兑现奖金", severity="warn", basis=BASIS,
    message="{where}的{label}于 {表彰日期} 受到表彰，奖金 {奖金} 元，还没有付清",
)  # fmt: skip
def unpaid(on):
    decided = Award.objects.given(on).filter(
        dated_before(days_before(on, PAYMENT_DAYS.value(on)), "decided_on"), bonus__gt=0
    )
    short = decided.annotate(net=_net(on), called=CALLED).filter(net__lt=F("bonus"))
    return Rows(short, kind="award", key="pk", label="called", details={"表彰日期": "decided_on", "奖金": "bonus"})


@rule(
    "award_not_refunded", "撤销表彰后没有追回奖金", severity="warn", basis="撤销表彰的，追回奖金",
    message="{where}的{label}的表彰于 {撤销日期} 撤销，已付的奖金还没有追回",
)  # fmt: skip
def not_refunded(on):
    gone = Award.objects.filter(dated_before(on, "withdrawn_on")).annotate(net=_net(on), called=CALLED)
    return Rows(gone.filter(net__gt=0), kind="award", key="pk", label="called", details={"撤销日期": "withdrawn_on"})


@rule(
    "fund_balance_differs", "奖励基金余额与台账不符", severity="error", basis="余额等于拨入、追回减去支付",
    message="{label}记的余额与台账各笔相加不符，请系统管理员核查",
)  # fmt: skip
def balance_differs(on):
    """Of what was booked altogether, whatever the date: the balance is that of now."""
    booked = FundEntry.objects.filter(fund=OuterRef("pk"), state="booked").signed()
    wrong = RewardFund.objects.annotate(total=_total(booked, "fund")).exclude(balance=F("total"))
    return Rows(wrong, kind="fund", key="pk", label="name", place="division_id", where=("division__name",))
