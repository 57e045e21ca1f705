"""Writes about needs for talents: stating and closing them, proposing people, the steps that follow, visits."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from core.writes import change_rows, create_rows
from talent.models import Demand, Match


@dataclass(frozen=True)
class Step:
    """A step of a match: the field of its date, of what is said beside it, the dates it needs and those that forbid it."""

    key: str
    label: str
    date: str
    said: str = ""
    needs: tuple = ()
    forbidden: tuple = ()

    def possible(self, match):
        """True when the match has come to where this step may follow."""
        return (
            getattr(match, self.date) is None
            and all(getattr(match, name) for name in self.needs)
            and not any(getattr(match, name) for name in self.forbidden)
        )


STEPS = (
    Step("invite", "邀请", "invited_on"),
    Step("accept", "接受", "accepted_on", needs=("invited_on",), forbidden=("declined_on",)),
    Step("decline", "谢绝", "declined_on", "decline_reason", needs=("invited_on",), forbidden=("accepted_on",)),
    Step("agree", "签约", "agreed_on", needs=("accepted_on",), forbidden=("ended_on",)),
    Step("arrive", "到岗", "arrived_on", needs=("agreed_on",), forbidden=("ended_on",)),
    Step("evaluate", "评价", "evaluated_on", "grade", needs=("arrived_on",)),
    Step("end", "结束", "ended_on", "end_reason", needs=("accepted_on",)),
)
NOT_POSSIBLE = "别处刚登记过这一步，请刷新后再看。"
BY_KEY = {step.key: step for step in STEPS}


def state_demands(demands, *, by, batch=None):
    """Insert unsaved needs."""
    return create_rows(demands, by=by, batch=batch)


def publish_demands(demands, *, on, by):
    """Let the county's offices look for somebody from the day `on`."""
    for demand in demands:
        demand.published_on = on
    return change_rows(demands, ["published_on"], by=by)


def close_demands(demands, *, on, reason, by):
    """End the search; `reason` is one of Demand.CloseReason."""
    for demand in demands:
        demand.closed_on, demand.close_reason = on, reason
    return change_rows(demands, ["closed_on", "close_reason"], by=by)


def reopen_demands(demands, *, by):
    """Take a closing back."""
    return close_demands(demands, on=None, reason="", by=by)


@transaction.atomic
def propose(demand, proposals, *, on, by):
    """Propose people for a need, with the score and the reasons that spoke for and against each on that day.

    Whoever is proposed already is passed over."""
    Demand.objects.select_for_update().get(pk=demand.pk)
    known = set(Match.objects.filter(demand=demand).values_list("talent_id", flat=True))
    fresh = [
        Match(demand=demand, talent=one.talent, score=one.score, reasons=one.text, proposed_on=on)
        for one in proposals
        if one.talent.pk not in known
    ]
    return create_rows(fresh, by=by)


@transaction.atomic
def take_step(matches, step, *, on, by, said=""):
    """Date the step of that key for matches that have come to it; `said` is its reason or grade. ValidationError when
    somebody else has just taken it, or one that forbids it."""
    found = BY_KEY[step]
    kept = Match.objects.select_for_update().filter(pk__in=[match.pk for match in matches]).order_by("pk")
    if not all(found.possible(match) for match in kept):
        raise ValidationError(NOT_POSSIBLE)
    names = [found.date, *([found.said] if found.said else [])]
    for match in matches:
        for name, value in zip(names, (on, said), strict=False):
            setattr(match, name, value)
    return change_rows(matches, names, by=by)


def record_matches(matches, *, by, batch=None):
    """Insert unsaved matches as a ledger tells them, with whatever steps were taken."""
    return create_rows(matches, by=by, batch=batch)


def record_demand_visits(visits, *, by, batch=None):
    """Insert unsaved visits to a need."""
    return create_rows(visits, by=by, batch=batch)
