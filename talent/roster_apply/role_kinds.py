"""What a roster about one role of people declares: how a row finds its role, what it says of it, how it is written."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from talent.roster_apply import words


@dataclass(frozen=True)
class RoleField:
    """A field of a row kept at the role: `keep` makes the model's value of the row's, `show` what the preview says."""

    field: str
    attribute: str
    keep: Callable = lambda value: value
    show: Callable = lambda value: value
    empty: object = ""

    def agrees(self, old, typed):
        if isinstance(old, datetime.date):
            return words.same_day(old, typed)
        return old == self.keep(typed)


def text(field, attribute=""):
    """A text kept as it is."""
    return RoleField(field, attribute or field, show=lambda value: value or None)


def choice(field, attribute, choices):
    """A code of `choices`, shown by its label."""
    return RoleField(field, attribute, show=lambda value: choices(value).label if value else None)


def yes_no(field, attribute=""):
    return RoleField(field, attribute or field, keep=bool, show=lambda value: "是" if value else "否", empty=False)


def day(field, attribute):
    """A date typed to the month or the day."""
    return RoleField(field, attribute, keep=words.day, show=words.month, empty=None)


def in_force_or_later(role, scope):
    """True unless the role ended before the roster's date."""
    return role.end is None or role.end >= scope.as_of


def overlapping(kept, start, end=None, but=None):
    """The first of the kept roles whose period meets [start, end] (None = still), the role `but` aside."""
    for role in kept:
        if role is not but and (role.end is None or role.end >= start) and (end is None or role.start <= end):
            return role
    return None


@dataclass(frozen=True)
class RoleKind:
    """A roster whose rows are people with a role.

    keys     (values) → the roles a row names, each a hashable that `key_of` gives of a kept role; usually one
    kept     (people's keys, scope) → queryset of the roles that rows may mean, of those people
    key_of   (role) → the same key of a kept role
    current  (role, scope) → True for a kept role that a row may mean; an ended one only stands in the way of periods
    new      (key, values, village code, scope) → an unsaved role without its person
    write    (roles, by=, batch=) → inserts them
    show     the field at which a new role is shown, and (key, role) → how it reads there
    check    (row, person, key, kept roles of the person, scope) → (field, code, message) that refuses the row, or None
    note     the same → (field, code, message) that the clerk should look at, or None
    settle   (role, values) → names of attributes that follow from the others, set in place (an outcome with its end)
    after    (written roles, by=, batch=) → what else follows from them
    is_person(values) → False for a row that is about no person (a collective); it has a role alone
    """

    keys: Callable
    kept: Callable
    key_of: Callable
    new: Callable
    write: Callable
    fields: tuple[RoleField, ...]
    show: tuple[str, Callable]
    check: Callable = lambda row, person, key, kept, scope: None
    note: Callable = lambda row, person, key, kept, scope: None
    settle: Callable = lambda role, values: ()
    after: Callable | None = None
    is_person: Callable = lambda values: True
    current: Callable = in_force_or_later
    # Fields of the person that a row of this kind says of the role instead, and whether its schooling is the person's.
    left_out: frozenset = frozenset({"remarks"})
    states_education: bool = True
