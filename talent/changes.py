"""What changed in the teams between two dates: every seat taken up and left, person by person, with sums that add up."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from core.periods import begun, ended
from talent.models import Appointment, Committee, Person, Post
from talent.models.appointment import POST_LABELS, POSTS_OF, TWO_COMMITTEES, EndReason, How
from villages.models import Village

CAME, LEFT, MOVED, AGAIN, PASSED = "新任", "离任", "职务变动", "连任", "期间任职又离任"
KINDS = (CAME, LEFT, MOVED, AGAIN, PASSED)
ONE_DAY = datetime.timedelta(days=1)
BODIES = (*POSTS_OF, Committee.OTHER)
BODY_OF = {post.value: post.committee for post in Post}
HOWS, REASONS, ORDER = dict(How.choices), dict(EndReason.choices), {post: at for at, post in enumerate(Post.values)}


@dataclass(frozen=True)
class Period:
    """From the end of the day `since` to the end of the day `until`."""

    since: datetime.date
    until: datetime.date

    def holds(self, seat, on):
        return seat.start <= on and (seat.end is None or seat.end >= on)

    def before(self, seat):
        return self.holds(seat, self.since)

    def after(self, seat):
        return self.holds(seat, self.until)

    def begins(self, seat):
        return self.since < seat.start <= self.until

    def ends(self, seat):
        """Its last day in office was `since` or later, and before `until`."""
        return seat.end is not None and self.since <= seat.end < self.until


@dataclass(frozen=True)
class Change:
    """What happened to one person in one village; `taken` and `left` are the seats begun and ended in the period."""

    village: Village
    person: Person
    kind: str
    before: list
    after: list
    taken: list
    left: list

    @property
    def events(self):
        """One line for each seat left and taken up, in order of the day: what, when, why, by which document."""
        again = {(seat.post, seat.start - ONE_DAY) for seat in self.taken}
        left = [
            (seat.end, f"离任 {_post(seat)}", _reason(seat, (seat.post, seat.end) in again), seat.end_document_no)
            for seat in self.left
        ]
        taken = [(seat.start, f"上任 {_post(seat)}", _how(seat), seat.document_no) for seat in self.taken]
        return sorted(left + taken, key=lambda event: event[0])


@dataclass(frozen=True)
class Sum:
    """A line of the totals: `start` + `came` − `gone` = `end`."""

    label: str
    unit: str
    start: int
    came: int
    gone: int
    end: int


@dataclass(frozen=True)
class Shoulder:
    """A village whose 一肩挑 was formed, dissolved or passed to somebody else."""

    village: Village
    kind: str
    before: Person | None
    after: Person | None


@dataclass(frozen=True)
class Difference:
    """Both dates compared; `changes` and `shoulders` in order of the villages."""

    changes: list
    sums: list
    shoulders: list


def difference(user, period, code=None):
    """What changed for the user, narrowed to the division `code`. One query."""
    seats = _seats(user, period, code)
    held = defaultdict(list)
    for seat in seats:
        held[seat.village_id, seat.person_id].append(seat)
    changes = [change for own in held.values() if (change := _change(own, period))]
    shoulders = _shoulders(seats, period)
    return Difference(
        sorted(changes, key=_place), [*_seat_sums(seats, period), *_people_sums(seats, period), _shoulder_sum(shoulders)],
        [one for one in shoulders if one.before != one.after],
    )  # fmt: skip


def _seats(user, period, code):
    """Every seat in force on a day of the period."""
    seats = Appointment.objects.visible_to(user).filter(begun(period.until)).exclude(ended(period.since))
    seats = seats.below(code) if code else seats
    return list(seats.select_related("person", "village__township").order_by("village_id", "person_id", "start", "pk"))


def _place(change):
    posts = change.after or change.before or change.left
    return change.village.code, min(ORDER[seat.post] for seat in posts), KINDS.index(change.kind), change.person.pk


def _change(seats, period):
    taken, left = [seat for seat in seats if period.begins(seat)], [seat for seat in seats if period.ends(seat)]
    if not taken and not left:
        return None
    before, after = _of(seats, period.before), _of(seats, period.after)
    return Change(seats[0].village, seats[0].person, _kind(before, after), before, after, taken, left)


def _of(seats, holds):
    return sorted((seat for seat in seats if holds(seat)), key=lambda seat: ORDER[seat.post])


def _kind(before, after):
    if not before and not after:
        return PASSED
    if not before:
        return CAME
    if not after:
        return LEFT
    return AGAIN if {seat.post for seat in before} == {seat.post for seat in after} else MOVED


def _seat_sums(seats, period):
    for body in BODIES:
        own = [seat for seat in seats if BODY_OF[seat.post] == body]
        counts = [sum(map(holds, own)) for holds in (period.before, period.begins, period.ends, period.after)]
        yield Sum(f"{body.label}职务", "席", *counts)


def _people_sums(seats, period):
    """The two committees by people, each once in the whole area: the figure 村“两委”干部 of either date."""
    cadres = [seat for seat in seats if seat.post in TWO_COMMITTEES]
    before = {seat.person_id for seat in cadres if period.before(seat)}
    after = {seat.person_id for seat in cadres if period.after(seat)}
    yield Sum("村“两委”干部", "人", len(before), len(after - before), len(before - after), len(after))


def _shoulders(seats, period):
    """[Shoulder] of every administrative village that has the same person in both posts on either date."""
    before, after = _both_posts(seats, period.since), _both_posts(seats, period.until)
    villages = {seat.village_id: seat.village for seat in seats}
    return [
        Shoulder(villages[code], _turn(before.get(code), after.get(code)), before.get(code), after.get(code))
        for code in sorted({*before, *after})
    ]


def _both_posts(seats, on):
    """village code → who is secretary and director there on the day `on`."""
    held = defaultdict(set)
    for seat in seats:
        if seat.start <= on and (seat.end is None or seat.end >= on) and _exists(seat.village, on):
            held[seat.village_id, seat.person].add(seat.post)
    both = {Post.PARTY_SECRETARY, Post.VILLAGE_DIRECTOR}
    return {code: person for (code, person), posts in held.items() if both <= posts}


def _exists(village, on):
    is_there = village.start <= on and (village.end is None or village.end >= on)
    return is_there and village.kind == Village.Kind.VILLAGE


def _turn(before, after):
    if before and after:
        return "换人"
    return "形成" if after else "解除"


def _shoulder_sum(shoulders):
    start, end = sum(bool(one.before) for one in shoulders), sum(bool(one.after) for one in shoulders)
    formed, dissolved = (sum(one.kind == kind for one in shoulders) for kind in ("形成", "解除"))
    return Sum("书记主任“一肩挑”", "村", start, formed, dissolved, end)


def _post(seat):
    return POST_LABELS[seat.post]


def _reason(seat, goes_on):
    """Why a seat was left; who takes up the same one the next day needs no reason."""
    return REASONS.get(seat.end_reason, "届满，连任同一职务" if goes_on else "没有登记原因")


def _how(seat):
    return HOWS.get(seat.how, "没有登记方式")


def posts(seats):
    """The posts of seats, in order of rank."""
    return "、".join(dict.fromkeys(_post(seat) for seat in seats))
