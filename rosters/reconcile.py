"""核对: a file of another office against the ledger, cell by cell, with the reason of a difference; nothing is written.

A row's `content`: {name, id_number, township, village, place (sheet and row of the file), cells: [{field, theirs, ours,
level (differs, blank, precision), why}], facts: [[label, text]] of who is on one side only}."""

from collections import Counter

from django.db import transaction

from core import audit
from core.scope import inside, scope_code
from rosters import spec
from rosters.checking import PLACE_FIELDS, check_rows, row_name
from rosters.cleaning import as_text
from rosters.importer.taking import context_of, county_of, short_name
from rosters.models import ReconciledRow, Reconciliation
from rosters.pairing import pairs
from rosters.reading import read

State = ReconciledRow.State
BLANK = (None, "", [])
SHOWN = {"township", "village", "name", "id_number", "phone"}  # in columns of their own, or personal
MOST_FACTS = 3
NO_SAME_PERSON = "姓名和村相同，身份证号不同：可能有一方写错，也可能是重名的另一个人"


def kinds(user):
    """The kinds that `user` can compare: those that the ledger can list."""
    return [roster for roster in spec.importable(user) if roster.export]


def reconcile(*, by, kind, filename, content, as_of, target_id=None):
    """Compare a file with the ledger as it stood on `as_of`, about the target where the kind has one. Returns the Reconciliation; raises Refused."""
    county_of(by, kind)
    roster, code, context = spec.get(kind), scope_code(by), context_of(by.division, as_of)
    reading = read(roster, content, filename, context)
    theirs = [row for row in reading.rows if _is_ours_to_see(row, code)]
    exported = roster.rows_to_export(code, as_of, target_id)
    fields = {name for row in theirs for name in row.values} - _untold_places(theirs)
    ours = check_rows(roster, [_raw(roster, row, fields, as_of) for row in exported], context)
    ours, only = _of_their_township(theirs, ours)
    known = {name for row in ours for name in row.values} - _untold_places(theirs) if ours else fields
    rows = [_row(roster, pair, known) for pair in pairs(theirs, ours)]
    told = [*only, *_told(roster, reading, fields, known, len(reading.rows) - len(theirs))]
    if roster.target:
        told.insert(0, f"比对的{roster.target.label}：{roster.target_text(target_id)}")
    return _keep(rows, by=by, kind=kind, filename=short_name(filename), as_of=as_of, told=told)


def _is_ours_to_see(row, code):
    """Rows of other offices are not compared; where none is told, the row may be anybody's."""
    place = row.village_code or row.township_code
    return place is None or inside(place, code) or inside(code, place)


def _untold_places(theirs):
    """The fields of place that the file has nothing of: no column, no heading, no title."""
    return {name for name in PLACE_FIELDS if not any(row.values.get(name) or row.typed.get(name) for row in theirs)}


def _of_their_township(theirs, ours):
    """(our rows of the township that all of theirs are of, the sentences that say so); all of ours where they name several
    or none."""
    townships = {row.values.get("township") for row in theirs}
    if len(townships) != 1 or None in townships:
        return ours, []
    township = townships.pop()
    elsewhere = sum(1 for row in ours if row.values.get("township") != township)
    if not elsewhere:
        return ours, []
    here = [row for row in ours if row.values.get("township") == township]
    return here, [f"表上只有{township}，别的乡镇系统里有 {elsewhere} 行，没有列出"]


def _raw(roster, row, fields, on):
    """An exported row as the validator takes it, with what is derived for columns that only the file has."""
    known = {column.field: row[column.field] for column in roster.columns if column.field in row}
    for column in roster.columns:
        if column.field in fields and column.field not in known and column.derive:
            known[column.field] = column.derive(row, on)
    return known


@transaction.atomic
def _keep(rows, *, told, **about):
    counts = Counter(state.value for state, _ in rows)
    kept = Reconciliation.objects.create(division_id=about["by"].division_id, counts=counts, told=told, **about)
    ReconciledRow.objects.bulk_create(
        [
            ReconciledRow(reconciliation=kept, order=order, state=state, content=content)
            for order, (state, content) in enumerate(rows)
        ],
        batch_size=1000,
    )
    audit.record(by=about["by"], verb="upload", obj=kept, after=dict(counts))
    return kept


def _row(roster, pair, known):
    """(state, content) of a pair."""
    shown = pair.theirs or pair.ours
    place = f"{pair.theirs.sheet or ''} {row_name(pair.theirs)}".strip() if pair.theirs else ""
    content = {
        "name": shown.values.get("name") or "",
        "id_number": shown.values.get("id_number") or "",
        "township": shown.values.get("township") or (pair.ours.values.get("township") if pair.ours else "") or "",
        "village": shown.values.get("village") or (pair.ours.values.get("village") if pair.ours else "") or "",
        "place": place,
        "cells": [],
    }
    if pair.ours is None or pair.theirs is None:
        content["facts"] = _facts(roster, shown)
        return (State.THEIRS if pair.theirs else State.OURS), content
    content["cells"] = cells = list(_cells(roster, pair, known))
    levels = {cell["level"] for cell in cells}
    return (State.DIFFERENT if "differs" in levels else State.MINOR if levels else State.SAME), content


def _facts(roster, row):
    """[[label, text]] of what tells a person that only one side has from others of that name."""
    labels = {column.target: column.label for column in reversed(roster.columns)}
    told = [(labels[name], _text(roster, row, name)) for name in roster.leading if name not in SHOWN and name in labels]
    return [[label, text] for label, text in told if text][:MOST_FACTS]


def _cells(roster, pair, known):
    """What differs between the two rows of a pair in the fields that are `known` of somebody here, in the roster's order."""
    theirs, ours = pair.theirs.values, pair.ours.values
    for field in roster.in_order({name for name in theirs if name in known}, roster.leading):
        mine, other = theirs[field], ours.get(field)
        if mine == other or (mine in BLANK and other in BLANK) or _same_set(mine, other):
            continue
        level, why = _judge(roster, field, pair)
        yield {
            "field": field,
            "theirs": _text(roster, pair.theirs, field),
            "ours": _text(roster, pair.ours, field),
            "level": level,
            "why": why,
        }


def _same_set(mine, other):
    return isinstance(mine, list) and isinstance(other, list) and set(mine) == set(other)


def _judge(roster, field, pair):
    """(level, the reason in words) of one cell."""
    theirs, ours = pair.theirs.values, pair.ours.values
    mine, other = theirs[field], ours.get(field)
    if mine in BLANK or other in BLANK:
        unread = mine in BLANK and any(problem.field == field for problem in pair.theirs.problems)
        if unread:
            return "differs", "对方这一格看不懂，没有比"
        return "blank", "对方没有填" if mine in BLANK else "系统里没有"
    kind = next((column.kind.name for column in roster.columns if column.target == field), "")
    if kind == "date" and (mine.startswith(other) or other.startswith(mine)):
        return "precision", "一方只写到月"
    if roster.explain and (why := roster.explain(field, theirs, ours)):
        return "differs", why
    return "differs", _plain_reason(field, kind, mine, other, pair)


def _plain_reason(field, kind, mine, other, pair):
    if field == "id_number":
        return NO_SAME_PERSON if pair.by_name and len(mine) == len(other) else "号码不同，请对照身份证"
    if kind == "date":
        return f"相差 {_months(mine, other)} 个月" if _months(mine, other) else "日不同"
    if field == "name":
        near = len(mine) == len(other) and sum(a != b for a, b in zip(mine, other, strict=True)) == 1
        return "一字不同，可能是同音字或异体字" if near else "同一身份证号，姓名不同，可能改名或写错"
    if field in ("village", "township"):
        return "对方所列的村与任职的村不同，可能已调动"
    return "内容不同"


def _months(mine, other):
    (year, month), (before, earlier) = (map(int, text.split("-")[:2]) for text in (mine, other))
    return abs((year - before) * 12 + month - earlier)


def _text(roster, row, field):
    """A field as it stood in the file, or in our export; of several columns all that were filled."""
    if field == "id_number":
        return row.values.get(field) or ""
    if typed := row.typed.get(field):
        return " ".join(as_text(typed).split())
    parts = []
    for column in roster.columns:
        text = row.typed.get(column.field) or ""
        if column.target == field and column.field != field and text.strip():
            parts.append(column.label if column.kind.name == "tick" else " ".join(text.split()))
    value = row.values.get(field)
    return "、".join(parts) or (value if isinstance(value, str) else "")


def _told(roster, reading, fields, known, elsewhere):
    """What was compared and what was not, as sentences."""
    labels = {column.target: column.label for column in reversed(roster.columns)}
    compared = roster.in_order(fields & known, roster.leading)
    told = [f"比对的栏目：{'、'.join(labels.get(name, name) for name in compared)}"] if compared else []
    if left := roster.in_order(fields - known):
        told.append(f"系统没有、因而没有比的栏目：{'、'.join(labels.get(name, name) for name in left)}")
    unused = [header for table in reading.tables for _, header in table.unmapped if header]
    if unused:
        told.append(f"没有用到的列：{'、'.join(dict.fromkeys(unused))}")
    if elsewhere:
        told.append(f"{elsewhere} 行不属本单位，没有比")
    if wrong := sum(1 for row in reading.rows if row.outcome == "error"):
        told.append(f"对方的表有 {wrong} 行自身有问题（如身份证号不对），也参加了比对")
    return [*told, *reading.notes]


def purge(on):
    """Let go of comparisons whose day has come. Returns how many rows and comparisons went."""
    return Reconciliation.objects.filter(expires_at__lt=on).delete()[0]
