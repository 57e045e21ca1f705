"""Checks of elections: what is overdue, candidates not reviewed in time, terms that end."""

import datetime

from django.db.models import Exists, OuterRef

from core.indicators import Rows
from core.periods import between, in_force
from core.rules import rule
from talent.indicators.sources import person_of
from talent.models import Candidate, ElectionRound, ElectionStep, ElectionStepDone, ElectionVillage
from talent.models.election import due_on
from talent.parameters.elections import REVIEW_DAYS
from villages.models import Term

PLAN = "本轮换届流程（步骤和天数可改）"
REVIEW = "村“两委”换届候选人县级联审机制（中办、国办《关于加强和改进乡村治理的指导意见》）"


@rule(
    "election_step_overdue", "换届步骤逾期", severity="warn", basis=PLAN,
    message="{where}换届逾期未登记完成：{事项}。办完的请在“换届”里登记。",
)  # fmt: skip
def step_overdue(on):
    done = ElectionStepDone.objects.filter(step=OuterRef("pk"), place=OuterRef("round__places"))
    steps = ElectionStep.objects.filter(in_force(on, "round__"), per=ElectionStep.Per.VILLAGE)
    late = steps.annotate(due_day=due_on("round__places__election_day", "offset")).filter(due_day__lt=on)
    return Rows(
        late.filter(~Exists(done.filter(done_on__lte=on))), kind="village", key="round__places__village_id",
        label="round__places__village__name", place="round__places__village_id",
        where=("round__places__village__township__name", "round__places__village__name"), details={"事项": "title"},
    )  # fmt: skip


@rule(
    "candidate_unreviewed", "候选人联审未办完", severity="error", basis=REVIEW,
    message="{where}候选人{label}的县级联审还没有办完（{拟任职务}），选举日 {选举日}。",
)  # fmt: skip
def candidate_unreviewed(on):
    soon = on + datetime.timedelta(days=REVIEW_DAYS.value(on))
    place = ElectionVillage.objects.filter(
        round=OuterRef("round"), village=OuterRef("village"), election_day__lte=soon
    )  # fmt: skip
    standing = Candidate.objects.at(on).filter(in_force(on, "round__"), status_then__in=Candidate.STANDING)
    found = standing.filter(Exists(place)).unreviewed(on).annotate(day=place.values("election_day")[:1])
    return person_of(found, details={"拟任职务": "post", "选举日": "day"})


def _ending(months):
    def source(on):
        """Terms in force that end within so many months, where no newer term follows or is being prepared."""
        last = _months_after(on, months)
        newer = Term.objects.filter(division_id=OuterRef("division_id"), start__gt=OuterRef("start"))
        prepared = ElectionRound.objects.filter(outgoing=OuterRef("pk"), start__lte=on)
        ending = Term.objects.filter(in_force(on), between(_first_day(on, months), last, "end"))
        ending = ending.filter(~Exists(newer.filter(start__lte=last)), ~Exists(prepared))
        return Rows(
            ending, kind="term", key="pk", label="name", place="division_id", where=("division__name",),
            details={"届满日期": "end"},
        )  # fmt: skip

    return source


def _first_day(on, months):
    """The day after what the next shorter reminder speaks of, so that a term is told of once."""
    shorter = [one for one in MONTHS if one < months]
    return _months_after(on, max(shorter)) + datetime.timedelta(days=1) if shorter else on


def _months_after(on, months):
    """The same day so many months later, at most the 28th: a few days do not matter in months."""
    whole = on.year * 12 + on.month - 1 + months
    return datetime.date(whole // 12, whole % 12 + 1, min(on.day, 28))


MONTHS = {12: "info", 6: "warn", 3: "error"}
for _count, _severity in MONTHS.items():
    rule(
        f"term_ends_in_{_count}_months", f"{_count} 个月内届满，还没有换届轮次", severity=_severity,
        basis="村党组织和村民委员会每届任期五年，届满应及时换届；提前 12、6、3 个月提醒",
        message="{where}{label}将于 {届满日期} 届满，还没有建立换届轮次。",
    )(_ending(_count))  # fmt: skip
