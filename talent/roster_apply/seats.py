"""Posts: a row's cell is the full statement of a person's posts in that village; what begins, ends and moves by it."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from talent.models import Post
from talent.models.appointment import SENT_IN
from talent.roster_apply import words

DAY = datetime.timedelta(days=1)
SECRETARY = Post.PARTY_SECRETARY.value
SENT = frozenset(post.value for post in SENT_IN)


class Kept(NamedTuple):
    """What a comparison asks of an Appointment; a county has many, and few of them change."""

    pk: int
    post: str
    start: datetime.date
    end: datetime.date | None


@dataclass(eq=False, slots=True)
class Seat:
    """An appointment as it would stand after the commit. `row` is the row (its index) that creates or moves it."""

    person: str  # digest of the ID number, or a stand-in for people outside the file
    village: str
    post: str
    start: datetime.date
    end: datetime.date | None
    kept: Kept | None = None
    row: int | None = None

    @property
    def moved(self):
        return self.kept is not None and self.kept.start != self.start

    @property
    def ended(self):
        return self.kept is not None and self.kept.end != self.end

    def overlaps(self, later):
        return self.end is None or self.end >= later.start


@dataclass(slots=True)
class Note:
    """What a row does to its person's seats, for the preview."""

    before: tuple = ()
    after: tuple = ()
    moved: tuple = ()  # (old start, new start)
    assumed: datetime.date | None = None


@dataclass
class Team:
    """One village: `rows` [(index, person, Row)] that can be imported, `bad` those of the same people that cannot, and
    `kept` [(person, Kept)]."""

    village: str
    rows: list
    bad: list
    kept: list

    def settle(self, as_of):
        """The seats after the commit, and what each row did to them: {index: Note}."""
        seats = [Seat(person, self.village, kept.post, kept.start, kept.end, kept) for person, kept in self.kept]
        of_person, bad_of, rows_of = defaultdict(list), defaultdict(list), defaultdict(list)
        for seat in seats:
            of_person[seat.person].append(seat)
        for _, person, row in self.bad:
            bad_of[person].append(row)
        for index, person, row in self.rows:
            rows_of[person].append((index, row))
        notes = {}
        for person, rows in rows_of.items():
            holder = Holder(self.village, person, of_person[person], as_of)
            seats += holder.take(rows, notes, spared(bad_of[person]))
        return seats, notes


def spared(bad_rows):
    """Posts that rows of the same person may state but could not be imported: they do not end. None = any post."""
    if any(row.values.get("posts") is None for row in bad_rows):
        return None
    return {post for row in bad_rows for post in row.values["posts"]}


class Holder:
    """One person in one village."""

    def __init__(self, village, person, seats, as_of):
        self.village, self.person, self.as_of = village, person, as_of
        self.held = _of_the_day([seat for seat in seats if seat.end is None or seat.end >= as_of], as_of)
        self.before = tuple(dict.fromkeys(seat.post for seat in self.held))
        self.stated, self.begun = set(), []

    def take(self, rows, notes, kept_anyway):
        """Settle what `rows` [(index, Row)] state; fills `notes`, returns the new seats."""
        added = []
        for index, row in rows:
            added += self._take_row(index, row, notes)
        gone = self._end(kept_anyway)
        after = tuple(self.stated | {post for post in self.before if post not in gone})
        for index, row in rows:
            if gone or set(row.values["posts"]) - set(self.before):
                notes[index].before, notes[index].after = self.before, after
        return added

    def _take_row(self, index, row, notes):
        note = notes[index] = Note()
        typed = row.values.get("start_date")
        start = words.day(typed) if typed else self.as_of
        posts = [post for post in row.values["posts"] if post not in self.stated]
        self.stated.update(posts)
        named = [seat for seat in self.held if seat.post in posts]
        added = [post for post in posts if post not in self.before]
        if added:
            self.begun.append(start)
            note.assumed = None if typed else self.as_of
        if typed and named and not (added and all(seat.start <= start for seat in named)):
            note.moved = _move(named, typed, start, index)
        return [Seat(self.person, self.village, post, start, None, row=index) for post in added]

    def _end(self, kept_anyway):
        """End the posts that are no longer stated, the day before the new ones begin; returns their codes.

        What has not begun yet is not ended: a roster of today does not list it."""
        if kept_anyway is None:
            return set()
        begun = min(self.begun, default=self.as_of)
        named = self.stated | kept_anyway
        gone = [seat for seat in self.held if seat.post not in named and seat.start <= self.as_of]
        for seat in gone:
            on = begun if begun > seat.start else self.as_of
            seat.end = max(on - DAY, seat.start)
        return {seat.post for seat in gone}


def _of_the_day(seats, as_of):
    """Without those yet to begin in a post that is held already: a roster of the day means the period that runs."""
    running = {seat.post for seat in seats if seat.start <= as_of}
    return [seat for seat in seats if seat.start <= as_of or seat.post not in running]


def _move(named, typed, start, index):
    """任现职时间 is the latest of the posts a row names: when it differs, that one moves, and any that began later."""
    latest = max(seat.start for seat in named)
    if words.same_day(latest, typed):
        return ()
    for seat in named:
        if seat.start == latest or seat.start > start:
            seat.start, seat.row = start, index
    return (latest, start)


def clashes(seats, places):
    """{row index: problem} for seats that the database would refuse; of two, the one moved or later in the file is told."""
    found = {}
    for seat in seats:
        if seat.row is not None and seat.end is not None and seat.end < seat.start:
            message = f"任现职时间晚于此人这一职务的免职日期（{words.month(seat.end)}），请核对"
            found[seat.row] = ("start_date", "start_after_end", message)
    for (person, _), group in _grouped(seats).items():
        for first, second in _overlapping(group):
            told, other = _told(first, second)
            if told is not None and told not in found:
                found[told] = _secretaries(first, second, other, places) if person is None else _own(other)
    return found


def _grouped(seats):
    """Seats that must not overlap: of one person and post, and all secretaries of the village."""
    groups = {}
    for seat in seats:
        groups.setdefault((seat.person, seat.post), []).append(seat)
    secretaries = [seat for seat in seats if seat.post == SECRETARY]
    return {**groups, (None, SECRETARY): secretaries}


def _overlapping(group):
    """Pairs of seats whose periods overlap, each with the one before it that lasts longest."""
    group = sorted(group, key=lambda seat: (seat.start, seat.row is not None, seat.row or 0))
    longest = None
    for seat in group:
        if longest is not None and longest.overlaps(seat):
            yield longest, seat
        if longest is None or (longest.end is not None and (seat.end is None or seat.end > longest.end)):
            longest = seat


def _told(first, second):
    """(index of the row that is told, the other seat); None when neither was written by a row."""
    if first.row is None and second.row is None:
        return None, None
    if second.row is None or (first.row is not None and first.row > second.row):
        return first.row, second
    return second.row, first


def _own(other):
    period = f"{words.month(other.start)} 至 {words.month(other.end) or '今'}"
    return ("start_date", "appointment_overlap", f"与此人在本村同一职务的任期（{period}）重叠，请核对任现职时间")


def _secretaries(first, second, other, places):
    if other.row is not None:
        return ("posts", "secretary_twice", f"本村在此表{places[other.row]}已有党组织书记，请核对职务")
    if other.end is not None:
        until = words.month(other.end)
        return (
            "start_date",
            "secretary_overlap",
            f"本村上一任书记任职到 {until}，请核对任现职时间或先更正上一任的免职日期",
        )
    return ("posts", "secretary_serving", "本村已有在任党组织书记，请先办理原书记免职，或改正职务")


def sent_in(row):
    """A problem when the row names posts of people sent into villages, which are kept elsewhere."""
    if SENT.intersection(row.values.get("posts") or ()):
        return ("posts", "sent_in_post", "第一书记和驻村工作队职务请填入驻村第一书记和工作队员名册，这里只填村干部职务")
    return None
