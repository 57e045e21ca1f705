"""Writes about courses, classes and who is in them: by set, each with its audit line."""

from django.db import transaction

from core import audit
from core.writes import create_rows
from training.models import TrainingSession


def add_courses(courses, *, by, batch=None):
    """Insert unsaved courses."""
    return create_rows(courses, by=by, batch=batch)


@transaction.atomic
def open_sessions(sessions, *, by, courses=()):
    """Insert unsaved classes; `courses` is the list of the courses of each, in the same order."""
    created = create_rows(sessions, by=by)
    if courses:
        _add(created, courses, TrainingSession.courses.through, "course", by)
    return created


def enroll(enrollments, *, by, batch=None):
    """Insert unsaved attendances."""
    return create_rows(enrollments, by=by, batch=batch)


@transaction.atomic
def cover(sessions, topics, *, by):
    """Say which topics each of the saved `sessions` covered; `topics` is their list for each, in the same order."""
    _add(sessions, topics, TrainingSession.topics.through, "topic", by)


def _add(sessions, given, through, name, by):
    """Tie to each class what `given` holds for it and what it has not yet, with an audit line that names what was added."""
    wanted = [(held, one) for held, several in zip(sessions, given, strict=True) for one in several]
    known = set(through.objects.filter(trainingsession__in=sessions).values_list("trainingsession_id", f"{name}_id"))
    fresh = [(held, one) for held, one in wanted if (held.pk, one.pk) not in known]
    through.objects.bulk_create([through(trainingsession=held, **{name: one}) for held, one in fresh])
    told = {}
    for held, one in fresh:
        told.setdefault(held, []).append(one.name)
    after = [{f"{name}s": "、".join(names)} for names in told.values()]
    audit.record_all(list(told), after=after, by=by, verb="change")
