"""Writes about what training is planned with: plans, topics, requirements, wishes, teachers, colleges."""

from django.db import transaction

from core.writes import change_rows, create_rows, delete_rows
from training.models import TrainingWish


def add_topics(topics, *, by, batch=None):
    """Insert unsaved topics."""
    return create_rows(topics, by=by, batch=batch)


def add_requirements(requirements, *, by, batch=None):
    """Insert unsaved requirements of topics by post."""
    return create_rows(requirements, by=by, batch=batch)


def note_wishes(wishes, *, by, batch=None):
    """Insert unsaved wishes."""
    return create_rows(wishes, by=by, batch=batch)


@transaction.atomic
def note_still_needed(wish, *, by):
    """Keep what somebody says after a class is still needed; a wish for the topic of the same year becomes this one."""
    known = TrainingWish.objects.filter(person=wish.person, topic=wish.topic, year=wish.year).first()
    if known is None:
        return create_rows([wish], by=by)[0]
    known.source, known.session, known.stated_on = wish.source, wish.session, wish.stated_on
    known.remarks = wish.remarks or known.remarks
    change_rows([known], ["source", "session", "stated_on", "remarks"], by=by)
    return known


def drop_wish(wish, *, by):
    """Take a wish back."""
    delete_rows([wish], by=by)


def add_teachers(teachers, *, by, batch=None):
    """Insert unsaved teachers."""
    return create_rows(teachers, by=by, batch=batch)


def add_plans(plans, *, by, batch=None):
    """Insert unsaved yearly plans."""
    return create_rows(plans, by=by, batch=batch)


def add_plan_lines(lines, *, by, batch=None):
    """Insert unsaved lines of plans."""
    return create_rows(lines, by=by, batch=batch)


def change_plan_line(line, names, *, by):
    """Keep the fields `names` of a line."""
    return change_rows([line], names, by=by)


def drop_plan_line(line, *, by):
    """Take a line out of its plan; classes held for it stay, as unplanned ones."""
    delete_rows([line], by=by)


def add_colleges(colleges, *, by, batch=None):
    """Insert unsaved partner colleges."""
    return create_rows(colleges, by=by, batch=batch)


def add_majors(majors, *, by, batch=None):
    """Insert unsaved majors of partner colleges."""
    return create_rows(majors, by=by, batch=batch)
