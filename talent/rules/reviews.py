"""Checks of the mid-term review (届中分析研判): of the latest round, and of what was decided and not done."""

import datetime

from core.periods import dated_by
from core.rules import rule
from talent.indicators.reviews import adjustments_waiting, standing, weak
from talent.indicators.sources import person_of, village_of
from talent.models import PersonReview, TeamReview
from talent.parameters.reviews import ADJUST_DAYS, UNFIT_GRADES

BASIS = "县级届中分析研判方案"
DAY = datetime.timedelta(days=1)
Proposal = PersonReview.Proposal
OF_PEOPLE = {"place": "team__village_id", "where": ("team__village__township__name", "team__village__name")}


@rule(
    "review_overdue", "研判已截止未审定", severity="warn", basis=BASIS,
    message="{where}在“{轮次}”中还没有审定（{进度}），截止日期是 {截止日期}。",
)  # fmt: skip
def review_overdue(on):
    late = standing(on).filter(dated_by(on - DAY, "round__closes"))
    late = late.exclude(pk__in=TeamReview.objects.decided(on).values("pk"))
    return village_of(late, details={"轮次": "round__name", "进度": "status", "截止日期": "round__closes"})


@rule(
    "weak_team_without_plan", "薄弱班子没有一村一策", severity="error", basis=f"{BASIS}：薄弱班子一村一策",
    message="{where}在“{轮次}”中研判为“{班子等次}”，没有填一村一策，请补上整顿措施、责任人和时限。",
)  # fmt: skip
def weak_team_without_plan(on):
    return village_of(weak(on).filter(plan=""), details={"轮次": "round__name", "班子等次": "team_class"})


@rule(
    "unfit_without_proposal", "不称职干部没有处理建议", severity="error", basis=f"{BASIS}：不胜任不尽职的及时调整或帮带",
    message="{where}{label}在“{轮次}”中评为“{评价等次}”，没有提出教育帮带或调整撤换的建议。",
)  # fmt: skip
def unfit_without_proposal(on):
    unfit = PersonReview.objects.filter(team__in=standing(on), grade__in=UNFIT_GRADES.value(on))
    open_ones = unfit.filter(proposal__in=("", Proposal.KEEP))
    return person_of(open_ones, details={"轮次": "team__round__name", "评价等次": "grade"}, **OF_PEOPLE)


@rule(
    "adjustment_not_carried_out", "审定调整后没有办理", severity="warn", basis=f"{BASIS}；期限见参数设置（默认 60 天）",
    message="{where}{label}于 {审定日期} 审定调整撤换（{调整原因}），已超过办理期限，还没有免职。",
)  # fmt: skip
def adjustment_not_carried_out(on):
    bound = on - ADJUST_DAYS.value(on) * DAY
    waiting = adjustments_waiting(on).queryset.filter(dated_by(bound, "team__decided_on"))
    return person_of(waiting, details={"审定日期": "team__decided_on", "调整原因": "reason"}, **OF_PEOPLE)
