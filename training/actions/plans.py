"""Writes about what training is planned with: plans, topics, requirements, wishes, teachers, colleges."""

from core.writes import change_rows, create_rows, delete_rows


def add_topics(topics, *, by):
    """Insert unsaved topics."""
    return create_rows(topics, by=by)


def add_requirements(requirements, *, by):
    """Insert unsaved requirements of topics by post."""
    return create_rows(requirements, by=by)


def note_wishes(wishes, *, by, batch=None):
    """Insert unsaved wishes."""
    return create_rows(wishes, by=by, batch=batch)


def drop_wish(wish, *, by):
    """Take a wish back."""
    delete_rows([wish], by=by)


def add_teachers(teachers, *, by):
    """Insert unsaved teachers."""
    return create_rows(teachers, by=by)


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


def add_colleges(colleges, *, by):
    """Insert unsaved partner colleges."""
    return create_rows(colleges, by=by)


def add_majors(majors, *, by):
    """Insert unsaved majors of partner colleges."""
    return create_rows(majors, by=by)
