"""Figures about the mid-term review (届中分析研判)."""

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Left

from core.indicators import Rows, indicator
from core.periods import dated_by, in_force
from talent.indicators.sources import person_of, village_of
from talent.indicators.teams import EVER, cadres_adjusted
from talent.models import Adjustment, EndReason, PersonReview, TeamReview
from talent.parameters.reviews import WEAK_CLASSES
from villages.indicators import village_rows
from villages.models import Term, Village

REVIEWS = "届中研判"


def all_villages(on):
    return village_rows(Village.objects.existing(on))


def standing(on):
    """The sheets of the latest round, of villages and communities that still exist on the date."""
    return TeamReview.objects.latest(on).filter(in_force(on, "village__"))


def weak(on):
    """Sheets of the latest round on which the county found a weak team."""
    return standing(on).filter(dated_by(on, "decided_on"), team_class__in=WEAK_CLASSES.value(on))


@indicator(
    "teams_reviewed", "完成届中研判的村", "村", group=REVIEWS, of=all_villages,
    definition="时点以前开始的最近一轮届中分析研判中，截至时点县里已经审定的村（社区）数；乡镇填完而县里没有审定的不计。分母为村（社区）数。",
)  # fmt: skip
def teams_reviewed(on):
    decided = standing(on).filter(pk__in=TeamReview.objects.decided(on).values("pk"))
    return village_of(decided, details={"轮次": "round__name", "班子等次": "team_class", "审定日期": "decided_on"})


@indicator(
    "teams_weak", "研判为薄弱的班子", "村", group=REVIEWS, of=teams_reviewed,
    definition="最近一轮届中分析研判中县里审定为薄弱的班子数；哪些等次算薄弱见参数设置（默认“差”“弱”）。分母为已审定的村（社区）数。",
)  # fmt: skip
def teams_weak(on):
    return village_of(weak(on), details={"轮次": "round__name", "班子等次": "team_class", "一村一策": "plan"})


@indicator(
    "cadres_adjusted_review", "研判后已调整的干部", "名", group=REVIEWS, of=cadres_adjusted,
    definition="时点所在届内、截至时点，按届中分析研判的结论调整、且任职变动已接到研判表上的人数。分母为任职记录中因不胜任不尽职在届中离任的人数，其余为没有研判结论的。",
)  # fmt: skip
def cadres_adjusted_review(on):
    term = Term.objects.filter(in_force(on), division_id=Left(OuterRef("appointment__village_id"), 6)).order_by(
        "-start"
    )
    since = Coalesce(Subquery(term.values("start")[:1]), Value(EVER))
    ended = Adjustment.objects.ended(since, on).filter(appointment__end_reason=EndReason.UNFIT)
    return Rows(
        ended, kind="person", key="appointment__person_id", label="appointment__person__name", place="appointment__village_id",
        where=("appointment__village__township__name", "appointment__village__name"),
        details={"原职务": "appointment__post", "免职日期": "appointment__end", "调整原因": "review__reason", "轮次": "review__team__round__name"},
    )  # fmt: skip


@indicator(
    "adjustments_waiting", "已定未办的调整", "名", group=REVIEWS,
    definition="截至时点县里已审定调整撤换、还没有办理免职的人数，不分轮次。",
)  # fmt: skip
def adjustments_waiting(on):
    carried = Adjustment.objects.ended(EVER, on).values("review")
    decided = PersonReview.objects.filter(team__in=TeamReview.objects.decided(on)).exclude(pk__in=carried)
    return person_of(
        decided.filter(proposal=PersonReview.Proposal.ADJUST), place="team__village_id",
        where=("team__village__township__name", "team__village__name"),
        details={"调整原因": "reason", "审定日期": "team__decided_on", "轮次": "team__round__name"},
    )  # fmt: skip
