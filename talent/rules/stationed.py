"""Checks of people sent in: where one is required and missing, who stays too long, too small teams, specialists who stay away."""

from django.db.models import Exists, F, OuterRef, Q, Value

from core.periods import meets_year, month_of, months_after, within_days
from core.rules import rule
from talent.indicators.sources import person_of, village_of
from talent.indicators.stationed import (
    due_stays,
    is_enough,
    labels_that_require,
    secondment_rows,
    specialists,
    team_sizes,
)
from talent.models import Secondment, Stationing, StationingAssessment
from talent.models.stationing import TEAM_ROLES, Role
from talent.parameters import stationed as parameters
from talent.parameters.stationed import LOCAL, OPINION, SPECIALISTS


@rule(
    "first_secretary_missing", "应派未派第一书记", severity="warn",
    basis=f"{OPINION}；应派村的类别见参数设置",
    message="{where}为{类别}，没有在任的驻村第一书记。",
)  # fmt: skip
def first_secretary_missing(on):
    sent = Stationing.objects.serving(on).filter(village=OuterRef("village"), role=Role.FIRST_SECRETARY)
    return village_of(labels_that_require(on).filter(~Exists(sent)), details={"类别": "label"})


@rule(
    "stationed_long", "驻村期满未轮换", severity="info", basis=f"{OPINION}；任期见参数设置",
    message="{where}{职务}{label} {派驻时间} 到村，{轮换日期} 已到轮换时间，请安排轮换，或在派驻信息里填写延期后的轮换日期。",
)  # fmt: skip
def stationed_long(on):
    return person_of(due_stays(on, 0), details={"职务": "role", "派驻时间": "start", "轮换日期": "rotation"})


@rule(
    "stationed_team_small", "驻村工作队人数不足", severity="info", basis=f"{OPINION}；人数见参数设置",
    message="{where}驻村工作队现有 {在岗} 人，应不少于 {应有} 人。",
)  # fmt: skip
def stationed_team_small(on):
    small = team_sizes(on).filter(size__lt=F("floor"))
    return village_of(small, details={"在岗": "size", "应有": "floor"})


@rule(
    "specialist_short", "科技特派员服务不足", severity="warn", basis=SPECIALISTS,
    message="科技特派员{label}今年到村服务 {服务天数} 天、{服务次数} 次，未达到 {天数标准} 天或 {次数标准} 次。",
)  # fmt: skip
def specialist_short(on):
    """Said from the last day of the month that the county sets: before it the year still has time."""
    short = specialists(on).exclude(is_enough(on)).annotate(
        floor_days=Value(parameters.SPECIALIST_DAYS.value(on)), floor_visits=Value(parameters.SPECIALIST_VISITS.value(on))
    )  # fmt: skip
    told = short if month_of(on, parameters.SPECIALIST_BY.value(on)).over else short.none()
    details = {"服务天数": "days", "服务次数": "visits", "天数标准": "floor_days", "次数标准": "floor_visits"}
    return person_of(told, details=details)


@rule(
    "assessment_missing", "驻村年度考核未登记", severity="info", basis=f"{OPINION}：年度考核由派驻地会同派出单位进行；{LOCAL}",
    message="{where}{职务}{label}没有登记 {年度} 年度的考核等次。",
)  # fmt: skip
def assessment_missing(on):
    """Of last year, once the month by which it should be in is over; who was there too short a time is not judged."""
    year = on.year - 1
    judged = StationingAssessment.objects.filter(stationing=OuterRef("pk"), year=year)
    served = Stationing.objects.serving(on).filter(~Exists(judged), meets_year(year), role__in=TEAM_ROLES)
    long = served.annotate(
        judged_from=months_after("start", parameters.ASSESSED_MONTHS.value(on)), year=Value(year)
    ).filter(judged_from__lt=month_of(on, 1).first)  # fmt: skip
    told = long if month_of(on, parameters.ASSESSED_BY.value(on)).over else long.none()
    return person_of(told, details={"职务": "role", "年度": "year"})


@rule(
    "secondment_over", "挂职期满未结束", severity="info", basis=f"挂职锻炼期满应作鉴定并结束；{LOCAL}",
    message="{label}到{挂职单位}挂职（{类型}），{计划期满} 已期满，请登记鉴定和结束时间，或改计划期满。",
)  # fmt: skip
def secondment_over(on):
    over = Secondment.objects.serving(on).filter(within_days(on, 0, "due"))
    return secondment_rows(over, 挂职单位="host_unit", 类型="kind", 计划期满="due")


@rule(
    "secondment_without_mentor", "挂职没有结对导师或计划期满", severity="info", basis=LOCAL,
    message="{label}到{挂职单位}挂职（{类型}），结对导师或计划期满没有填。",
)  # fmt: skip
def secondment_without_mentor(on):
    bare = Secondment.objects.serving(on).filter(Q(mentor="") | Q(due__isnull=True))
    return secondment_rows(bare, 挂职单位="host_unit", 类型="kind")
