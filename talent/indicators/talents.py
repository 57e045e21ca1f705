"""Figures about the pool of rural talents, and about what villages need."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q

from core.indicators import Rows, indicator
from core.periods import dated_by, years_after
from talent.indicators.sources import person_of
from talent.models import Demand, RuralTalent
from talent.parameters.talents import STALE_MONTHS

TALENTS = "乡村人才与需求"
STAY_YEARS = (1, 3)
DETAILS = {"人才大类": "talent_class", "人才小类": "sub_class", "专业特长": "specialty", "入库时间": "start"}
CAME = {"引育方式": "origin", "来自何处": "came_from", "来（返）乡时间": "came_on"}


def _people(talents, **details):
    return person_of(talents, details=DETAILS | details)


@indicator("talents", "乡村人才", "人", group=TALENTS, definition="时点在乡村人才信息库中的人数，每人只计一次。")
def talents(on):
    return _people(RuralTalent.objects.in_pool(on))


@indicator(
    "talents_stale", "久未确认的乡村人才", "人", group=TALENTS, of=talents,
    definition="时点在库、最近一次确认仍在（没有确认过的按入库时间）距今超过参数设置的月数（默认 12 个月）的人数。分母为在库人数。",
)  # fmt: skip
def talents_stale(on):
    return _people(RuralTalent.objects.stale(on, STALE_MONTHS.value(on)), 最近确认="known_on")


def _of_origin(on, *origins):
    return _people(RuralTalent.objects.in_pool(on).filter(origin__in=origins), **CAME)


@indicator(
    "talents_returned", "返乡人才", "人", group=TALENTS, of=talents,
    definition="时点在库、引育方式为返乡的人数。分母为在库人数。",
)  # fmt: skip
def talents_returned(on):
    return _of_origin(on, RuralTalent.Origin.RETURNED)


@indicator(
    "talents_introduced", "引进人才", "人", group=TALENTS, of=talents,
    definition="时点在库、引育方式为引进的人数。分母为在库人数。",
)  # fmt: skip
def talents_introduced(on):
    return _of_origin(on, RuralTalent.Origin.INTRODUCED)


@dataclass(frozen=True)
class Side:
    """How people came to be a county's talents, and the date field from which their years here count."""

    label: str
    origins: tuple
    since: str
    counted: str  # that date in words


OUTSIDE = Side("引进返乡人才", (RuralTalent.Origin.RETURNED, RuralTalent.Origin.INTRODUCED), "came_on", "来（返）乡")
LOCAL = Side("本土培养人才", (RuralTalent.Origin.LOCAL,), "start", "入库")
SIDES = {"outside": OUTSIDE, "local": LOCAL}


def came(on, years, side=OUTSIDE):
    """Talents of a side whose `years` years here were full by `on`; `milestone` is that day."""
    found = RuralTalent.objects.filter(dated_by(on, "start"), origin__in=side.origins)
    found = found.filter(**{f"{side.since}__isnull": False})
    return found.annotate(milestone=years_after(side.since, years)).filter(dated_by(on, "milestone"))


def stayed(on, years, side=OUTSIDE):
    """Those of `came` who had not left the pool before their milestone, or were in another village's pool on that day."""
    milestone = OuterRef("milestone")
    elsewhere = RuralTalent.objects.filter(Q(end__isnull=True) | Q(end__gte=milestone), person=OuterRef("person"), start__lte=milestone)  # fmt: skip
    left = Q(end__isnull=False, end__lt=F("milestone"))
    return came(on, years, side).exclude(left & ~Exists(elsewhere))


def stayed_key(years, side):
    return f"talents_stayed_{years}" if side is OUTSIDE else f"talents_local_stayed_{years}"


def _stay(years, side):
    """The figure of one milestone of a side."""

    def of(on):
        return _people(came(on, years, side), **CAME)

    @indicator(
        stayed_key(years, side), f"{side.label}满 {years} 年仍在", "人", group=TALENTS, of=of,
        definition=f"{side.label}中{side.counted}已满 {years} 年的，到满 {years} 年那天没有出库、或在本县另一个村在库的人数。分母为到时点已满 {years} 年的人数。",
    )  # fmt: skip
    def source(on):
        return _people(stayed(on, years, side), 出库时间="end", **CAME)

    return source


STAYED = {(years, name): _stay(years, side) for name, side in SIDES.items() for years in STAY_YEARS}


# --- needs


def demand_rows(demands, **more):
    """The row source that counts needs, each once."""
    details = {"需求单位": "asker_name", "人数": "number", "引进方式": "manner", "提出日期": "stated_on"}
    return Rows(
        demands.with_asker(),
        kind="demand",
        key="pk",
        label="post",
        place="place_code",
        where=("township__name",),
        details=details | more,
    )


@indicator("demands", "人才需求", "项", group=TALENTS, definition="到时点为止提出的人才需求项数，撤回的不计。")
def demands(on):
    return demand_rows(Demand.objects.stated(on))


@indicator(
    "demands_open", "未满足的人才需求", "项", group=TALENTS, of=demands,
    definition="时点还没有关闭、到岗人数少于需要人数的人才需求项数。分母为提出而未撤回的项数。",
)  # fmt: skip
def demands_open(on):
    return demand_rows(Demand.objects.open(on))


@indicator(
    "demands_met", "已满足的人才需求", "项", group=TALENTS, of=demands,
    definition="到时点为止到岗人数达到需要人数、或以“已解决”关闭的人才需求项数。分母为提出而未撤回的项数。",
)  # fmt: skip
def demands_met(on):
    return demand_rows(Demand.objects.met(on))
