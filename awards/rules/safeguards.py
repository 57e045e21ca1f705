"""Checks about safeguards: cadres in office without one that the county requires."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, CharField, Count, DateField, Exists, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Substr, TruncDate

from awards.indicators.safeguards import has
from awards.parameters.safeguards import COVERS, REQUIRED
from awards.safeguarding import TOWNSHIP_DIGITS, checked_up, due_year, reported
from core.indicators import Rows
from core.models import User
from core.periods import dated_by
from core.rules import rule
from rosters.models import CollectionRequest
from talent.models import Appointment
from villages.models import Division

BASIS = "村干部保障办法（参数设置）"


def _here(name, on):
    if name != "checkup":
        return has(name, on)
    return Exists(checked_up(on).filter(person=OuterRef("person")))


def _lacking(word):
    """The rows behind the check of one safeguard: cadres in office without it, where it is required."""

    def source(on):
        seats = Appointment.objects.cadres(on) if word in REQUIRED.value(on) else Appointment.objects.none()
        placed = seats.annotate(township=Substr("village_id", 1, TOWNSHIP_DIGITS))
        open_ones = placed.filter(township__in=Subquery(reported(on.year))).exclude(_here(COVERS[word], on))
        return Rows(open_ones, kind="person", key="person_id", label="person__name")

    return source


for _word in COVERS:
    rule(
        f"safeguard_no_{COVERS[_word]}", f"在任而没有{_word}", severity="warn", basis=BASIS,
        message=f"{{where}}的{{label}}在任，时点没有{_word}；或者保障名册还没有登记",
    )(_lacking(_word))  # fmt: skip


@rule(
    "safeguard_not_reported", "乡镇没有报年度保障名册", severity="warn", basis="每年保障名册的报送期限（参数设置）",
    message="{label}没有报 {年度} 年度村干部保障名册（{期限} 到期），在任的 {在任} 名村干部有没有保障还看不出来。{催报}；请{经办}上传“村干部保障名册”",
)  # fmt: skip
def not_reported(on):
    """Townships with cadres in office and not one record of the latest year that was due, who is asked there and since when."""
    year, due = due_year(on)
    silent = Division.objects.townships().annotate(
        serving=_serving(on), asked=_asked(on), clerks=_clerks(), due=Value(due, DateField()), year=Value(year)
    )
    silent = silent.filter(serving__gt=0).exclude(code__in=Subquery(reported(year)))
    told = Case(
        When(asked=None, then=Value("县里还没有催报")), default=Concat(Value("县里 "), Cast("asked", CharField()), Value(" 起催报")),
    )  # fmt: skip
    return Rows(
        silent.annotate(told=told), kind="division", key="code", label="name", place="code", where=("name",),
        details={"年度": "year", "期限": "due", "在任": "serving", "催报": "told", "经办": "clerks"},
    )  # fmt: skip


def _serving(on):
    seats = Appointment.objects.cadres(on).filter(village__township=OuterRef("code")).order_by()
    people = seats.values("village__township").annotate(found=Count("person", distinct=True)).values("found")
    return Coalesce(Subquery(people, IntegerField()), 0)


def _asked(on):
    """The day on which the county asked the township for the roster, in a round that is still open."""
    rounds = CollectionRequest.objects.filter(
        round__kind="safeguards", round__closed_at=None, division=OuterRef("code")
    )
    since = rounds.annotate(since=TruncDate("round__created_at")).filter(dated_by(on, "since")).order_by("since", "pk")
    return Subquery(since.values("since")[:1], DateField())


def _clerks():
    """The names of the township's accounts; the office where there is none."""
    clerks = User.objects.filter(is_active=True, role="township_clerk", division=OuterRef("code")).order_by()
    names = clerks.values("division").annotate(found=StringAgg("name", Value("、"), order_by="name")).values("found")
    return Coalesce(Subquery(names, CharField()), Value("乡镇党建办"))
