"""Checks about support: applications left undecided, support left unpaid, visits that are due and missing."""

from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from awards.models import SupportApplication, SupportPayment, SupportResult
from awards.parameters.support import DECISION_DAYS, PAYMENT_DAYS, VISIT_DAYS
from awards.rules.awards import days_before
from core.indicators import Rows
from core.periods import birthday_bound, dated_before, dated_by
from core.rules import rule

BASIS = "扶持政策工作要求（参数设置）"
MONEY = DecimalField(max_digits=14, decimal_places=2)


def _rows(found, **details):
    return Rows(found, kind="support", key="pk", label="person__name", details={"政策": "policy__name", **details})


@rule(
    "support_undecided", "扶持申请没有按期审批", severity="warn", basis=BASIS,
    message="{where}的{label}于 {申请日期} 申请“{政策}”，还没有审批",
)  # fmt: skip
def undecided(on):
    asked = SupportApplication.objects.by(on).filter(
        dated_before(days_before(on, DECISION_DAYS.value(on)), "applied_on")
    )
    return _rows(asked.filter(state_on=SupportApplication.State.SUBMITTED), 申请日期="applied_on")


@rule(
    "support_unpaid", "扶持资金没有按期付清", severity="warn", basis=BASIS,
    message="{where}的{label}的“{政策}”于 {审批日期} 批准 {金额} 元，还没有付清（没有复核的支付不算）",
)  # fmt: skip
def unpaid(on):
    payments = SupportPayment.objects.paid(on).filter(application=OuterRef("pk")).order_by()
    paid = Subquery(payments.values("application").annotate(total=Sum("amount")).values("total"), output_field=MONEY)
    given = SupportApplication.objects.granted(on).filter(
        dated_before(days_before(on, PAYMENT_DAYS.value(on)), "decided_on")
    )
    short = given.annotate(paid=Coalesce(paid, Value(Decimal(0)), output_field=MONEY)).filter(paid__lt=F("amount"))
    return _rows(short, 审批日期="decided_on", 金额="amount")


def _unvisited(years, later):
    """Support approved so many full years (and the days of grace) ago that nobody looked at since; once the visit after
    `later` years is due too, that one is asked for alone."""

    def source(on):
        asked_by = days_before(on, VISIT_DAYS.value(on))
        found = SupportApplication.objects.unvisited(on, years, birthday_bound(asked_by, years))
        if later:
            found = found.exclude(dated_by(birthday_bound(asked_by, later), "decided_on"))
        return _rows(found, 审批日期="decided_on")

    return source


AFTER = SupportResult.After
for _years, _later in ((AFTER.ONE, AFTER.THREE), (AFTER.THREE, None)):
    rule(
        f"support_unvisited_{_years.value}", f"扶持{_years.label}没有回访", severity="warn", basis=BASIS,
        message=f"{{where}}的{{label}}的“{{政策}}”于 {{审批日期}} 批准，已{_years.label}，还没有登记成效（是否仍在经营、带动就业和群众）",
    )(_unvisited(_years.value, _later))  # fmt: skip
