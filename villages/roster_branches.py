"""A table of party branches with how many full members and groups each has: a row is a branch and its size on a day."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction

from core.writes import change_rows, create_rows
from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from villages.models import BranchSize, PartyBranch, Village
from villages.roster_apply import unfit_value
from villages.roster_records import DAY_LENGTH, shown, without_blanks

NO_START = ("founded", "missing_field:founded", "这个支部还没有登记，请填成立日期")
NO_MEMBERS = ("full_members", "missing_field:full_members", "填了党小组，请一并填正式党员数")
BACKWARDS = ("dissolved", "record_unlikely", "撤销日期早于成立日期，请核对两个日期")
TOO_MANY_GROUPS = ("party_groups", "record_unlikely", "党小组比正式党员还多，请核对两个数")
NOT_YET = ("counted_on", "record_unlikely", "党员数的日期早于支部成立日期，请核对")
OF_BRANCH = {"founded": "start", "dissolved": "end"}
OF_SIZE = {"full_members": "full_members", "party_groups": "groups"}


@dataclass
class Plan:
    """What `write` writes: new and changed branches, new and changed sizes."""

    branches: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    sizes: list = field(default_factory=list)
    restated: list = field(default_factory=list)


def identities(values, fields, context):
    """The same branch of the same village is the same row."""
    key = tuple(values.get(name) for name in ("township", "village", "party_branch"))
    return [("party_branch", *key)] if key[1] and key[2] else []


def compare(rows, scope):
    """A Comparison of rows with the branches of the division of the scope."""
    verdicts, kept = [Verdict() for _ in rows], _Kept(rows, scope)
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.village_code and outside(row.village_code, scope.code):
            verdict.refuse(*OUTSIDE)
        elif row.village_code and not row.refused:
            for problem in _misfits(row):
                verdict.refuse(*problem)
            if not verdict.refused:
                _take(row, verdict, kept, scope.as_of)
    return Comparison(verdicts, kept.plan)


class _Kept:
    """The branches of the rows' villages and their sizes, each read with one query."""

    def __init__(self, rows, scope):
        self.plan = Plan()
        codes = {row.village_code for row in rows if row.village_code and not outside(row.village_code, scope.code)}
        self.villages = Village.objects.select_related("township").in_bulk(codes, field_name="code")
        found = PartyBranch.objects.filter(village__in=codes).select_related("village__township").order_by("pk")
        found = found.select_for_update(of=("self",)) if scope.lock else found
        self.branches = {(one.village_id, without_blanks(one.name)): one for one in found}
        branches = {one.pk: one for one in self.branches.values()}
        self.sizes = {}
        for size in BranchSize.objects.filter(branch__in=branches).order_by("start"):
            size.branch = branches[size.branch_id]
            self.sizes.setdefault(size.branch_id, []).append(size)

    def size(self, branch, on):
        """(the size stated of that very day, the one that holds on it), None for what there is not."""
        sizes = self.sizes.get(branch.pk, [])
        holds = [size for size in sizes if size.start <= on]
        return next((size for size in sizes if size.start == on), None), holds[-1] if holds else None


def _misfits(row):
    for name, attribute in OF_SIZE.items():
        value = row.values.get(name)
        if value is not None and (found := unfit_value(name, BranchSize._meta.get_field(attribute), value)):
            yield found
        elif name == "party_groups" and (value or 0) > 999:
            yield (name, "too_large", "数字太大，请核对")
    for name in ("founded", "dissolved", "counted_on"):
        if row.values.get(name) and len(row.values[name]) < DAY_LENGTH:
            yield (name, "day_wanted", "日期要写到日，如 2026.09.22")
    if len(row.values["party_branch"]) > PartyBranch._meta.get_field("name").max_length:
        yield ("party_branch", "too_long", "支部名称超过 60 个字，请核对")


def _take(row, verdict, kept, as_of):
    name = row.values["party_branch"]
    key = row.village_code, without_blanks(name)
    branch = kept.branches.get(key)
    is_new = branch is None
    if is_new and not row.values.get("founded"):
        return verdict.refuse(*NO_START)
    if is_new:
        branch = PartyBranch(village=kept.villages[row.village_code], name=name)
    names = _state(branch, row, OF_BRANCH, verdict.diff)
    if branch.end and branch.end < branch.start:
        return verdict.refuse(*BACKWARDS)
    size = _size(row, verdict, kept, branch, as_of)
    if verdict.refused:
        return None
    kept.branches[key] = branch
    plan = kept.plan
    if is_new:
        plan.branches.append(branch)
    elif names:
        plan.changed.append((branch, names))
    if size is not None:
        (plan.restated if size.pk else plan.sizes).append(size)
    verdict.change = "new" if is_new else "changed" if names or size is not None else "unchanged"
    return None


def _day(typed):
    return datetime.date.fromisoformat(typed)


def _state(one, row, fields, diff):
    """Set what the row says at `one`; the names of what differs, old and new in `diff`."""
    names = set()
    for name, attribute in fields.items():
        typed, kept = row.values.get(name), one._meta.get_field(attribute)
        if typed in (None, "") and not (name in row.cleared and kept.null):
            continue
        new = None if typed in (None, "") else _day(typed) if name in OF_BRANCH else int(typed)
        old = getattr(one, attribute)
        if old != new or one.pk is None:
            diff[name] = (None if one.pk is None else shown(kept, old), shown(kept, new))
            setattr(one, attribute, new)
            names.add(attribute)
    return names


def _size(row, verdict, kept, branch, as_of):
    """The size that the row states and that is not kept yet, or None."""
    members, groups = row.values.get("full_members"), row.values.get("party_groups")
    if members is None and groups is None:
        return None
    on = _day(row.values["counted_on"]) if row.values.get("counted_on") else as_of
    same, holds = kept.size(branch, on) if branch.pk else (None, None)
    if members is None and holds is None:
        return verdict.refuse(*NO_MEMBERS)
    said = (int(members) if members is not None else holds.full_members, int(groups or 0) if groups is not None or holds is None else holds.groups)  # fmt: skip
    if holds is not None and said == (holds.full_members, holds.groups):
        return None
    if said[1] > said[0]:
        return verdict.refuse(*TOO_MANY_GROUPS)
    if on < branch.start:
        return verdict.refuse(*NOT_YET)
    for (name, attribute), value in zip(OF_SIZE.items(), said, strict=True):
        old = getattr(holds, attribute) if holds else None
        if old != value:
            verdict.diff[name] = (None if old is None else str(old), str(value))
    size = same or BranchSize(branch=branch, start=on)
    size.full_members, size.groups = said
    return size


def export(code, on):
    """The branches of the division `code` on the day `on` with their sizes of that day."""
    found = PartyBranch.objects.below(code).existing(on).select_related("village__township")
    found = list(found.order_by("village_id", "name", "pk"))
    sizes = {}
    for size in BranchSize.objects.filter(branch__in=found, start__lte=on).order_by("start"):
        sizes[size.branch_id] = size
    return [_exported(branch, sizes.get(branch.pk)) for branch in found]


def _exported(branch, size):
    told = {name: shown(branch._meta.get_field(kept), getattr(branch, kept)) for name, kept in OF_BRANCH.items()}
    counted = {name: str(getattr(size, kept)) for name, kept in OF_SIZE.items()} if size else {}
    return {
        "township": branch.village.township.name, "village": branch.village.name, "party_branch": branch.name, **told, **counted,
        "counted_on": f"{size.start:%Y.%m.%d}" if size else None,
    }  # fmt: skip


@transaction.atomic
def write(plan, *, by, batch):
    """Write the plan: branches first, then their sizes."""
    create_rows(plan.branches, by=by, batch=batch)
    names = sorted({name for _, changed in plan.changed for name in changed})
    change_rows([branch for branch, _ in plan.changed], names, by=by, batch=batch)
    for size in plan.sizes:
        size.branch = size.branch  # it has its key now
    create_rows(plan.sizes, by=by, batch=batch)
    change_rows(plan.restated, sorted(OF_SIZE.values()), by=by, batch=batch)
