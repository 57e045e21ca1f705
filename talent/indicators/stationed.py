"""Figures about people sent into villages, technical specialists and secondments."""

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from core.indicators import Rows, indicator
from core.periods import in_force, months_after, within_days, year_to_date
from talent.indicators.sources import person_of, village_of
from talent.models import Secondment, ServiceVisit, Stationing
from talent.models.stationing import Role
from talent.parameters import stationed as parameters
from villages.indicators import TEAMS
from villages.models import VillageLabel

SENT = "驻村与挂职"
ABOUT_STAY = {"职务": "role", "派出单位": "dispatch_unit", "派驻时间": "start"}


def with_rotation(stays, on):
    """Stays annotated with `rotation`: the planned day, else the end of the usual time by the rule of `on`."""
    months = Case(
        When(role=Role.SPECIALIST, then=Value(parameters.SPECIALIST_MONTHS.value(on))),
        default=Value(parameters.STAY_MONTHS.value(on)),
    )
    return stays.annotate(rotation=Coalesce(F("due"), months_after("start", months)))


def due_stays(on, days=None):
    """Stays in force on `on` whose rotation has come or comes within `days` (as the county reminds without a number)."""
    ahead = parameters.REMIND_DAYS.value(on) if days is None else days
    return with_rotation(Stationing.objects.serving(on), on).filter(within_days(on, ahead, "rotation"))


def labels_that_require(on):
    """Rows of the classes of village to which a first secretary must be sent, in force on `on`."""
    words = parameters.REQUIRED_LABELS.value(on)
    codes = [code for code, word in VillageLabel.Label.choices if word in words]
    return VillageLabel.objects.filter(in_force(on), in_force(on, "village__"), label__in=codes)


def specialists(on):
    """Stays of technical specialists in force on `on`, annotated with the person's `days` and `visits` of the year so far."""
    this_year = ServiceVisit.objects.filter(year_to_date(on, "start"), person=OuterRef("person")).order_by()
    of_person = this_year.values("person")
    return Stationing.objects.serving(on).filter(role=Role.SPECIALIST).annotate(
        days=Coalesce(Subquery(of_person.annotate(sum=Sum("days")).values("sum")), 0),
        visits=Coalesce(Subquery(of_person.annotate(rows=Count("pk")).values("rows")), 0),
    )  # fmt: skip


def is_enough(on):
    """A condition on `specialists`: days or visits of the year reach the standard, either of the two."""
    return Q(days__gte=parameters.SPECIALIST_DAYS.value(on)) | Q(visits__gte=parameters.SPECIALIST_VISITS.value(on))


@indicator(
    "stationed", "驻村干部", "人", group=TEAMS,
    definition="时点在村的第一书记、工作队队长和队员人数，每人只计一次；不含科技特派员和挂职。",
)  # fmt: skip
def stationed(on):
    return person_of(Stationing.objects.in_teams(on), details=ABOUT_STAY)


@indicator(
    "stationed_serving", "在岗派驻人员", "人", group=SENT,
    definition="时点在岗的第一书记、工作队队长、队员和科技特派员人数，每人只计一次；不含挂职。",
)  # fmt: skip
def stationed_serving(on):
    return person_of(Stationing.objects.serving(on), details=ABOUT_STAY | {"单位层级": "unit_level"})


@indicator(
    "stationed_due", "到期或将到期轮换", "人", group=SENT, of=stationed_serving,
    definition="在岗派驻人员中，轮换日期已到或在提前提醒天数以内的人数；没有填轮换日期的按任期推算，任期和天数见参数设置。分母为在岗派驻人员数。",
)  # fmt: skip
def stationed_due(on):
    return person_of(due_stays(on), details=ABOUT_STAY | {"轮换日期": "rotation"})


def _required(on):
    return village_of(labels_that_require(on), details={"类别": "label"})


@indicator(
    "first_secretaries_sent", "应派第一书记已派的村", "村", group=SENT, of=_required,
    definition="脱贫村、软弱涣散村、乡村振兴重点村等应派村（类别见参数设置）中，时点有第一书记在岗的村数。分母为应派村数。",
)  # fmt: skip
def first_secretaries_sent(on):
    sent = Stationing.objects.serving(on).filter(village=OuterRef("village"), role=Role.FIRST_SECRETARY)
    return village_of(labels_that_require(on).filter(Exists(sent)), details={"类别": "label"})


@indicator(
    "secondments", "挂职锻炼", "人", group=SENT,
    definition="时点在挂职的人数（下派、上挂、跨村），每人只计一次；不含驻村第一书记和工作队。",
)  # fmt: skip
def secondments(on):
    return secondment_rows(
        Secondment.objects.serving(on), 类型="kind", 原单位="home_unit", 挂职单位="host_unit", 挂任职务="host_post"
    )


def secondment_rows(queryset, **details):
    """The row source of people seconded; each belongs to the village where it has one, else to its division."""
    return Rows(
        queryset.annotate(place=Coalesce("village_id", "division_id")), kind="person", key="person_id",
        label="person__name", place="place", where=("division__name",), details=details,
    )  # fmt: skip


@indicator(
    "specialist_days", "科技特派员服务天数", "天", group=SENT,
    definition="当年 1 月 1 日至时点科技特派员到村服务的天数之和，按服务记录逐条相加；名单列出每一次服务。",
)  # fmt: skip
def specialist_days(on):
    return Rows(
        ServiceVisit.objects.filter(year_to_date(on, "start")), kind="visit", key="pk", label="person__name",
        amount="days", details={"日期": "start", "服务内容": "work", "服务人次": "served"},
    )  # fmt: skip


def _specialists(on):
    return person_of(specialists(on), details={"派出单位": "dispatch_unit", "服务天数": "days", "服务次数": "visits"})


@indicator(
    "specialists_enough", "服务达标的科技特派员", "人", group=SENT, of=_specialists,
    definition="在岗科技特派员中，当年服务天数或次数达到标准（默认 30 天或 12 次，见参数设置）的人数。分母为在岗科技特派员数。",
)  # fmt: skip
def specialists_enough(on):
    enough = specialists(on).filter(is_enough(on))
    return person_of(enough, details={"派出单位": "dispatch_unit", "服务天数": "days", "服务次数": "visits"})


def team_sizes(on):
    """Stays of teams in force on `on`, annotated with `size` (people in the village's team) and `floor` (how many are due)."""
    same = Stationing.objects.in_teams(on).filter(village=OuterRef("village")).order_by().values("village")
    required = labels_that_require(on).filter(village=OuterRef("village"))
    return Stationing.objects.in_teams(on).annotate(
        size=Coalesce(Subquery(same.annotate(people=Count("person", distinct=True)).values("people")), 0),
        floor=Case(
            When(Exists(required), then=Value(parameters.REQUIRED_TEAM.value(on))),
            default=Value(parameters.OTHER_TEAM.value(on)),
        ),
    )
