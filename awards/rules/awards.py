"""Checks about award rounds: publicity without a decision, objections left open, certificates, scores."""

import datetime

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, NullIf

from awards.models import Award, AwardObjection, AwardScore, Nomination
from awards.parameters.awards import CERTIFICATE_DAYS, DECISION_DAYS, OBJECTION_DAYS
from core.indicators import Rows
from core.periods import dated_after, dated_before, dated_by
from core.rules import rule
from talent.models import Kinship

BASIS = "县级表彰工作要求（参数设置）"
CALLED = Coalesce(F("person__name"), NullIf(F("collective"), Value("")))

NOMINEE = Coalesce(F("nomination__person__name"), NullIf(F("nomination__collective"), Value("")))


def placed(via=""):
    """The code of the nominee's village, else of the township that recommends."""
    return Coalesce(F(f"{via}village_id"), F(f"{via}township_id"))


def days_before(on, days):
    """The day `days` days before `on`."""
    return on - datetime.timedelta(days)


@rule(
    "award_publicity_undecided", "公示期满没有决定", severity="warn", basis=BASIS,
    message="{where}推荐的{label}公示到 {公示结束} 已期满，还没有作出表彰决定",
)  # fmt: skip
def publicity_undecided(on):
    over = Nomination.objects.standing(on).filter(
        dated_before(days_before(on, DECISION_DAYS.value(on)), "publicity__ends_on")
    )
    open_ones = over.filter(Q(award=None) | dated_after(on, "award__decided_on"))
    refuted = AwardObjection.objects.filter(dated_by(on, "closed_on"), finding=AwardObjection.Finding.UPHELD)
    waiting = open_ones.exclude(pk__in=refuted.values("nomination"))
    return Rows(
        waiting.annotate(called=CALLED, placed=placed()), kind="nomination", key="pk", label="called", place="placed",
        where=("township__name",),
        details={"公示结束": "publicity__ends_on"},
    )  # fmt: skip


@rule(
    "award_objection_late", "公示异议没有按期办结", severity="error", basis=BASIS,
    message="{where}推荐的{label}，{收到日期} 收到的异议还没有办结",
)  # fmt: skip
def objection_late(on):
    late = AwardObjection.objects.open(on).filter(
        dated_before(days_before(on, OBJECTION_DAYS.value(on)), "received_on")
    )
    return Rows(
        late.annotate(called=NOMINEE, placed=placed("nomination__")), kind="objection", key="pk", label="called", place="placed",
        where=("nomination__township__name",), details={"收到日期": "received_on"},
    )  # fmt: skip


@rule(
    "award_uncertified", "表彰后没有发放证书", severity="warn", basis=BASIS,
    message="{where}的{label}于 {表彰日期} 受到表彰，还没有发放证书",
)  # fmt: skip
def uncertified(on):
    """Of awards decided in a round; those that were entered later as history keep the paper they had."""
    decided = Award.objects.given(on).filter(
        dated_before(days_before(on, CERTIFICATE_DAYS.value(on)), "decided_on"), nomination__isnull=False
    )
    without = decided.exclude(dated_by(on, "certified_on")).annotate(called=CALLED)
    return Rows(without, kind="award", key="pk", label="called", details={"表彰日期": "decided_on"})


@rule(
    "award_score_conflict", "应当回避的评委打了分", severity="error", basis="评审回避：本人、近亲属、同村不打分",
    message="评委{评委}给{label}打了分，是{关系}，应当回避，请核对",
)  # fmt: skip
def score_conflict(on):
    """Judges who score themselves, a near relative or their own village; whoever came to be so after scoring as well."""
    scored = AwardScore.objects.filter(points__isnull=False).annotate(
        home=Coalesce(F("nomination__village_id"), F("nomination__person__village_id")), how=_closeness()
    )
    near = scored.filter(how__isnull=False).filter(
        Q(nomination__round__opens_on=None) | dated_by(on, "nomination__round__opens_on")
    )
    return Rows(
        near.annotate(called=NOMINEE, placed=placed("nomination__")), kind="score", key="pk", label="called", place="placed",
        where=("nomination__township__name",), details={"评委": "judge__name", "关系": "how"},
    )  # fmt: skip


def _closeness():
    """What a judge is to the nominee of a score, in the words of `ranking.conflicts`; NULL where they are strangers."""
    judge, nominee = OuterRef("judge__person"), OuterRef("nomination__person")
    kin = Kinship.objects.filter(Q(first=judge, second=nominee) | Q(first=nominee, second=judge))
    return Case(
        When(judge__person=F("nomination__person"), then=Value("评委本人")),
        When(Exists(kin), then=Value("近亲属")),
        When(Q(judge__village=F("home")) | Q(judge__person__village=F("home")), then=Value("同村")),
        output_field=CharField(),
    )
