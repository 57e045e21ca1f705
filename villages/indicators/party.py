"""Figures about party life and what party members do for others."""

from django.db.models import Func, IntegerField, TextField, Value

from core.indicators import Rows, indicator
from core.periods import in_force, year_to_date
from villages.models import ActivityKind, PartyActivity, PartyBranch
from villages.party_duties import missing

PARTY_LIFE = "组织生活"
YEAR = "本年度截至时点（当月和当季的在“参数设置”的提示日之后才计）"


def branches(on, queryset=None, **more):
    """The branches that exist on the date, or `queryset` of them."""
    there = PartyBranch.objects.existing(on) if queryset is None else queryset
    return Rows(there, kind="branch", key="pk", label="name", **more)


def with_gaps(on):
    """Branches of the date that lack something due, with `gaps` in number and `lacking` in words."""
    return _told(on).filter(gaps__gt=0)


def _told(on):
    return PartyBranch.objects.existing(on).annotate(
        gaps=Func(missing(on), function="cardinality", output_field=IntegerField()),
        lacking=Func(missing(on), Value(" "), function="array_to_string", output_field=TextField()),
    )


@indicator(
    "party_life_complete", "组织生活无缺项的党支部", "个", group=PARTY_LIFE, of=branches,
    definition=f"时点存在的村党支部中，{YEAR}“三会一课”、主题党日、组织生活会、民主评议都按要求召开、没有缺项的个数。"
    "支委会只要求设支委会的支部，党小组会只要求有党小组的支部；到会不过半的支部大会、支委会等不算召开。",
)  # fmt: skip
def party_life_complete(on):
    return branches(on, _told(on).filter(gaps=0))


@indicator(
    "party_life_missing", "组织生活缺项", "项", group=PARTY_LIFE,
    definition=f"时点存在的村党支部{YEAR}应召开而没有召开（或到会不过半）的次项数，一个支部一个月（季度、年度）缺一类算一项。",
)  # fmt: skip
def party_life_missing(on):
    return branches(on, with_gaps(on), amount="gaps", details={"缺项": "lacking"})


@indicator(
    "pairings", "结对帮扶", "对", group=PARTY_LIFE,
    definition="时点结对未解除的结对帮扶对数，一名党员（干部）与一个帮扶对象为一对。",
)  # fmt: skip
def pairings(on):
    return _activities(PartyActivity.objects.filter(in_force(on), kind=ActivityKind.PAIRING))


@indicator(
    "volunteer_hours", "志愿服务时长", "小时", group=PARTY_LIFE,
    definition="本年度截至时点登记的党员（干部）志愿服务时长合计，按服务日期计入。",
)  # fmt: skip
def volunteer_hours(on):
    served = PartyActivity.objects.filter(year_to_date(on, "start"), kind=ActivityKind.VOLUNTEER)
    return _activities(served, amount="hours")


def _activities(queryset, **more):
    return Rows(
        queryset, kind="activity", key="pk", label="person__name",
        details={"日期": "start", "对象": "partner", "事项": "matter"}, **more,
    )  # fmt: skip
