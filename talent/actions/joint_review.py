"""Writes about the joint review (县级联审): departments and items of a round, results, and what they block."""

import dataclasses
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction

from core.periods import dated_by
from core.writes import change_rows, create_rows, delete_rows
from talent.models import Candidate, ElectionRound, JointReviewDepartment, JointReviewItem, JointReviewMark, Person

Result = JointReviewMark.Result
Status = Candidate.Status
OUT = "县级联审否决："
FIELDS = ("result", "reason", "document_no", "decided_on", "reviewer")


@transaction.atomic
def set_up_review(held, pairs, *, by, batch=None):
    """Make the round's departments and items those of `pairs` (department, item); what has results cannot go."""
    held.refuse_closed()
    wanted = list(dict.fromkeys(pairs))
    kept = {row.name: row for row in held.departments.order_by("pk")}
    new = [JointReviewDepartment(round=held, name=name) for name in dict.fromkeys(name for name, _ in wanted)]
    created = create_rows([row for row in new if row.name not in kept], by=by, batch=batch)
    kept |= {row.name: row for row in created}
    items = JointReviewItem.objects.filter(department__round=held).select_related("department")
    known = {(row.department.name, row.title): row for row in items.order_by("pk")}
    _drop([row for pair, row in known.items() if pair not in set(wanted)], by)
    missing = [pair for pair in wanted if pair not in known]
    items = [JointReviewItem(department=kept[name], title=title) for name, title in missing]
    create_rows(items, by=by, batch=batch)
    names = {name for name, _ in wanted}
    delete_rows([row for name, row in kept.items() if name not in names], by=by)


def _drop(items, by):
    used = JointReviewMark.objects.filter(item__in=items).select_related("item__department").order_by("pk").first()
    if used is not None:
        raise ValidationError(f"“{used.item}”已有联审结论，不能删除。")
    delete_rows(items, by=by)


def give_columns(departments, *, by):
    """Save which account fills in the column of each department."""
    for held in ElectionRound.objects.filter(departments__in=departments).distinct().order_by("pk"):
        held.refuse_closed()
    for row in departments:
        row.clean()
    return change_rows(departments, ["account"], by=by)


@dataclasses.dataclass(frozen=True)
class Written:
    """What a set of results did: how many were written, and who fell by them (people's names)."""

    marks: int
    fallen: list


@transaction.atomic
def record_marks(held, marks, *, by, batch=None):
    """Write unsaved results of one round, new ones and ones that replace an earlier result of the same person and item.

    Whoever gets a 有 is blocked, a formal candidate at once struck off; a 有 taken back unblocks. Refused for
    somebody already recorded as elected. Returns Written."""
    held.refuse_closed()
    for row in marks:
        if row.result == Result.FOUND and not row.reason:
            raise ValidationError(f"{row.person}的结论为“有”，请写明具体情况。")
    people = {row.person_id for row in marks}
    keep_apart(people)
    kept = {
        (row.item_id, row.person_id): row
        for row in JointReviewMark.objects.filter(item__department__round=held, person_id__in=people).order_by("pk")
    }
    new, changed = [], []
    for row in marks:
        known = kept.get((row.item_id, row.person_id))
        if known is None:
            new.append(row)
            continue
        for name in FIELDS:
            setattr(known, name, getattr(row, name))
        changed.append(known)
    written = create_rows(new, by=by, batch=batch) + change_rows(changed, list(FIELDS), by=by, batch=batch)
    return Written(len(written), refresh_blocks(held, people, by=by, batch=batch))


def keep_apart(people):
    """From here to the end of the transaction nobody else writes a result or a candidacy of these people: a candidacy that
    comes at the same moment as a 有 is blocked by it, whichever is first."""
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))


def blocks(held, people, on=None):
    """{person's key: why} of those of `people` about whom the round's joint review says 有, by documents of `on` or earlier
    where a day is asked for."""
    found = JointReviewMark.objects.filter(item__department__round=held, person_id__in=people, result=Result.FOUND)
    found = found.filter(dated_by(on, "decided_on")) if on else found
    told = defaultdict(list)
    for row in found.select_related("item__department").order_by("item_id", "pk"):
        number = f"（{row.document_no}）" if row.document_no else ""
        told[row.person_id].append(f"{row.item.department.name}：{row.item.title}，{row.reason}{number}")
    return {person: "；".join(lines) for person, lines in told.items()}


def refresh_blocks(held, people, *, by, batch=None):
    """Bring the candidates of `people` in line with the results; returns the names of formal candidates who fell."""
    told = blocks(held, people)
    rows = list(
        Candidate.objects.select_for_update(of=("self",))
        .filter(round=held, person_id__in=people)
        .select_related("person", "village", "round")
        .order_by("pk")
    )
    won = next((row for row in rows if row.status == Status.ELECTED and told.get(row.person_id)), None)
    if won is not None:
        raise ValidationError(
            f"{won.person}已登记当选，不能再记“有”的结论。请先按程序办理罢免或免职，在“任职”里登记离任。"
        )
    fallen = []
    for row in rows:
        row.blocked_reason = told.get(row.person_id, "")
        if row.blocked_reason and row.status == Status.FORMAL:
            row.status, row.out_reason = Status.DISQUALIFIED, (OUT + row.blocked_reason)[:200]
            fallen.append(row.person.name)
    change_rows(rows, ["blocked_reason", "status", "out_reason"], by=by, batch=batch)
    return sorted(set(fallen))
