"""Applications for support, what was paid and what came of it."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When

from awards.models.support import POSITIVE, SupportPolicy
from core.periods import dated_after, dated_by
from core.scope import ScopedQuerySet
from talent.models import Business


class SupportApplicationQuerySet(ScopedQuerySet):
    def granted(self, on):
        """Applications approved by the day `on`."""
        return self.filter(dated_by(on, "decided_on"), state="approved")

    def standing(self):
        """Those that were not refused or withdrawn."""
        return self.filter(state__in=("submitted", "approved"))

    def by(self, on):
        """Applications made by the day `on`, each with `state_on`: its state on that day."""
        open_then = When(dated_after(on, "decided_on"), then=Value("submitted"))
        found = self.filter(dated_by(on, "applied_on"))
        return found.annotate(state_on=Case(open_then, default=F("state"), output_field=models.CharField()))

    def unvisited(self, on, years, decided_by):
        """Those approved by the day `decided_by`, that nobody had visited by `on` for what came of it after so many years."""
        seen = SupportResult.objects.filter(dated_by(on, "checked_on"), after_years=years)
        return self.granted(decided_by).exclude(pk__in=seen.values("application"))


class SupportApplication(models.Model):
    """An application for somebody under a policy; the amount granted is fixed at approval."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", "待审批"
        APPROVED = "approved", "已批准"
        REJECTED = "rejected", "不予批准"
        WITHDRAWN = "withdrawn", "已撤回"

    policy = models.ForeignKey(SupportPolicy, models.PROTECT, verbose_name="扶持政策", related_name="applications")
    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="申请人", related_name="support")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="所在村", related_name="support"
    )
    applied_on = models.DateField("申请日期")
    business = models.CharField("经营类型", max_length=10, choices=Business.choices, blank=True)
    project = models.CharField("项目", max_length=100, help_text="做什么、在哪里，例如：茶叶加工厂扩建。")
    base = models.DecimalField("基数或数量", null=True, blank=True, help_text="固定金额的政策不填。", **POSITIVE)
    bank = models.CharField("贷款银行", max_length=50, blank=True)
    loan = models.DecimalField("贷款金额（元）", null=True, blank=True, **POSITIVE)
    loan_rate = models.DecimalField(
        "年利率（%）",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    loan_start = models.DateField("贴息期开始", null=True, blank=True)
    loan_end = models.DateField("贴息期截止", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.SUBMITTED, editable=False)
    amount = models.DecimalField("批准金额（元）", null=True, blank=True, editable=False, **POSITIVE)
    decided_on = models.DateField("审批日期", null=True, blank=True, editable=False)
    decision_no = models.CharField("审批文号", max_length=100, blank=True, editable=False)
    reason = models.CharField("审批意见", max_length=500, blank=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="经办人", related_name="+", editable=False
    )  # without one: entered before the ledger kept who did
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="审批人",
        related_name="+",
        editable=False,
    )
    remarks = models.CharField("备注", max_length=200, blank=True)

    objects = SupportApplicationQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "扶持申请"
        ordering = ["-applied_on", "-pk"]
        indexes = [models.Index(fields=["village", "applied_on"], name="support_village_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "person"], condition=Q(state="submitted"), name="support_one_pending",
                violation_error_message="这个人这项政策还有一份申请待审批。",
            ),
            models.CheckConstraint(
                # A comparison with what is not there is no refusal: presence is asked for by name.
                condition=Q(state="submitted", decided_on__isnull=True, amount__isnull=True)
                | Q(state__in=("approved", "rejected", "withdrawn"), decided_on__isnull=False, decided_on__gte=F("applied_on"))
                & (
                    Q(state="approved", amount__isnull=False, amount__gt=0)
                    | ~Q(state="approved") & Q(amount__isnull=True) & ~Q(reason="")
                ),
                name="support_application_decided",
                violation_error_message="批准要有金额和日期，不批准和撤回要有日期和原因，日期不早于申请。",
            ),
            models.CheckConstraint(
                condition=Q(base__isnull=True) | Q(base__gt=0), name="support_application_base",
                violation_error_message="基数或数量要大于 0。",
            ),
            models.CheckConstraint(
                condition=Q(entered_by__isnull=True) | Q(state__in=("submitted", "withdrawn"))
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("entered_by")),
                name="support_two_people", violation_error_message="经办人不能审批自己登记的申请，请由另一位工作人员审批。",
            ),
            models.CheckConstraint(
                condition=(Q(loan__isnull=True) | Q(loan__gt=0))
                & (Q(loan_rate__isnull=True) | Q(loan_rate__gt=0, loan_rate__lte=100))
                & (Q(loan_end__isnull=True) | Q(loan_start__isnull=False, loan_end__gte=F("loan_start"))),
                name="support_loan", violation_error_message="贷款金额和利率要大于 0，利率不超过百分之百，贴息期截止不早于开始。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.person} {self.policy}"


class SupportPaymentQuerySet(ScopedQuerySet):
    def paid(self, on):
        """Payments that count on the day `on`: those that a second person confirmed, and those from before that was asked."""
        return self.filter(dated_by(on, "on"), state__in=SupportPayment.COUNTED)

    def standing(self):
        """Those that were not sent back: what they come to is taken from what was approved."""
        return self.exclude(state=SupportPayment.State.REJECTED)


class SupportPayment(models.Model):
    """Money for an approved application, entered by one person and confirmed by another; only then it counts as paid."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待复核"
        PAID = "paid", "已支付"
        REJECTED = "rejected", "已退回"
        EARLIER = "earlier", "已支付（复核以前登记）"  # by one person, before the ledger asked for two

    COUNTED = ("paid", "earlier")

    application = models.ForeignKey(
        SupportApplication, models.PROTECT, verbose_name="扶持申请", related_name="payments"
    )
    on = models.DateField("支付日期")
    amount = models.DecimalField("金额（元）", **POSITIVE)
    basis = models.CharField("依据", max_length=100)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.PROPOSED, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人", related_name="+")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="复核人", related_name="+", editable=False
    )
    checked_on = models.DateField("复核日期", null=True, editable=False)
    note = models.CharField("退回原因", max_length=200, blank=True, editable=False)

    objects = SupportPaymentQuerySet.as_manager()
    scope_path = "application__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "扶持资金支付"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="support_payment_amount", violation_error_message="金额应大于 0。"
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")), name="support_payment_two_people",
                violation_error_message="经办人不能复核自己登记的支付，请由另一位工作人员复核。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("proposed", "earlier"), checked_by__isnull=True, checked_on__isnull=True)
                | Q(state__in=("paid", "rejected"), checked_by__isnull=False, checked_on__isnull=False)
                & (Q(state="paid") | ~Q(note="")),
                name="support_payment_checked",
                violation_error_message="支付须由另一人复核，写明复核人和日期，退回的还要写原因。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.on:%Y-%m-%d} {self.amount}"

    @property
    def frozen(self):
        """Why the undo of a roster may not take the row back; "" while it waits."""
        return "" if self.state == self.State.PROPOSED else "已经复核"


class SupportResult(models.Model):
    """What came of it, looked at so many full years after the approval."""

    class After(models.IntegerChoices):
        ONE = 1, "满 1 年"
        THREE = 3, "满 3 年"

    application = models.ForeignKey(SupportApplication, models.PROTECT, verbose_name="扶持申请", related_name="results")
    after_years = models.PositiveSmallIntegerField("回访", choices=After.choices)
    checked_on = models.DateField("回访日期")
    in_business = models.BooleanField("是否仍在经营", choices=((True, "仍在经营"), (False, "已停业")))
    jobs = models.PositiveIntegerField("带动就业（人）", default=0)
    people_led = models.PositiveIntegerField("带动群众（人）", default=0)
    remarks = models.CharField("情况", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "application__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "扶持成效"
        ordering = ["application_id", "after_years", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "after_years"], name="support_result_once",
                violation_error_message="这一次回访已经登记。",
            ),
            models.CheckConstraint(
                condition=Q(after_years__in=(1, 3)), name="support_result_after",
                violation_error_message="回访为满 1 年或满 3 年。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.application} {self.get_after_years_display()}"
