"""Writes about divisions and villages, by set, each with its audit line."""

from django.db import transaction

from core import audit
from core.writes import change_rows, create_rows, delete_rows
from villages.models import DivisionName, MeetingAttachment, VillageName


def add_divisions(divisions, *, by, batch=None):
    """Insert divisions, the containing ones first in the log."""
    return create_rows(sorted(divisions, key=lambda division: division.code), by=by, batch=batch)


def add_villages(villages, *, by, batch=None):
    return create_rows(villages, by=by, batch=batch)


@transaction.atomic
def rename_villages(names, *, until, by):
    """`names`: village → its new name. The former name is kept with `until`, the last day it was in use."""
    create_rows([VillageName(village=village, name=village.name, until=until) for village in names], by=by)
    for village, name in names.items():
        village.name = name
    return change_rows(list(names), ["name"], by=by)


@transaction.atomic
def rename_divisions(names, *, until, by):
    """`names`: division → its new name. The former name is kept with `until`, the last day it was in use."""
    create_rows([DivisionName(division=division, name=division.name, until=until) for division in names], by=by)
    for division, name in names.items():
        division.name = name
    return change_rows(list(names), ["name"], by=by)


def label_villages(labels, *, by):
    """Put villages in classes (软弱涣散, 示范 …) from their `start`."""
    return create_rows(labels, by=by)


def end_labels(labels, *, on, by):
    """Take villages out of classes; `on` is the last day in the class."""
    for label in labels:
        label.end = on
    return change_rows(labels, ["end"], by=by)


def approve_seats(seats, *, by):
    """Keep how many seats villages have approved from a day on."""
    return create_rows(seats, by=by)


def record_figures(figures, *, by):
    """Add yearly figures of villages."""
    return create_rows(figures, by=by)


def begin_terms(terms, *, by):
    """Add terms (届)."""
    return create_rows(terms, by=by)


def add_branches(branches, *, by, batch=None):
    """Add party branches."""
    return create_rows(branches, by=by, batch=batch)


def change_branches(branches, names, *, by, batch=None):
    return change_rows(branches, names, by=by, batch=batch)


def state_sizes(sizes, *, by, batch=None):
    """Keep how many full members and groups branches have from a day on."""
    return create_rows(sizes, by=by, batch=batch)


def record_meetings(meetings, *, by, batch=None):
    """Add records of meetings of branches."""
    return create_rows(meetings, by=by, batch=batch)


def change_meetings(meetings, names, *, by, batch=None):
    return change_rows(meetings, names, by=by, batch=batch)


def resolve(resolutions, *, by, batch=None):
    """Add what meetings resolved."""
    return create_rows(resolutions, by=by, batch=batch)


def keep_resolutions(new, changed, dropped, *, by):
    """The resolutions of one meeting as a form states them."""
    create_rows(new, by=by)
    change_rows(changed, ["text", "entitled", "in_favour", "against", "abstained"], by=by)
    delete_rows(dropped, by=by)


@transaction.atomic
def drop_meeting(meeting, *, by):
    """Take a record back with its resolutions; attachments are taken back first, one by one."""
    delete_rows(list(meeting.resolutions.all()), by=by)
    delete_rows([meeting], by=by)


@transaction.atomic
def attach(meeting, *, kind, filename, content, digest, by):
    """Keep a file as evidence of a meeting; the log names it, without its content."""
    kept = MeetingAttachment.objects.create(
        meeting=meeting, kind=kind, filename=filename, content=content, digest=digest, size=len(content)
    )
    audit.record(by=by, verb="create", obj=kept, after={"filename": filename, "size": len(content)})
    return kept


@transaction.atomic
def detach(attachment, *, by):
    """Take a file back."""
    told = {"filename": attachment.filename, "size": attachment.size}
    audit.record(by=by, verb="delete", obj=attachment, before=told)
    attachment.delete()


def add_records(rows, *, by, batch=None):
    """Add projects, cultural activities or party activities: rows of one model."""
    return create_rows(rows, by=by, batch=batch)


def change_records(rows, names, *, by, batch=None):
    return change_rows(rows, names, by=by, batch=batch)


def drop_records(rows, *, by):
    delete_rows(rows, by=by)
