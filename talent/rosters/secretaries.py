"""The serving secretaries, for the table of villages to be compared with."""

from collections import defaultdict

from talent.models import Appointment, Post
from villages.secretaries import Secretary, register_secretaries


def serving(codes, on):
    """{village code: [Secretary]} of those in office on `on`."""
    seats = Appointment.objects.serving(on).filter(post=Post.PARTY_SECRETARY, village_id__in=codes)
    found = defaultdict(list)
    for seat in seats.select_related("person").order_by("pk"):
        found[seat.village_id].append(Secretary(seat.person.name, seat.person.phone or ""))
    return found


register_secretaries(serving)
