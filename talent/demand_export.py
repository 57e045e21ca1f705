"""Needs as rows of a roster: for export and for the template's drop-downs."""

from core.periods import dated_by
from core.scope import ancestors, inside
from talent import roster_export
from talent.models import Demand, DemandRound, DemandVisit, Manner, Match, SubClass, TalentClass
from talent.roster_apply import words

TEXTS = ("unit", "credit_code", "post", "skills", "terms", "contact", "remarks")
# The dates of a match, and their columns.
STEPS = {
    **{name: name for name in ("proposed_on", "invited_on", "accepted_on", "declined_on", "agreed_on", "arrived_on", "evaluated_on")},
    "ended_on": "match_ended_on",
}  # fmt: skip
CHOICES = ("asker", "talent_class", "sub_class", "manner")


def demands(code, on, round_id):
    """The needs of the division `code` in a survey that stood on `on`: stated by then and not withdrawn."""
    found = Demand.objects.below(code).filter(round_id=round_id).stated(on)
    return [
        _row(need) for need in found.select_related("township", "village").order_by("township_id", "village_id", "pk")
    ]


def _row(need):
    """A phone stays where it is: only its form shows it, masked; an empty cell changes nothing."""
    return {
        "township": need.township.name,
        "village": need.village.name if need.village else None,
        **{name: getattr(need, name) for name in TEXTS},
        **{name: getattr(need, f"get_{name}_display")() or None for name in CHOICES},
        "number": str(need.number),
        "start": words.month(need.start),
        "end": words.month(need.end),
    }


def choices(code, on):
    """Texts that cells of a table of needs may hold, by field."""
    return roster_export.place_choices(code, on) | {
        "asker": Demand.Asker.labels,
        "talent_class": TalentClass.labels,
        "sub_class": SubClass.labels,
        "manner": Manner.labels,
    }


# --- the surveys


def rounds(code, on):
    """The surveys that the division `code` takes part in and that were open by `on`, the oldest first."""
    found = DemandRound.objects.begun(on).filter(division__in=ancestors(code)).order_by("division_id", "year", "pk")
    nearest = {(one.year, one.name): one for one in found}
    return [
        {
            "survey_year": str(one.year), "survey_name": one.name, "survey_opens": _exact(one.opens_on),
            "survey_closes": _exact(one.closes_on), "survey_document": one.document_no, "survey_remarks": one.remarks,
        }
        for one in sorted(nearest.values(), key=lambda one: (one.year, one.pk))
    ]  # fmt: skip


def _exact(day):
    return f"{day:%Y.%m.%d}" if day else None


# --- who was brought together with them


def matches(code, on, round_id):
    """Who was proposed by `on` for needs of the division `code` in a survey, with the steps taken by then."""
    found = Match.objects.below(code).filter(dated_by(on, "proposed_on"), demand__round_id=round_id)
    found = found.select_related("demand__township", "demand__village", "talent__person")
    return [
        _about(row, code) | _steps(row.as_of(on))
        for row in found.order_by("demand__township_id", "demand__village_id", "demand_id", "pk")
    ]


def _about(match, code):
    """The need and the person; whose file is kept outside the division is a name without a number."""
    need, person = match.demand, match.talent.person
    return {
        "township": need.township.name,
        "village": need.village.name if need.village else None,
        "unit": need.unit,
        "post": need.post,
        "name": person.name,
        "id_number": person.id_number if inside(person.village_id, code) else None,
        "person_id": person.pk,
    }


def _steps(match):
    days = {column: getattr(match, name) for name, column in STEPS.items()}
    return {column: f"{day:%Y.%m.%d}" for column, day in days.items() if day} | {
        "decline_reason": match.decline_reason,
        "match_grade": match.get_grade_display() or None,
        "match_end_reason": match.end_reason,
        "match_reasons": match.reasons,
        "remarks": match.remarks,
    }


def match_choices(code, on):
    """Texts that cells of a ledger of matches may hold, by field."""
    return roster_export.place_choices(code, on) | {"match_grade": Match.Grade.labels}


def visits(code, on, round_id):
    """The visits by `on` to needs of the division `code` in a survey."""
    found = DemandVisit.objects.below(code).filter(dated_by(on, "visited_on"), match__demand__round_id=round_id)
    found = found.select_related("match__demand__township", "match__demand__village", "match__talent__person")
    return [
        _about(row.match, code)
        | {"served_on": f"{row.visited_on:%Y.%m.%d}", "served_days": f"{float(row.days):g}", "served_work": row.done}
        for row in found.order_by("match__demand__township_id", "match__demand_id", "visited_on", "pk")
    ]


def visit_choices(code, on):
    """Texts that cells of a list of visits may hold, by field."""
    return roster_export.place_choices(code, on)
