"""The reward fund (专项奖励基金): its budget per year and its ledger of income and payments."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, DecimalField, F, Q, When

from core.periods import dated_by
from core.scope import ScopedQuerySet

AMOUNT = {"max_digits": 12, "decimal_places": 2, "validators": [MinValueValidator(Decimal("0.01"))]}


class RewardFund(models.Model):
    """The fund of a division. `balance` is what the booked entries come to; the database keeps it from falling below zero."""

    division = models.OneToOneField("villages.Division", models.PROTECT, to_field="code", verbose_name="单位")
    name = models.CharField("基金", max_length=50)
    document_no = models.CharField("设立依据", max_length=100)
    balance = models.DecimalField("余额（元）", max_digits=14, decimal_places=2, default=0, editable=False)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"

    class Meta:
        verbose_name = verbose_name_plural = "奖励基金"
        ordering = ["division_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(balance__gte=0), name="fund_balance", violation_error_message="奖励基金余额不足。"
            )
        ]

    def __str__(self):
        return self.name


class FundBudget(models.Model):
    """How much may be paid out of a fund in a year."""

    fund = models.ForeignKey(RewardFund, models.PROTECT, verbose_name="奖励基金", related_name="budgets")
    year = models.PositiveSmallIntegerField("年度")
    amount = models.DecimalField("预算（元）", **AMOUNT)
    document_no = models.CharField("预算依据", max_length=100)

    objects = ScopedQuerySet.as_manager()
    scope_path = "fund__division_id"

    class Meta:
        verbose_name = verbose_name_plural = "奖励基金预算"
        ordering = ["fund_id", "-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "year"], name="fund_budget_once", violation_error_message="这一年度的预算已经登记。"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, year__range=(1949, 2200)), name="fund_budget_amount",
                violation_error_message="预算应大于 0，年度填四位年份。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.fund} {self.year}"

    @property
    def frozen(self):
        """Why the undo of a roster may not take the budget back; "" while nothing was paid out of it."""
        paid = self.fund.entries.filter(kind="payment", state="booked", on__year=self.year)
        return "这一年已有支付" if paid.exists() else ""


class FundEntryQuerySet(ScopedQuerySet):
    def booked(self, on):
        """Entries that count on the day `on`."""
        return self.filter(dated_by(on, "on"), state="booked")

    def payments(self):
        return self.filter(kind="payment")

    def signed(self):
        """Each with `signed`: what it adds to the balance, in yuan."""
        amount = Case(When(kind="payment", then=-F("amount")), default=F("amount"), output_field=DecimalField())
        return self.annotate(signed=amount)


class FundEntry(models.Model):
    """A line of the ledger. A payment is asked for by one person and booked by another, and so is whatever a roster brings."""

    class Kind(models.TextChoices):
        INCOME = "income", "拨入"
        PAYMENT = "payment", "支付"
        REFUND = "refund", "追回"

    class Form(models.TextChoices):
        BONUS = "bonus", "奖金"
        MATERIAL = "material", "物质奖励"
        HONOUR = "honour", "荣誉奖励"

    class State(models.TextChoices):
        PROPOSED = "proposed", "待复核"
        BOOKED = "booked", "已入账"
        REJECTED = "rejected", "已退回"

    fund = models.ForeignKey(RewardFund, models.PROTECT, verbose_name="奖励基金", related_name="entries")
    kind = models.CharField("类型", max_length=8, choices=Kind.choices)
    on = models.DateField("日期")
    amount = models.DecimalField("金额（元）", **AMOUNT)
    form = models.CharField("奖励形式", max_length=8, choices=Form.choices, blank=True)
    award = models.ForeignKey(
        "awards.Award", models.PROTECT, null=True, blank=True, verbose_name="表彰", related_name="payments"
    )
    party = models.CharField("对方", max_length=100, help_text="拨入的写来源，支付的写收款人。")
    basis = models.CharField("依据", max_length=100)
    state = models.CharField("状态", max_length=8, choices=State.choices)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人", related_name="+")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="复核人", related_name="+"
    )
    checked_on = models.DateField("复核日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    objects = FundEntryQuerySet.as_manager()
    scope_path = "fund__division_id"

    class Meta:
        verbose_name = verbose_name_plural = "奖励基金收支"
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["fund", "on"], name="fund_entry_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="fund_entry_amount", violation_error_message="金额应大于 0。"
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")), name="fund_entry_two_people",
                violation_error_message="经办人不能复核自己的支付，请由另一位工作人员复核。",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_on__isnull=True)
                | Q(checked_by__isnull=False, checked_on__isnull=False),
                name="fund_entry_check_is_signed", violation_error_message="复核须有复核人和复核日期。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="payment") | Q(state="proposed") | Q(checked_by__isnull=False),
                name="fund_payment_is_checked", violation_error_message="支付须由另一人复核后才能入账。",
            ),
            models.CheckConstraint(
                condition=Q(state="booked") | Q(state="proposed", checked_by__isnull=True)
                | Q(state="rejected", checked_by__isnull=False),
                name="fund_waiting_is_unchecked", violation_error_message="待复核的还没有复核人，退回的须有复核人。",
            ),
            models.CheckConstraint(
                condition=Q(kind="payment") | Q(form=""), name="fund_income_has_no_form",
                violation_error_message="拨入和追回不分奖励形式。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="refund") | Q(award__isnull=False), name="fund_refund_has_award",
                violation_error_message="追回须写明是哪一项表彰的。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.on:%Y-%m-%d} {self.get_kind_display()} {self.amount}"

    @property
    def frozen(self):
        """Why the row may not be changed any more by the undo of a roster; "" while it waits."""
        return "" if self.state == self.State.PROPOSED else "已经复核"
