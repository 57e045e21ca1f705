"""Writing what the comparison planned, set by set, with the audit lines of the batch."""

from django.db import transaction
from django.utils import timezone

from core.collecting import unsaved
from core.writes import change_rows, delete_rows
from talent import actions
from talent.models import Appointment, EndReason
from villages.models import Village

PERSON, VILLAGE = (Appointment._meta.get_field(name) for name in ("person", "village"))


@transaction.atomic
def write(plan, *, by, batch):
    """Write the plan."""
    write_people(plan, by, batch)
    _write_seats(plan, by, batch)


def write_people(plan, by, batch):
    """Write the files and schooling of a plan (`people`, `educations`)."""
    actions.create_people(plan.people.new, by=by, batch=batch)
    _change_people(plan, by, batch)
    _write_educations(plan, by, batch)


def _change_people(plan, by, batch):
    changed = [person for person, _ in plan.people.changed.values()]
    names = sorted(set().union(*(names for _, names in plan.people.changed.values())))
    for person in changed:
        person.updated_at = timezone.now()
    change_rows(changed, [*names, "updated_at"], by=by, batch=batch)


def _write_educations(plan, by, batch):
    work = plan.educations
    delete_rows(work.deleted, by=by, batch=batch)
    change_rows(list(work.changed.values()), ["level", "rank", "mode"], by=by, batch=batch)
    actions.add_educations(work.new(plan.people), by=by, batch=batch)


def _write_seats(plan, by, batch):
    """First what gets shorter, then what gets longer, then what is new: no moment in which two periods overlap."""
    villages = Village.objects.in_bulk({seat.village for seat in plan.seats}, field_name="code")
    kept = _kept(plan, villages)
    ended = [_end(kept[seat.kept.pk], seat) for seat in plan.seats if seat.ended]
    later = [_restart(kept[seat.kept.pk], seat) for seat in plan.seats if seat.moved and seat.start > seat.kept.start]
    earlier = [_restart(kept[seat.kept.pk], seat) for seat in plan.seats if seat.moved and seat.start < seat.kept.start]
    change_rows(ended, ["end", "end_reason"], by=by, batch=batch, verb="dismiss")
    change_rows(later, ["start"], by=by, batch=batch)
    change_rows(earlier, ["start"], by=by, batch=batch)
    actions.appoint(_begun(plan, villages), by=by, batch=batch)


def _begun(plan, villages):
    """The appointments to insert, with the people and villages that their audit lines name."""
    seats = [seat for seat in plan.seats if seat.kept is None]
    people = [plan.people.get(seat.person) for seat in seats]
    begun = unsaved(
        Appointment,
        [
            {
                "person_id": person.pk,
                "village_id": seat.village,
                "post": seat.post,
                "start": seat.start,
                "end": seat.end,
            }
            for seat, person in zip(seats, people, strict=True)
        ],
    )
    for appointment, person in zip(begun, people, strict=True):
        PERSON.set_cached_value(appointment, person)
        VILLAGE.set_cached_value(appointment, villages[appointment.village_id])
    return begun


def _kept(plan, villages):
    """{pk: Appointment} of the seats that change, with the people and villages that their audit lines name."""
    changed = {seat.kept.pk: seat for seat in plan.seats if seat.moved or seat.ended}
    found = Appointment.objects.in_bulk(changed)
    for pk, seat in changed.items():
        found[pk].person, found[pk].village = plan.people.get(seat.person), villages[seat.village]
    return found


def _end(appointment, seat):
    appointment.end, appointment.end_reason = seat.end, EndReason.CHANGED.value
    return appointment


def _restart(appointment, seat):
    appointment.start = seat.start
    return appointment
