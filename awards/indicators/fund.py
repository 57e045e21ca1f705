"""Figures about the reward fund, in 万元."""

from django.db.models import DecimalField, ExpressionWrapper, F, Value
from django.db.models.functions import Coalesce

from awards.indicators.awards import GROUP
from awards.models import FundEntry
from core.indicators import Rows, indicator
from core.periods import year_to_date

WAN = 10_000


def wan(name):
    return ExpressionWrapper(F(name) / Value(WAN), output_field=DecimalField(max_digits=16, decimal_places=6))


@indicator(
    "fund_paid_wan", "本年支付的奖励基金", "万元", group=GROUP,
    definition="时点所在年度、截至时点复核入账的支付，追回的不减；按获奖人或集体所在的村分乡镇，不属于哪项表彰的算在县里。",
)  # fmt: skip
def fund_paid(on):
    paid = FundEntry.objects.booked(on).payments().filter(year_to_date(on, "on"))
    placed = paid.annotate(
        code=Coalesce(F("award__village_id"), F("fund__division_id")),
        named=Coalesce(F("award__village__name"), F("fund__division__name")),
    )
    return Rows(
        placed, kind="fund_entry", key="pk", label="party", place="code", where=("named",), amount=wan("amount"),
        details={"日期": "on", "形式": "form", "金额（元）": "amount", "依据": "basis"},
    )  # fmt: skip


@indicator(
    "fund_balance_wan", "奖励基金余额", "万元", group=GROUP, of_county=True,
    definition="截至时点拨入和追回减去复核入账的支付；基金是县级的，不分乡镇。",
)  # fmt: skip
def fund_balance(on):
    return Rows(
        FundEntry.objects.booked(on).signed(), kind="fund_entry", key="pk", label="party", place="fund__division_id",
        where=("fund__division__name",), amount=wan("signed"),
        details={"日期": "on", "类型": "kind", "金额（元）": "amount", "依据": "basis"},
    )  # fmt: skip
