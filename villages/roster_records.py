"""Rows about what is kept of a village (meetings and their resolutions, projects, activities) against what is there.

What they have in common: a row finds an owner (a village, a branch, a meeting, a person), then the owner's record by a few
fields, and states the others."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import models, transaction

from core.writes import change_rows, create_rows
from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from villages.roster_apply import plain, unfit_value

DAY_LENGTH = len("2026-09-22")


@dataclass(frozen=True)
class Records:
    """`model` kept below an owner (`owner`: the name of its foreign key); `fields` maps a row's fields to the model's.

    `key` are the row's fields that find a record of an owner; `needed` those that a new one must have; `owners(rows, verdicts,
    scope)` gives the owner of each row, or None where it refused the row; `about` are the row's fields that name the owner
    beside the village; `problems(record)` gives what the database would refuse of it; `begin(owner)` makes a new record."""

    model: type
    owner: str
    fields: dict
    key: tuple
    needed: tuple
    owners: Callable
    problems: Callable
    about: tuple = ()
    begin: Callable | None = None

    def identities(self, values, fields, context):
        """The same record is the same row."""
        if not all(values.get(name) for name in ("village", *self.key) if name == "village" or self.is_said(name)):
            return []
        return [(self.key[0], *(values.get(name) for name in ("township", "village", *self.about, *self.key)))]

    def is_said(self, name):
        """True for a field of the key that every record has."""
        return not self.kept_field(name).blank

    def new(self, owner):
        """A record of the owner, of which nothing is said yet."""
        return self.begin(owner) if self.begin else self.model(**{self.owner: owner})

    def compare(self, rows, scope):
        """A Comparison of rows with the records of the division of the scope."""
        verdicts, open_rows = [Verdict() for _ in rows], []
        for row, verdict in zip(rows, verdicts, strict=True):
            if row.village_code and outside(row.village_code, scope.code):
                verdict.refuse(*OUTSIDE)
            elif row.village_code and not row.refused:
                open_rows.append((row, verdict))
        owners = self.owners([row for row, _ in open_rows], [verdict for _, verdict in open_rows], scope)
        around = _Kept(self, owners, scope)
        for (row, verdict), owner in zip(open_rows, owners, strict=True):
            if owner is not None:
                _take(self, row, verdict, owner, around)
        return Comparison(verdicts, around.plan)

    def kept_field(self, name):
        return self.model._meta.get_field(self.fields[name])


@dataclass
class Plan:
    """What `write` writes: new records, and changed ones with the names of their fields."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)


def of_village(find, about, no_owner):
    """`owners` of Records whose owner is found by the row's village and what its fields `about` say of it: `find(codes)` gives
    {(village code, what each says or ""): owner}, `no_owner` is told where there is none."""

    def owners(rows, verdicts, scope):
        there = find({row.village_code for row in rows})
        found = [
            there.get((row.village_code, *(without_blanks(row.values.get(name) or "") for name in about)))
            for row in rows
        ]
        for owner, verdict in zip(found, verdicts, strict=True):
            if owner is None:
                verdict.refuse(*no_owner)
        return found

    return owners


class _Kept:
    """The records of the rows' owners, read with one query."""

    def __init__(self, records, owners, scope):
        self.plan = Plan()
        owners = {owner.pk for owner in owners if owner is not None}
        found = records.model.objects.filter(**{f"{records.owner}__pk__in": owners}).order_by("pk")
        found = found.select_related(records.owner)
        if scope.lock:
            found = found.select_for_update(of=("self",))
        self.rows = {_key_of(records, row): row for row in found}


def _key_of(records, kept):
    """What tells a record of an owner from another: blanks that somebody typed on a page do not."""
    told = (getattr(kept, records.fields[name]) for name in records.key)
    return (getattr(kept, records.owner).pk, *map(without_blanks, told))


def without_blanks(value):
    """A text without its blanks, as far as a roster reads it; any other value as it is."""
    return "".join(value.split()) if isinstance(value, str) else value


def _take(records, row, verdict, owner, around):
    for name in records.fields:
        if found := _misfit(records, row, name):
            verdict.refuse(*found)
    if verdict.refused:
        return
    key = (owner.pk, *(without_blanks(_keep(records, name, row.values.get(name))) for name in records.key))
    record = around.rows.get(key)
    is_new = record is None
    if is_new:
        record = records.new(owner)
        lacking = [name for name in records.needed if row.values.get(name) in (None, "")]
        for name in lacking:
            verdict.refuse(
                name, f"missing_field:{name}", f"{records.kept_field(name).verbose_name}没有填，新登记的要填"
            )
        if lacking:
            return
    names = _state(records, record, row, verdict)
    for problem in records.problems(record) if names else ():
        verdict.refuse(*problem)
    if verdict.refused:
        return
    around.rows[key] = record
    verdict.change = "new" if is_new else "changed" if names else "unchanged"
    if is_new:
        around.plan.new.append(record)
    elif names and record.pk:
        around.plan.changed.append((record, names))


def _misfit(records, row, name):
    """What the model's field cannot hold of the row, or None."""
    kept, typed = records.kept_field(name), row.values.get(name)
    if name in row.cleared and not (kept.null or kept.blank):
        return name, "not_to_be_empty", f"{kept.verbose_name}不能清空，请填写，或留空不改"
    if typed in (None, "") or kept.choices:
        return None
    if isinstance(kept, models.DateField):
        if name in records.key and len(typed) < DAY_LENGTH:
            return name, "day_wanted", f"{kept.verbose_name}要写到日，如 2026.09.22"
        return None
    return unfit_value(name, kept, typed)


def _keep(records, name, typed):
    kept = records.kept_field(name)
    if typed in (None, ""):
        return None if kept.null else kept.get_default()
    if isinstance(kept, models.DateField):
        return datetime.date.fromisoformat(typed if len(typed) == DAY_LENGTH else f"{typed}-01")
    if isinstance(kept, models.DecimalField):
        return Decimal(str(typed)).quantize(Decimal(1).scaleb(-kept.decimal_places))
    return int(typed) if isinstance(kept, models.IntegerField) else typed


def _state(records, record, row, verdict):
    """Set what the row says; the names of what differs from before, with old and new in the verdict."""
    names = set()
    for name, attribute in records.fields.items():
        typed, kept = row.values.get(name), records.kept_field(name)
        if typed in (None, "") and name not in row.cleared:
            continue
        new = _keep(records, name, typed)
        old = getattr(record, attribute)
        if old != new and not _agrees(old, typed):
            verdict.diff[name] = (shown(kept, old), shown(kept, new))
            setattr(record, attribute, new)
            names.add(attribute)
    return names


def _agrees(old, typed):
    """True when a kept date is the one typed to the month, or a kept text what a roster would read of it."""
    if isinstance(old, datetime.date):
        return bool(typed) and old.isoformat().startswith(typed)
    return isinstance(old, str) and isinstance(typed, str) and without_blanks(old) == without_blanks(typed)


def shown(kept, value):
    """A kept value as a person would write it; None where nothing is kept."""
    if kept.choices:
        return dict(kept.flatchoices).get(value)
    if isinstance(value, datetime.date):
        return f"{value:%Y.%m.%d}"
    return plain(value)


def exported(records, record):
    """{field: text} of a record, as `compare` understands it."""
    return {
        name: shown(records.kept_field(name), getattr(record, attribute)) for name, attribute in records.fields.items()
    }


@transaction.atomic
def write(plan, *, by, batch):
    """Write the plan."""
    create_rows(plan.new, by=by, batch=batch)
    names = sorted({name for _, changed in plan.changed for name in changed})
    change_rows([record for record, _ in plan.changed], names, by=by, batch=batch)
