"""Writes about classes, attendance and degree study: by set, each with its audit line."""

from django.db import transaction

from core.writes import change_rows, create_rows
from talent.actions import add_educations
from talent.models import Education, EducationMode
from training.models import DegreeStudy, TrainingSession


def add_courses(courses, *, by):
    """Insert unsaved courses."""
    return create_rows(courses, by=by)


@transaction.atomic
def open_sessions(sessions, *, by, courses=()):
    """Insert unsaved classes; `courses` is the list of the courses of each, in the same order."""
    created = create_rows(sessions, by=by)
    taught = TrainingSession.courses.through
    taught.objects.bulk_create(
        [
            taught(trainingsession=held, course=course)
            for held, given in zip(created, courses, strict=False)
            for course in given
        ]
    )
    return created


def enroll(enrollments, *, by, batch=None):
    """Insert unsaved attendances."""
    return create_rows(enrollments, by=by, batch=batch)


def begin_degree(studies, *, by, batch=None):
    """Insert unsaved degree studies."""
    return create_rows(studies, by=by, batch=batch)


@transaction.atomic
def graduate(studies, *, on, by):
    """Close studies with a degree on the day `on`; the level reached becomes an education row of the person.

    Somebody who already has that level from on-job study keeps the one row."""
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
    return change_rows(studies, ["end", "outcome"], by=by)


def _education(study):
    return Education(
        person_id=study.person_id, level=study.target, mode=EducationMode.ON_JOB,
        school=study.school, major=study.major, graduated_on=study.end,
    )  # fmt: skip
