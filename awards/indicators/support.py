"""Figures about support granted."""

from awards.indicators.fund import wan
from awards.indicators.safeguards import GROUP
from awards.models import SupportApplication, SupportPayment
from core.indicators import Rows, indicator
from core.periods import year_to_date


def _granted(on):
    return SupportApplication.objects.granted(on).filter(year_to_date(on, "decided_on"))


@indicator(
    "support_granted_wan", "本年批准的扶持资金", "万元", group=GROUP,
    definition="时点所在年度、截至时点批准的扶持申请的批准金额合计，按申请人所在的村分乡镇。",
)  # fmt: skip
def support_granted(on):
    return Rows(
        _granted(on), kind="support", key="pk", label="person__name", amount=wan("amount"),
        details={"政策": "policy__name", "项目": "project", "金额（元）": "amount", "审批日期": "decided_on", "文号": "decision_no"},
    )  # fmt: skip


@indicator(
    "support_recipients", "本年受扶持的人", "人", group=GROUP,
    definition="时点所在年度、截至时点有扶持申请获得批准的人，一人享受几项只算一次。",
)  # fmt: skip
def support_recipients(on):
    return Rows(
        _granted(on), kind="person", key="person_id", label="person__name",
        details={"政策": "policy__name", "金额（元）": "amount", "审批日期": "decided_on"},
    )  # fmt: skip


@indicator(
    "support_paid_wan", "本年支付的扶持资金", "万元", group=GROUP,
    definition="时点所在年度、截至时点支付并由另一人复核的扶持资金，待复核和退回的不算；按申请人所在的村分乡镇。",
)  # fmt: skip
def support_paid(on):
    return Rows(
        SupportPayment.objects.paid(on).filter(year_to_date(on, "on")), kind="support_payment", key="pk",
        label="application__person__name", place="application__village_id", amount=wan("amount"),
        where=("application__village__township__name", "application__village__name"),
        details={"政策": "application__policy__name", "金额（元）": "amount", "支付日期": "on", "依据": "basis"},
    )  # fmt: skip
