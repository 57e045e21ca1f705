"""What a roster about one role of people declares: how a row finds its role, what it says of it, how it is written."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from talent.roster_apply import words


@dataclass(frozen=True)
class RoleField:
    """A field of a row kept at the role: `keep` makes the model's value of the row's, `show` what the preview says."""

    field: str
    attribute: str
    keep: Callable = lambda value: value
    show: Callable = lambda value: value
    empty: object = ""
    clears: bool = False  # 清空 makes it `empty` though the model knows no blank: hours and money become 0

    def may_be_empty(self, kept):
        """True when the row may take away what the model field `kept` holds."""
        return self.clears or kept.null or kept.blank or isinstance(kept, models.BooleanField)

    def misfit(self, row, kept):
        """Why the row cannot say this of the model field `kept`, or None: (field, code, message)."""
        typed = row.values.get(self.field)
        if self.field in row.cleared and not self.may_be_empty(kept):
            return (self.field, "not_to_be_empty", f"{kept.verbose_name}不能清空，请填写，或留空不改")
        if isinstance(typed, str) and not kept.choices and len(typed) > (kept.max_length or len(typed)):
            return (self.field, "too_long", f"{kept.verbose_name}超过 {kept.max_length} 个字，请核对")
        return None

    def says_nothing(self, row):
        typed = row.values.get(self.field)
        return typed in (None, "") or (typed is False and row.is_silent(self.field))

    def agrees(self, old, typed):
        if isinstance(old, datetime.date):
            return words.same_day(old, typed)
        new = self.keep(typed)
        return old == new or (isinstance(old, str) and isinstance(new, str) and words.reads_as(old, new))


def restate(kept, row, fields, diff):
    """Set what the row says at the model instance `kept`; the names of what differs from before, old and new in `diff`."""
    names = set()
    for one in fields:
        old, typed = getattr(kept, one.attribute), row.values.get(one.field)
        clears = one.field in row.cleared and one.may_be_empty(kept._meta.get_field(one.attribute))
        if not clears and (one.says_nothing(row) or one.agrees(old, typed)):
            continue
        new = one.empty if clears else one.keep(typed)
        if old != new:
            diff[one.field] = (one.show(old), one.show(new))
            setattr(kept, one.attribute, new)
            names.add(one.attribute)
    return names


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


def exact_day(field, attribute):
    """A date that is shown to the day, however it was typed."""
    return RoleField(
        field, attribute, keep=words.day, show=lambda date: f"{date:%Y.%m.%d}" if date else None, empty=None
    )


LARGEST_COUNT = 2_147_483_647


@dataclass(frozen=True)
class Count(RoleField):
    """A whole number that may be unknown; `counted` is what is counted."""

    counted: str = "户数"

    def misfit(self, row, kept):
        typed = row.values.get(self.field)
        if typed in (None, ""):
            return super().misfit(row, kept)
        if typed != int(typed) or not 0 <= typed <= LARGEST_COUNT:
            return (self.field, "not_whole", f"“{typed}”不是{self.counted}，请填整数")
        return None


def count(field, attribute="", counted="户数"):
    """A whole number of something, households if nothing else is said."""
    return Count(
        field,
        attribute or field,
        keep=int,
        show=lambda value: None if value is None else str(int(value)),
        empty=None,
        counted=counted,
    )


def in_force_or_later(role, scope):
    """True unless the role ended before the roster's date."""
    return role.end is None or role.end >= scope.as_of


def meant(roles, on):
    """Of kept roles that a row of the date `on` may mean the latest that had begun by then, else the one that begins next;
    None of none. What has no beginning has begun."""
    begun = [role for role in roles if getattr(role, "start", on) <= on]
    return begun[-1] if begun else min(roles, key=lambda role: role.start, default=None)


def overlapping(kept, start, end=None, but=None):
    """The first of the kept roles whose period meets [start, end] (None = still), the role `but` aside."""
    for role in kept:
        if role is not but and (role.end is None or role.end >= start) and (end is None or role.start <= end):
            return role
    return None


@dataclass(frozen=True)
class Case:
    """What is judged: a row, its person (None: nobody yet), the role it names and that person's kept roles."""

    row: object
    person: object
    key: object
    kept: list
    scope: object
    around: object  # what the kind read once for all rows

    @property
    def open(self):
        """The kept roles that have not ended by the roster's date."""
        return [role for role in self.kept if in_force_or_later(role, self.scope)]

    def start(self, field):
        """The first day that the row states, or the roster's date."""
        typed = self.row.values.get(field)
        return words.day(typed) if typed else self.scope.as_of


def check_period(case, same, field, label):
    """What the database would refuse of the period that a row states; `same` are the kept roles it must not meet."""
    now = meant([role for role in same if role in case.open], case.scope.as_of)
    if now is not None and (not case.row.values.get(field) or words.same_day(now.start, case.row.values[field])):
        return None
    start, end = case.start(field), now.end if now else None
    if end is not None and start > end:
        return (field, "start_after_end", f"晚于已登记的结束时间（{words.month(end)}），请核对{label}")
    return told_overlap(overlapping(same, start, end, but=now), field, label)


def told_overlap(met, field, label):
    """That a period meets the kept one `met` (None = it meets none)."""
    if met is None:
        return None
    if met.end is None:
        return (field, "period_overlap", f"与此人已登记的一段（{words.month(met.start)} 起）重叠，请核对{label}")
    return (field, "period_overlap", f"此人上一次到 {words.month(met.end)} 为止，{label}请晚于它")


def nothing(*_):
    return None


@dataclass(frozen=True)
class RoleKind:
    """A roster whose rows are people with a role.

    keys     (row) → the roles a row names, each a hashable that `key_of` gives of a kept role; usually one
    kept     (people's keys, scope) → queryset of those people's roles (and of collectives')
    key_of   (role) → the same key of a kept role
    current  (role, scope) → True for a kept role that a row may mean; an ended one only stands in the way of periods
    new      (key, values, village code, scope) → an unsaved role without its person
    write    (roles, by=, batch=) → inserts them
    show     the field at which a new role is shown, and (key, role) → how it reads there
    around   (people's keys, scope) → what `check` and `note` need beside the kept roles, read once
    check    (Case) → (field, code, message) that refuses the row, or None
    note     (Case) → (field, code, message) that the clerk should look at, or None
    settle   (role, values) → names of attributes that follow from the others, set in place (an outcome with its end)
    after    (written roles, by=, batch=) → writes what else follows from them
    is_person (values) → False for a row that is about no person (a collective); it has a role alone
    """

    keys: Callable
    kept: Callable
    key_of: Callable
    new: Callable
    write: Callable
    fields: tuple[RoleField, ...]
    show: tuple[str, Callable]
    current: Callable = in_force_or_later
    around: Callable = nothing
    check: Callable = nothing
    note: Callable = nothing
    settle: Callable = lambda role, values: ()
    after: Callable | None = None
    is_person: Callable = lambda values: True
    start_field: str = ""  # said to be assumed where a new role's row leaves it empty
    # Fields of the person that a row of this kind says of the role instead, and whether its schooling is the person's.
    left_out: frozenset = frozenset({"remarks"})
    states_education: bool = True
