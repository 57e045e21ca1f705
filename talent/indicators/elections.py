"""Figures about elections of village teams: those of the general election begun last by the date."""

import datetime

from django.db.models import Case, CharField, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Value, When
from django.db.models.functions import TruncMonth

from core.indicators import indicator
from core.periods import in_force
from talent.indicators.sources import person_of, village_of
from talent.models import Appointment, Candidate, ElectionRound, ElectionVillage
from talent.models.appointment import TWO_COMMITTEES

ELECTIONS = "换届"
LATEST = "时点所在县最近启动的一轮换届（补选不算）"
EVE = ExpressionWrapper(F("decided_on") - Value(datetime.timedelta(days=1)), output_field=DateField())


def latest_places(on):
    """The villages of each county's latest round."""
    places = ElectionVillage.objects.filter(round__in=ElectionRound.objects.latest(on).values("pk"))
    return village_of(places, details={"轮次": "round__name", "选举日": "election_day"})


def candidates(on):
    """Everybody who stands or stood in the latest round by the date, each once."""
    words = [When(status_then=code, then=Value(label)) for code, label in Candidate.Status.choices]
    standing = _candidates(on).at(on).annotate(state=Case(*words, output_field=CharField()))
    return person_of(standing, details={"拟任职务": "post", "状态": "state"})


def _candidates(on):
    return Candidate.objects.filter(round__in=ElectionRound.objects.latest(on).values("pk"), nominated_on__lte=on)


def winners(on):
    """Who has been elected to the two committees in the latest round by the date, each once."""
    return person_of(_winners(on), details={"当选职务": "post", "选举日期": "decided_on"})


def _winners(on):
    return _candidates(on).filter(status=Candidate.Status.ELECTED, decided_on__lte=on, post__in=TWO_COMMITTEES)


def _served_before():
    """A post in the two committees of the same village on the eve of the vote; one of the new term of which the month alone
    is known began with the vote."""
    held = Appointment.objects.filter(person=OuterRef("person"), village=OuterRef("village"), post__in=TWO_COMMITTEES)
    begun = Q(term=OuterRef("round__incoming"), start=OuterRef("month"))
    return Exists(held.filter(~begun, in_force(OuterRef("eve"))))


@indicator(
    "elections_done", "已完成换届选举的村", "村", group=ELECTIONS, of=latest_places,
    definition=f"{LATEST}中，党组织和村（居）委会的选举结果到时点都已登记的村（社区）数。分母为这一轮的村（社区）数。",
)  # fmt: skip
def elections_done(on):
    places = ElectionVillage.objects.filter(round__in=ElectionRound.objects.latest(on).values("pk"))
    return village_of(places.elected(on), details={"轮次": "round__name", "选举日": "election_day"})


indicator(
    "candidates", "换届候选人", "人", group=ELECTIONS,
    definition=f"{LATEST}中到时点已提名的人数，一人参选多职只计一人；取消资格的也在内。",
)(candidates)  # fmt: skip


@indicator(
    "candidates_blocked", "县级联审否决的候选人", "人", group=ELECTIONS, of=candidates,
    definition=f"{LATEST}中，县级联审到时点有“有”的结论的候选人数，一人计一次。分母为候选人数。",
)  # fmt: skip
def candidates_blocked(on):
    return person_of(_candidates(on).blocked(on), details={"拟任职务": "post", "原因": "blocked_reason"})


@indicator(
    "cadres_reelected", "连选连任的“两委”干部", "人", group=ELECTIONS, of=winners,
    definition=f"{LATEST}中到时点当选村“两委”、且选举前一天在同村“两委”任职的人数。分母为当选人数。",
)  # fmt: skip
def cadres_reelected(on):
    return person_of(
        _winners(on).annotate(eve=EVE, month=TruncMonth("decided_on")).filter(_served_before()),
        details={"当选职务": "post"},
    )


@indicator(
    "cadres_newly_elected", "新当选的“两委”干部", "人", group=ELECTIONS, of=winners,
    definition=f"{LATEST}中到时点当选村“两委”、选举前一天不在同村“两委”任职的人数。分母为当选人数。",
)  # fmt: skip
def cadres_newly_elected(on):
    return person_of(
        _winners(on).annotate(eve=EVE, month=TruncMonth("decided_on")).filter(~_served_before()),
        details={"当选职务": "post"},
    )
