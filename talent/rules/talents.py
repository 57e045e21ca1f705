"""Checks of the pool of talents and of the needs that nobody has met."""

import datetime

from django.db.models.functions import Coalesce

from core.indicators import Rows
from core.periods import dated_before
from core.rules import rule
from talent.indicators.sources import person_of
from talent.indicators.talents import demand_rows
from talent.models import Demand, Match, RuralTalent
from talent.parameters.talents import ARRIVAL_DAYS, LOCAL, STALE_MONTHS


@rule(
    "talent_stale", "人才久未确认", severity="info", basis=f"{LOCAL}：人才库每年确认一次（月数见参数设置）",
    message="{where}乡村人才{label}最近一次确认是 {最近确认}，请在“人才库”里确认是否仍在。",
)  # fmt: skip
def talent_stale(on):
    stale = RuralTalent.objects.stale(on, STALE_MONTHS.value(on))
    return person_of(stale, details={"最近确认": "known_on"})


@rule(
    "demand_overdue", "人才需求过期未解决", severity="warn", basis=f"{LOCAL}：需求到期应办结或关闭",
    message="{where}{需求单位}的需求“{label}”{需要时间止} 到期，还没有人到岗，请对接或关闭。",
)  # fmt: skip
def demand_overdue(on):
    return demand_rows(Demand.objects.open(on).filter(dated_before(on, "end")), 需要时间止="end")


@rule(
    "match_not_arrived", "签约后没有到岗", severity="warn", basis=f"{LOCAL}：签约后限期到岗（天数见参数设置）",
    message="{where}需求“{label}”{签约日期} 签约，至今没有登记到岗，请核实。",
)  # fmt: skip
def match_not_arrived(on):
    last = on - datetime.timedelta(days=ARRIVAL_DAYS.value(on))
    late = Match.objects.waiting(on).filter(dated_before(last, "agreed_on"))
    late = late.annotate(place_code=Coalesce("demand__village_id", "demand__township_id"))
    return Rows(
        late, kind="demand", key="demand_id", label="demand__post", place="place_code",
        where=("demand__township__name",), details={"签约日期": "agreed_on"},
    )  # fmt: skip
