"""Writing what the comparison planned, set by set, with the audit lines of the batch."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from core.writes import change_rows, delete_rows
from talent import actions
from talent.models import Appointment
from talent.roster_apply import seats
from villages.models import Village


@transaction.atomic
def write(plan, *, by, batch):
    """Write the plan; returns {row index: {model label: [keys]}} of what each row touched."""
    touched = write_people(plan, by, batch)
    written = _write_seats(plan, by, batch)
    for index in plan.imported:
        for seat in written.get(plan.people.get(plan.keys[index]).pk, []):
            note_touched(touched[index], seat)
    return touched


def write_people(plan, by, batch):
    """Write the files and schooling of a plan (`people`, `educations`, `keys`, `imported`); what each row touched."""
    actions.create_people(plan.people.new, by=by, batch=batch)
    people = _change_people(plan, by, batch)
    educations = _write_educations(plan, by, batch)
    touched = {}
    for index in plan.imported:
        person = plan.people.get(plan.keys[index])
        found = touched[index] = {}
        if person is not None and person.pk in people:
            note_touched(found, person)
        for row in educations.get(person.pk, []) if person else []:
            note_touched(found, row)
    return touched


def note_touched(touched, row):
    """Put the row's key under its model into what a roster's row touched."""
    touched.setdefault(row._meta.label_lower, []).append(row.pk)


def _change_people(plan, by, batch):
    changed = [person for person, _ in plan.people.changed.values()]
    names = sorted(set().union(*(names for _, names in plan.people.changed.values())))
    for person in changed:
        person.updated_at = timezone.now()
    change_rows(changed, [*names, "updated_at"], by=by, batch=batch)
    return {person.pk for person in [*changed, *plan.people.new]}


def _write_educations(plan, by, batch):
    work = plan.educations
    delete_rows(work.deleted, by=by, batch=batch)
    changed = list(work.changed.values())
    change_rows(changed, ["level", "rank", "mode"], by=by, batch=batch)
    new = work.new(plan.people)
    actions.add_educations(new, by=by, batch=batch)
    touched = defaultdict(list)
    for row in [*changed, *new]:
        touched[row.person_id].append(row)
    return touched


def _write_seats(plan, by, batch):
    """First what gets shorter, then what gets longer, then what is new: no moment in which two periods overlap."""
    _attach(plan)
    ended = [seats.write_end(seat) for seat in plan.seats if seat.ended]
    later = [_restart(seat) for seat in plan.seats if seat.moved and seat.start > seat.kept.start]
    earlier = [_restart(seat) for seat in plan.seats if seat.moved and seat.start < seat.kept.start]
    change_rows(ended, ["end", "end_reason"], by=by, batch=batch, verb="dismiss")
    change_rows(later, ["start"], by=by, batch=batch)
    change_rows(earlier, ["start"], by=by, batch=batch)
    begun = [
        Appointment(
            person=plan.people.get(seat.person),
            village=plan.villages[seat.village],
            post=seat.post,
            start=seat.start,
            end=seat.end,
        )
        for seat in plan.seats
        if seat.kept is None
    ]
    actions.appoint(begun, by=by, batch=batch)
    touched = defaultdict(list)
    for row in [*ended, *later, *earlier, *begun]:
        touched[row.person_id].append(row)
    return touched


def _attach(plan):
    """Give the appointments the people and villages that their audit lines name, with one query for all."""
    plan.villages = Village.objects.in_bulk({seat.village for seat in plan.seats}, field_name="code")
    for seat in plan.seats:
        if seat.kept is not None and (seat.moved or seat.ended):
            seat.kept.person, seat.kept.village = plan.people.get(seat.person), plan.villages[seat.village]


def _restart(seat):
    seat.kept.start = seat.start
    return seat.kept
