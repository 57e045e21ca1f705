"""A list of visits against those noted on the sheets of a round: a row is one visit."""

from dataclasses import replace
from functools import partial

from django.utils import timezone

from core.dates import EARLIEST
from rosters.comparison import Verdict
from talent.models import ReviewVisit, TeamReview
from talent.roster_apply.reviews import GONE, NO_SHEET, all_refused, held_round
from villages.roster_records import Records, of_village, write

__all__ = ["VISITS", "compare", "identities", "write"]
FIELDS = {"visited_on": "on", "visit_way": "way", "visitors": "visitors", "talked": "talked", "visit_found": "found"}
MOST_TALKED = 32_767


def _problems(visit):
    if not EARLIEST <= visit.on <= timezone.localdate():
        yield "visited_on", "visit_in_future", "走访日期还没有到，走访以后再登记"
    if visit.talked > MOST_TALKED:
        yield "talked", "too_large", "谈话人数太大，请核对"


def _sheets(held, codes):
    """{(village code,): sheet} of a round."""
    teams = TeamReview.objects.filter(round=held, village__in=codes).select_related("round", "village__township")
    return {(team.village_id,): team for team in teams}


VISITS = Records(
    ReviewVisit, "team", FIELDS, ("visited_on", "visit_way", "visitors"), (), of_village(lambda codes: {}, (), NO_SHEET),
    _problems,
)  # fmt: skip
identities = VISITS.identities


def compare(rows, scope):
    """A Comparison of rows with the visits of the round `scope.target_id`."""
    held = held_round(scope)
    if held is None:
        return all_refused([Verdict() for _ in rows], GONE)
    return replace(VISITS, owners=of_village(partial(_sheets, held), (), NO_SHEET)).compare(rows, scope)
