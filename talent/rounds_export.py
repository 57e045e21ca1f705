"""Rounds of elections, of reviews and of recruitment, and what a review found of teams, as rows of their rosters."""

from core.periods import dated_by
from talent.models import ReviewVisit, TeamReview
from talent.models.review import COUNTS
from talent.parameters.reviews import TEAM_CLASSES, TEAM_PROBLEMS
from talent.roster_apply.review_visits import VISITS
from talent.roster_export import place_choices
from villages.roster_records import exported


def _where(village):
    return {"township": village.township.name, "village": village.name}


def teams(code, on, round_id):
    """The sheets of the round in the division `code`, a row per village; what the county decided by the day `on`."""
    found = TeamReview.objects.below(code).filter(round_id=round_id).select_related("village__township")
    return [_team(team, on) for team in found.order_by("village_id", "pk")]


def _team(team, on):
    decided = team.was_decided(on)
    counts = {name: getattr(team, name) for name in COUNTS}
    return {
        **_where(team.village),
        **{name: None if count is None else str(count) for name, count in counts.items()},
        "team_class": team.team_class,
        "team_problems": "；".join(team.problems),
        "unrest": team.unrest,
        "village_plan": team.plan,
        "township_opinion": team.township_opinion,
        "county_opinion": team.county_opinion if decided else None,
        "team_decided": f"{team.decided_on:%Y.%m.%d}" if decided else None,
    }


def team_choices(code, on):
    return place_choices(code, on) | {
        "team_class": list(TEAM_CLASSES.value(on)),
        "team_problems": list(TEAM_PROBLEMS.value(on)),
    }


def visits(code, on, round_id):
    """The visits made by the day `on` for the round in the division `code`."""
    found = ReviewVisit.objects.below(code).filter(dated_by(on, "on"), team__round_id=round_id)
    found = found.select_related("team__village__township").order_by("team__village_id", "on", "pk")
    return [{**_where(one.team.village), **exported(VISITS, one)} for one in found]


def visit_choices(code, on):
    return place_choices(code, on) | {"visit_way": ReviewVisit.Way.labels}
