"""Service visits, secondments and yearly grades as rows of their rosters."""

from django.db.models import Prefetch

from core.periods import begun, meets_year, year_to_date
from talent import roster_export
from talent.models import Secondment, ServiceVisit, Sex, Stationing, StationingAssessment
from talent.models.stationing import TEAM_ROLES
from talent.parameters.stationed import GRADES
from talent.roster_apply import words
from talent.roster_apply.stay_grades import latest
from talent.roster_export import masked, person_row, place_choices, unnumbered


def service_visits(code, on):
    """The visits in villages of the division `code` from the first of January to `on`, in the order of the calendar."""
    found = ServiceVisit.objects.below(code).filter(year_to_date(on, "start"))
    return roster_export.of_roles(found, code, on, _about_visit)


def _about_visit(visit):
    return {
        "visited_on": f"{visit.start:%Y.%m.%d}",
        "visited_until": f"{visit.end:%Y.%m.%d}",
        "visit_days": str(visit.days),
        "visit_work": visit.work,
        "visit_served": None if visit.served is None else str(visit.served),
        "remarks": visit.remarks,
    }


def secondments(code, on):
    """The secondments managed in the division `code` that ran in the year of `on` and had begun by then: an appraisal comes at the end."""
    found = Secondment.objects.below(code).filter(begun(on), meets_year(on.year))
    found = found.select_related("person__village__township", "village__township", "division")
    return [
        person_row(role.person, role.person.village, ())
        | _about_secondment(role)
        | masked(role.person, code)
        | {"person_id": role.person_id}
        for role in found.order_by("division_id", "pk")
    ]


def _about_secondment(role):
    place = role.village.township.name if role.village else role.division.name if role.division.is_township else None
    texts = ("home_unit", "home_post", "host_unit", "host_post", "appraisal", "remarks")
    return {name: getattr(role, name) for name in texts} | {
        "township": place,
        "village": role.village.name if role.village else None,
        "secondment_kind": role.get_kind_display(),
        "secondment_mentor": role.mentor,
        "secondment_grade": role.grade or None,
        "seconded_on": words.month(role.start),
        "seconded_due": words.month(role.due),
        "seconded_until": words.month(role.end),
    }


def secondment_choices(code, on):
    """Texts that cells of a roster of secondments may hold, by field."""
    return place_choices(code, on) | {
        "sex": Sex.labels,
        "secondment_kind": Secondment.Kind.labels,
        "secondment_grade": list(GRADES.value(on)),
    }


def stays_of_year(stays, year):
    """Those of `stays` that are judged for the year: of teams, in the village in it; what is kept of it in `judged`."""
    of_year = Prefetch("assessments", StationingAssessment.objects.filter(year=year), to_attr="judged")
    return (
        stays.filter(meets_year(year), role__in=TEAM_ROLES)
        .select_related("person", "village__township")
        .prefetch_related(of_year)
        .order_by("village_id", "role", "pk")
    )


def stay_grades(code, on):
    """The teams of the last whole year in villages of the division `code`, judged or not yet: a row per person and post."""
    held, year = {}, on.year - 1
    for stay in stays_of_year(Stationing.objects.below(code), year):
        held.setdefault((stay.village_id, stay.role, stay.person_id), []).append(stay)
    meant = (latest(stays, lambda stay: bool(stay.judged)) for stays in held.values())
    return [_about_grade(stay, year) | unnumbered(stay.person, code) for stay in meant]


def _about_grade(stay, year):
    kept = stay.judged[0] if stay.judged else None
    return {
        "township": stay.village.township.name,
        "village": stay.village.name,
        "name": stay.person.name,
        "stay_role": stay.get_role_display(),
        "assessed_year": str(year),
        "stay_grade": kept.grade if kept else None,
        "stay_opinion": kept.remarks if kept else None,
    }


def stay_grade_choices(code, on):
    return place_choices(code, on) | {
        "stay_role": [role.label for role in TEAM_ROLES],
        "stay_grade": list(GRADES.value(on)),
    }
