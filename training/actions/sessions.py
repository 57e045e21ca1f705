"""Writes about courses, classes and who is in them: by set, each with its audit line."""

from django.db import transaction

from core import audit
from core.writes import create_rows
from training.models import TrainingSession


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


def cover(sessions, topics, *, by):
    """Say which topics each of the saved `sessions` covered; `topics` is their list for each, in the same order."""
    covered = TrainingSession.topics.through
    wanted = [(held, topic) for held, given in zip(sessions, topics, strict=True) for topic in given]
    known = set(covered.objects.filter(trainingsession__in=sessions).values_list("trainingsession_id", "topic_id"))
    fresh = [(held, topic) for held, topic in wanted if (held.pk, topic.pk) not in known]
    covered.objects.bulk_create([covered(trainingsession=held, topic=topic) for held, topic in fresh])
    told = {}
    for held, topic in fresh:
        told.setdefault(held, []).append(topic.name)
    audit.record_all(list(told), after=lambda held: {"topics": "、".join(told[held])}, by=by, verb="change")
