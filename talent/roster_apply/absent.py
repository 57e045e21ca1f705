"""Who is kept in the villages that a complete roster covers and does not stand in it; ending what they hold."""

from collections import defaultdict

from core.fields import digest
from core.identity import id_problem
from rosters.absence import TOWNSHIP, Absence, Absent
from talent import actions
from talent.models import Appointment, Committee, EndReason, Post, ReserveCandidate, Stationing
from talent.models.appointment import POSTS_OF, TWO_COMMITTEES, VILLAGE_POSTS
from talent.roster_apply import words


def in_office(rows, scope):
    """[Absent]: those with a post in office.

    The supervision committee and the clerk count only where the roster lists any: many 两委 rosters leave them out."""
    seats = Appointment.objects.below(scope.code).serving(scope.as_of).filter(post__in=_posts(rows))
    return _absents(rows, scope, seats, lambda held: words.posts({seat.post for seat in held}))


def in_pool(rows, scope):
    """[Absent]: those in the reserve pool."""
    places = ReserveCandidate.objects.below(scope.code).in_pool(scope.as_of)
    return _absents(rows, scope, places, lambda held: held[0].get_target_display())


def sent_in(rows, scope):
    """[Absent]: first secretaries and work teams; technical specialists stand in no such roster."""
    stays = Stationing.objects.below(scope.code).in_teams(scope.as_of)
    return _absents(rows, scope, stays, lambda held: "、".join(stay.get_role_display() for stay in held))


def _absents(rows, scope, records, holds):
    """By village and name. A township's roster covers all its villages, a county's those that it names."""
    records = records.filter(end=None)
    if len(scope.code) < TOWNSHIP:
        records = records.filter(village_id__in={row.village_code for row in rows if row.village_code})
    if scope.lock:
        records = records.select_for_update(of=("self",))
    listed = Listed(rows)
    found = defaultdict(list)
    for record in records.select_related("person", "village__township").order_by("village_id", "person_id", "pk"):
        if not listed.has(record):
            found[record.village_id, record.person_id].append(record)
    absents = [_absent(held, holds(held)) for held in found.values()]
    return sorted(absents, key=lambda absent: (absent.rows[0].village_id, absent.rows[0].person.pinyin, absent.key))


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

    def has(self, record):
        person, places = record.person, (record.village_id, None)
        return any((place, person.id_digest) in self.people or (place, person.name) in self.names for place in places)


def _posts(rows):
    named = {post for row in rows for post in row.values.get("posts") or ()}
    posts = set(TWO_COMMITTEES)
    if named.intersection(POSTS_OF[Committee.SUPERVISION]):
        posts.update(POSTS_OF[Committee.SUPERVISION])
    if Post.CLERK in named:
        posts.update(post for post in VILLAGE_POSTS if post.committee == Committee.OTHER)
    return {post.value for post in posts}


def _absent(held, holds):
    record = held[0]
    return Absent(
        key=f"{record.village_id}-{record.person_id}",
        place=f"{record.village.township.name}{record.village.name}",
        name=record.person.name,
        holds=holds,
        since=max(record.start for record in held),
        rows=tuple(held),
    )


def _dismiss(records, *, on, reason, document_no, by, batch):
    actions.end_appointments(records, on=on, by=by, reason=reason, document_no=document_no, batch=batch)


def _leave_pool(records, *, on, reason, document_no, by, batch):
    actions.leave_pool(records, on=on, reason=reason, by=by, batch=batch)


def _withdraw(records, *, on, reason, document_no, by, batch):
    kind = STAY_ENDS.get(reason, Stationing.EndKind.OTHER)
    actions.withdraw(records, on=on, by=by, kind=kind, reason=reason, batch=batch)


# Why somebody sent in is no longer listed, as it is offered, and how that counts.
STAY_ENDS = {
    "期满轮换": Stationing.EndKind.ROTATED,
    "调整召回": Stationing.EndKind.RECALLED,
    "提拔": Stationing.EndKind.PROMOTED,
    "调动": Stationing.EndKind.OTHER,
    "其他": Stationing.EndKind.OTHER,
}
OFFICE = Absence(
    find=in_office,
    end=_dismiss,
    word="免职",
    state="在任",
    what="职务",
    reasons=tuple(EndReason.choices),
    people="在任干部",
    numbered=True,
)
POOL = Absence(
    find=in_pool,
    end=_leave_pool,
    word="出库",
    state="在库",
    what="后备类别",
    reasons=tuple(ReserveCandidate.OutReason.choices),
    people="后备干部",
)
STAY = Absence(
    find=sent_in,
    end=_withdraw,
    word="离任",
    state="在村",
    what="驻村职务",
    reasons=tuple((word, word) for word in STAY_ENDS),
    people="驻村干部",
)
