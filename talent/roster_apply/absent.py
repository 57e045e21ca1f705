"""Who serves in the villages that a complete roster covers and does not stand in it."""

from collections import defaultdict

from core.fields import digest
from core.identity import id_problem
from rosters.absence import Absent
from talent import actions
from talent.models import Appointment, Committee, Post
from talent.models.appointment import POSTS_OF, TWO_COMMITTEES, VILLAGE_POSTS
from talent.roster_apply import words

TOWNSHIP = 9  # digits


def find(rows, scope):
    """[Absent] by village and name: a township's roster covers all its villages, a county's those that it names.

    The supervision committee and the clerk count only where the roster lists any: many 两委 rosters leave them out."""
    seats = Appointment.objects.below(scope.code).serving(scope.as_of).filter(end=None, post__in=_posts(rows))
    if len(scope.code) < TOWNSHIP:
        seats = seats.filter(village_id__in={row.village_code for row in rows if row.village_code})
    if scope.lock:
        seats = seats.select_for_update(of=("self",))
    listed = Listed(rows)
    found = defaultdict(list)
    for seat in seats.select_related("person", "village__township").order_by("village_id", "person_id", "pk"):
        if not listed.has(seat):
            found[seat.village_id, seat.person_id].append(seat)
    absents = [_absent(held) for held in found.values()]
    return sorted(absents, key=lambda absent: (absent.rows[0].village_id, absent.rows[0].person.pinyin, absent.key))


def end(appointments, *, on, reason, document_no, by, batch):
    """Dismiss those chosen; `on` is their last day in office."""
    actions.end_appointments(list(appointments), on=on, by=by, reason=reason, document_no=document_no, batch=batch)


class Listed:
    """Whom the rows name. A row whose number or village cannot be read stands for anybody whom it may mean."""

    def __init__(self, rows):
        self.people, self.names = set(), set()
        for row in rows:
            number, name = row.values.get("id_number"), row.values.get("name")
            if number and id_problem(number) is None:
                self.people.add((row.village_code, digest(number)))
            elif name:
                self.names.add((row.village_code, name))

    def has(self, seat):
        person, places = seat.person, (seat.village_id, None)
        return any((place, person.id_digest) in self.people or (place, person.name) in self.names for place in places)


def _posts(rows):
    named = {post for row in rows for post in row.values.get("posts") or ()}
    posts = set(TWO_COMMITTEES)
    if named.intersection(POSTS_OF[Committee.SUPERVISION]):
        posts.update(POSTS_OF[Committee.SUPERVISION])
    if Post.CLERK in named:
        posts.update(post for post in VILLAGE_POSTS if post.committee == Committee.OTHER)
    return {post.value for post in posts}


def _absent(held):
    seat = held[0]
    return Absent(
        key=f"{seat.village_id}-{seat.person_id}",
        place=f"{seat.village.township.name}{seat.village.name}",
        name=seat.person.name,
        holds=words.posts({held.post for held in held}),
        since=max(seat.start for seat in held),
        rows=tuple(held),
    )
