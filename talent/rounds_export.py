"""Rounds of elections, of reviews and of recruitment, and what a review found of teams, as rows of their rosters."""

from core.periods import dated_by
from talent.models import ElectionRound, ElectionStep, Recruitment, ReviewRound, ReviewVisit, TeamReview
from talent.models.recruitment import TOWNSHIP_DIGITS
from talent.models.review import COUNTS
from talent.parameters.reviews import TEAM_CLASSES, TEAM_PROBLEMS
from talent.roster_apply.review_visits import VISITS
from talent.roster_export import LEVELS, place_choices
from villages.models import Term
from villages.roster_records import exported

COUNTY_DIGITS = 6


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


def review_rounds(code, on):
    """The rounds of the county that had begun by the day `on`."""
    found = ReviewRound.objects.begun(on).filter(division_id=code[:COUNTY_DIGITS])
    return [
        {
            "review_round": held.name, "data_day": _day(held.as_of), "opens": _day(held.opens), "closes": _day(held.closes),
            "scheme_no": held.document_no, "round_remarks": held.remarks,
        }
        for held in found
    ]  # fmt: skip


def _day(date):
    return f"{date:%Y.%m.%d}" if date else None


def review_round_choices(code, on):
    return {}


def election_rounds(code, on):
    """The rounds of the county begun by the day `on`, a row per step as far as it was done by then."""
    found = ElectionRound.objects.filter(dated_by(on, "start"), division_id=code[:COUNTY_DIGITS])
    found = found.select_related("incoming", "outgoing").prefetch_related("steps", "places__village__township")
    rows = []
    for held in found.order_by("start", "pk"):
        about = _about_round(held, on)
        steps = sorted(held.steps.all(), key=lambda step: (step.offset, step.pk))
        rows += [about | _about_step(step, on) for step in steps] or [about]
    return rows


def _about_round(held, on):
    places = sorted(held.places.all(), key=lambda place: place.village_id) if held.is_by_election else []
    return {
        "election_round": held.name, "round_kind": held.get_kind_display(),
        "outgoing_term": held.outgoing.name if held.outgoing else None, "incoming_term": held.incoming.name,
        "election_day": _day(held.election_day), "round_start": _day(held.start),
        "round_end": _day(held.end) if held.is_closed_on(on) else None, "scheme_no": held.document_no,
        "round_remarks": held.remarks,
        "by_villages": "、".join(place.village.township.name + place.village.name for place in places) or None,
    }  # fmt: skip


def _about_step(step, on):
    done = step.done_on if step.done_on and step.done_on <= on else None
    return {
        "step_title": step.title, "step_offset": str(step.offset), "step_due": step.due,
        "step_per": step.get_per_display(), "step_done": _day(done),
    }  # fmt: skip


def election_round_choices(code, on):
    terms = Term.objects.filter(division_id=code[:COUNTY_DIGITS]).order_by("start", "pk")
    names = list(terms.values_list("name", flat=True))
    return {
        "round_kind": ElectionRound.Kind.labels, "step_per": ElectionStep.Per.labels, "outgoing_term": names, "incoming_term": names,
    }  # fmt: skip


DAYS = ("published_on", "applies_until", "written_on", "interviewed_on", "physical_on", "inspected_on", "publicised_from",
        "publicised_until")  # fmt: skip


def recruitments(code, on):
    """The county's notices published by the day `on`, a row per township with places; a township's own places alone."""
    found = Recruitment.objects.filter(dated_by(on, "published_on"), division_id=code[:COUNTY_DIGITS])
    found = found.prefetch_related("quotas__township").order_by("published_on", "pk")
    rows = []
    for held in found:
        quotas = sorted(held.quotas.all(), key=lambda quota: quota.township_id)
        own = [quota for quota in quotas if quota.township_id.startswith(code[:TOWNSHIP_DIGITS])]
        about = _about_notice(held)
        rows += [about | {"township": quota.township.name, "places": str(quota.places)} for quota in own] or [about]
    return rows


def _about_notice(held):
    numbers = ("min_age", "max_age", "written_weight", "interview_weight")
    return {
        "notice_title": held.title, "notice_year": str(held.year), "notice_no": held.document_no,
        **{name: str(getattr(held, name)) for name in numbers},
        "min_education": LEVELS[held.min_education] if held.min_education else None,
        "asked_party": held.get_party_display(), "asked_household": held.get_household_display(),
        "tie_break": held.get_tie_break_display(), **{name: _day(getattr(held, name)) for name in DAYS},
        "notice_remarks": held.remarks,
    }  # fmt: skip


def recruitment_choices(code, on):
    return {
        "township": place_choices(code, on)["township"],
        "min_education": list(LEVELS.values()),
        "asked_party": Recruitment.Party.labels,
        "asked_household": Recruitment.Household.labels,
        "tie_break": Recruitment.TieBreak.labels,
    }
