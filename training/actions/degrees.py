"""Writes about degree study: by set, each with its audit line."""

from django.db import transaction

from core.writes import change_rows, create_rows, delete_rows
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
    return _add_reached(studies, by=by)


def _add_reached(studies, *, by, batch=None):
    """Give the people of closed `studies` the levels they reached, each level once."""
    known = set(
        Education.objects.filter(person__in=[study.person_id for study in studies], mode=EducationMode.ON_JOB)
        .values_list("person_id", "level")
    )  # fmt: skip
    reached = {(study.person_id, study.target): study for study in studies}
    fresh = [_education(study) for key, study in reached.items() if key not in known]
    return add_educations(fresh, by=by, batch=batch)


# What an education row that came of a graduation has from the study.
TAKEN = {"graduated_on": "end", "school": "school", "major": "major", "certificate_no": "certificate_no"}


@transaction.atomic
def follow_degrees(studies, were, *, by, batch=None):
    """Let people's schooling follow `studies` that were entered or put right; `were` is {key: the study as it was}.

    A graduation gives its level, a corrected one moves it, one that is taken back takes it away."""
    rows, moved, gone, fresh = _came_of(were.values()), [], [], []
    for study in studies:
        was = were.get(study.pk)
        held = was is not None and was.outcome == DegreeStudy.Outcome.GRADUATED
        row = rows.get((was.person_id, was.target, was.end)) if held else None
        holds = study.outcome == DegreeStudy.Outcome.GRADUATED
        same = held and holds and was.target == study.target
        if row is not None and same:
            moved.append(_restated(row, was, study))
        elif row is not None:
            gone.append(row)
        if holds and not same:
            fresh.append(study)
    delete_rows(gone, by=by, batch=batch)
    change_rows(moved, list(TAKEN), by=by, batch=batch)
    return _add_reached(fresh, by=by, batch=batch)


def _came_of(studies):
    """{(person's key, level, day): education row} that graduations left."""
    people = [study.person_id for study in studies if study.outcome == DegreeStudy.Outcome.GRADUATED]
    found = Education.objects.filter(person__in=people, mode=EducationMode.ON_JOB).order_by("pk") if people else ()
    return {(row.person_id, row.level, row.graduated_on): row for row in found}


def _restated(row, was, study):
    """The row with what changed in the study; what was put right on the row itself stays."""
    for name, source in TAKEN.items():
        if getattr(row, name) == getattr(was, source):
            setattr(row, name, getattr(study, source))
    return row


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
