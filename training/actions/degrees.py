"""Writes about degree study: by set, each with its audit line."""

from django.db import transaction

from core.writes import change_rows, create_rows
from talent.actions import add_educations
from talent.models import Education, EducationMode
from training.models import DegreeStudy, StudyTerm


def begin_degree(studies, *, by, batch=None):
    """Insert unsaved degree studies."""
    return create_rows(studies, by=by, batch=batch)


@transaction.atomic
def graduate(studies, *, on, by, certificates=None):
    """Close studies with a degree on the day `on`; the level reached becomes an education row of the person.

    Somebody who already has that level from on-job study keeps the one row; `certificates` is {study's key: number}."""
    for study in studies:
        study.certificate_no = (certificates or {}).get(study.pk, study.certificate_no)
    _close(studies, on, DegreeStudy.Outcome.GRADUATED, by)
    return add_reached(studies, by=by)


def add_reached(studies, *, by, batch=None):
    """Give the people of closed `studies` the levels they reached, each level once."""
    known = set(
        Education.objects.filter(person__in=[study.person_id for study in studies], mode=EducationMode.ON_JOB)
        .values_list("person_id", "level")
    )  # fmt: skip
    reached = {(study.person_id, study.target): study for study in studies}
    fresh = [_education(study) for key, study in reached.items() if key not in known]
    return add_educations(fresh, by=by, batch=batch)


def leave_degree(studies, *, on, by):
    """Close studies without a degree (退学) on the day `on`."""
    return _close(studies, on, DegreeStudy.Outcome.WITHDRAWN, by)


def _close(studies, on, outcome, by):
    for study in studies:
        study.end, study.outcome = on, outcome
    return change_rows(studies, ["end", "outcome", "certificate_no"], by=by)


def _education(study):
    return Education(
        person_id=study.person_id, level=study.target, mode=EducationMode.ON_JOB,
        school=study.school, major=study.major, graduated_on=study.end, certificate_no=study.certificate_no,
    )  # fmt: skip


TERM_FIELDS = ["state", "credits", "failed", "tuition", "subsidy", "remarks"]


@transaction.atomic
def note_term(terms, *, by, batch=None):
    """Keep how studies went in a term, once a term: what was said of it before gives way."""
    known = {
        (row.study_id, row.year, row.season): row.pk
        for row in StudyTerm.objects.filter(study__in=[term.study_id for term in terms]).order_by("pk")
    }
    fresh, kept = [], []
    for term in terms:
        term.pk = known.get((term.study_id, term.year, term.season))
        (kept if term.pk else fresh).append(term)
    change_rows(kept, TERM_FIELDS, by=by, batch=batch)
    return create_rows(fresh, by=by, batch=batch) + kept
