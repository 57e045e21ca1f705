"""Figures about what is built and held in villages."""

from core.indicators import Rows, indicator
from core.periods import year_to_date
from villages.models import CulturalActivity, VillageProject

PLACES = "村与班子"


@indicator(
    "projects_invested_wan", "村级项目投入", "万元", group=PLACES,
    definition="本年度截至时点各村道路、供水、通信、公共服务等项目到位的资金合计，按资金到位日期计入，各种来源都算。",
)  # fmt: skip
def projects_invested_wan(on):
    return Rows(
        VillageProject.objects.filter(year_to_date(on, "invested_on")), kind="project", key="pk", label="name",
        amount="amount_wan", details={"类别": "kind", "资金来源": "source", "到位日期": "invested_on"},
    )  # fmt: skip


@indicator(
    "culture_activities", "村级文化活动", "场", group=PLACES,
    definition="本年度截至时点在村里举办的文化活动场数，一场计一次。",
)  # fmt: skip
def culture_activities(on):
    return Rows(
        CulturalActivity.objects.filter(year_to_date(on, "held_on")), kind="culture", key="pk", label="name",
        details={"类别": "kind", "日期": "held_on", "主办单位": "organiser"},
    )  # fmt: skip
