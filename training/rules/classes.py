"""Checks of training: who was left out, and of what."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, ExpressionWrapper, F, Func, OuterRef, Q, Value
from django.db.models.functions import Left

from core.indicators import Rows
from core.periods import at_least, between, birthday_bound, year_to_date, years_before
from core.rules import rule
from talent.models import Appointment, Post
from training.models import Enrollment, TargetGroup, TopicRequirement, TrainingSession
from training.parameters.classes import PASS_SCORE, UNCOVERED_YEARS
from villages.models import Division


@rule(
    "township_left_out", "县级班次没有本乡镇人员", severity="info", basis="全员轮训要求，按同名班次各期合并判断",
    message="{label}本年度没有人参加：{班次}，请补训或说明。",
)  # fmt: skip
def township_left_out(on):
    """Of a class held in several parts (期) a township may have all its people in one of them."""
    there = Enrollment.objects.listed().filter(
        year_to_date(on, "session__start"), session__name=OuterRef("name"), session__division=OuterRef("division"),
        village__township=OuterRef(OuterRef("code")),
    )  # fmt: skip
    county = Left(OuterRef("code"), 6)
    held = TrainingSession.objects.filter(
        year_to_date(on, "end"), level=TrainingSession.Level.COUNTY, division_id=county
    )
    missed = held.filter(~Exists(there)).order_by("name").values("name").distinct()
    left_out = Division.objects.townships().annotate(missed=_words(missed))
    return Rows(
        left_out.exclude(missed=""), kind="division", key="code", label="name", place="code", where=("name",),
        details={"班次": "missed"},
    )  # fmt: skip


@rule(
    "untrained_long", "村干部多年没有参训", severity="info", basis="县级工作要求（年数见“参数设置”）",
    message="{where}{label} 已多年没有参加过培训，请优先调训。",
)  # fmt: skip
def untrained_long(on):
    years = UNCOVERED_YEARS.value(on)
    since = birthday_bound(on, years)
    trained = Enrollment.objects.trained().filter(between(since, on, "session__start"), person=OuterRef("person"))
    served = Appointment.objects.filter(at_least(years, on, "start"), person=OuterRef("person"))
    idle = Appointment.objects.cadres(on).filter(Exists(served), ~Exists(trained))
    return Rows(idle, kind="person", key="person_id", label="person__name")


@rule(
    "topic_overdue", "必修专题超期未训", severity="info", basis="必修要求（在“谁缺什么”页维护）",
    message="{where}{label} 缺必修专题：{专题}，请列入下一期班次。",
)  # fmt: skip
def topic_overdue(on):
    """Members of the two committees who lack a topic asked of their post; the others are on the page 谁缺什么 only."""
    asked = TopicRequirement.objects.required(on).annotate(
        post=_outer("post"), place=_outer("village_id"), since=years_before(on, "every_years")
    )
    lacking = asked.filter(OF_POST, ~Exists(_in_time(on)), place__startswith=F("topic__division_id"))
    names = lacking.order_by("topic__name").values("topic__name").distinct()
    return Rows(
        Appointment.objects.cadres(on).annotate(lacking=_words(names)).exclude(lacking=""),
        kind="person", key="person_id", label="person__name", details={"专题": "lacking"},
    )  # fmt: skip


OF_POST = (
    Q(group=TargetGroup.COMMITTEE)
    | Q(group=TargetGroup.SECRETARY, post=Post.PARTY_SECRETARY)
    | Q(group=TargetGroup.DIRECTOR, post=Post.VILLAGE_DIRECTOR)
)


def _in_time(on):
    """Attendances, not failed, of the person of the outermost row with the topic of the requirement, recent enough for it."""
    return Enrollment.objects.passed(PASS_SCORE.value(on)).filter(
        person=OuterRef(OuterRef("person_id")), session__topics=OuterRef("topic_id"),
        session__start__gt=OuterRef("since"), session__start__lte=on,
    )  # fmt: skip


def _outer(name):
    return ExpressionWrapper(OuterRef(name), output_field=CharField())


def _words(names):
    """The values of a one-column subquery in one text; "" for none."""
    return Func(ArraySubquery(names), Value("、"), function="array_to_string", output_field=CharField())
