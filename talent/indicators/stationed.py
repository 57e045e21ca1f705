"""Figures about people sent into villages."""

from core.indicators import indicator
from talent.indicators.sources import person_of
from talent.models import Stationing
from villages.indicators import TEAMS

ROLES = (Stationing.Role.FIRST_SECRETARY, Stationing.Role.TEAM_LEADER, Stationing.Role.TEAM_MEMBER)


@indicator(
    "stationed", "驻村干部", "人", group=TEAMS,
    definition="时点在村的第一书记、工作队队长和队员人数，每人只计一次；不含挂职。",
)  # fmt: skip
def stationed(on):
    stays = Stationing.objects.serving(on).filter(role__in=ROLES)
    return person_of(stays, details={"职务": "role", "派出单位": "dispatch_unit", "派驻时间": "start"})
