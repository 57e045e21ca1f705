"""Checks about the yearly evaluation and periodic checks."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from awards.models import Evaluation, EvaluationAppeal, Grade, InspectionFinding
from awards.parameters.evaluations import APPEAL_DAYS, UNFIT_YEARS
from awards.rules.awards import BASIS, days_before
from core.indicators import Rows
from core.periods import dated_after, dated_before
from core.rules import rule

CALLED = Coalesce(F("person__name"), F("village__name"))


@rule(
    "evaluation_unfit_repeated", "连续不称职", severity="error", basis="连续两年考核不称职的，按章依法处理（年数可在参数设置里改）",
    message="{where}的{label}截至 {年度} 年度连续考核不称职，应当按章依法处理",
)  # fmt: skip
def unfit_repeated(on):
    """Whose latest evaluation of a kind is 不称职, and those of the years before it too."""
    graded = Evaluation.objects.announced(on)
    same = graded.filter(
        Q(person=OuterRef("person")) | Q(person=None, village=OuterRef("village")),
        scheme__kind=OuterRef("scheme__kind"),
    )
    found = graded.filter(grade_on=Grade.UNFIT).annotate(called=CALLED)
    found = found.exclude(Exists(same.filter(scheme__year__gt=OuterRef("scheme__year"))))
    for back in range(1, UNFIT_YEARS.value(on)):
        found = found.filter(Exists(same.filter(grade_on=Grade.UNFIT, scheme__year=OuterRef("scheme__year") - back)))
    return Rows(
        found, kind="evaluation", key="pk", label="called", details={"年度": "scheme__year"},
        where=("village__township__name", "village__name"),
    )  # fmt: skip


@rule(
    "evaluation_overdue", "考核没有按期定等次", severity="warn", basis="考核方案的截止日期",
    message="{where}的{label}在 {年度} 年度考核中还没有定等次，截止日期是 {截止日期}",
)  # fmt: skip
def overdue(on):
    late = Evaluation.objects.filter(dated_before(on, "scheme__closes"))
    late = late.filter(Q(graded_on=None) | dated_after(on, "graded_on")).annotate(called=CALLED)
    return Rows(
        late,
        kind="evaluation",
        key="pk",
        label="called",
        details={"年度": "scheme__year", "截止日期": "scheme__closes"},
    )


@rule(
    "evaluation_appeal_late", "考核申诉没有按期办结", severity="error", basis=BASIS,
    message="{where}的{label}，{收到日期} 收到的考核申诉还没有办结",
)  # fmt: skip
def appeal_late(on):
    late = EvaluationAppeal.objects.filter(dated_before(days_before(on, APPEAL_DAYS.value(on)), "received_on"))
    late = late.filter(Q(closed_on=None) | dated_after(on, "closed_on"))
    called = Coalesce(F("evaluation__person__name"), F("evaluation__village__name"))
    return Rows(
        late.annotate(called=called), kind="appeal", key="pk", label="called", place="evaluation__village_id",
        where=("evaluation__village__township__name", "evaluation__village__name"), details={"收到日期": "received_on"},
    )  # fmt: skip


@rule(
    "inspection_overdue", "检查问题逾期没有销号", severity="error", basis="检查时定的整改期限",
    message="{where}“{检查}”发现的问题“{label}”应在 {整改期限} 前整改，还没有销号",
)  # fmt: skip
def inspection_overdue(on):
    late = InspectionFinding.objects.open(on).filter(dated_before(on, "due"))
    return Rows(
        late, kind="inspection_finding", key="pk", label="problem",
        details={"检查": "inspection__name", "整改期限": "due"},
    )  # fmt: skip
