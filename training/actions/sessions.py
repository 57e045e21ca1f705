"""Writes about courses, classes and who is in them: by set, each with its audit line."""

from django.db import transaction

from core import audit
from core.writes import create_rows, delete_rows
from training.models import TrainingSession


def add_courses(courses, *, by, batch=None):
    """Insert unsaved courses."""
    return create_rows(courses, by=by, batch=batch)


@transaction.atomic
def open_sessions(sessions, *, by, courses=(), batch=None):
    """Insert unsaved classes; `courses` is the list of the courses of each, in the same order."""
    created = create_rows(sessions, by=by, batch=batch)
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


@transaction.atomic
def retie(relation, wanted, *, by, batch):
    """Make `relation` ("topics", "courses") of the saved classes of `wanted` {class: list} exactly what is listed."""
    through = getattr(TrainingSession, relation).through
    name = relation.removesuffix("s")
    known = through.objects.filter(trainingsession__in=list(wanted)).select_related("trainingsession", name)
    kept = {(row.trainingsession_id, getattr(row, f"{name}_id")): row for row in known.order_by("pk")}
    asked = {(held.pk, one.pk): (held, one) for held, several in wanted.items() for one in several}
    delete_rows([row for key, row in kept.items() if key not in asked], by=by, batch=batch)
    fresh = [through(trainingsession=held, **{name: one}) for key, (held, one) in asked.items() if key not in kept]
    create_rows(fresh, by=by, batch=batch)


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
