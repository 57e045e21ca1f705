"""Checking stored rows again with what was corrected: the reading's second half and the comparison, without the file."""

import json
from dataclasses import dataclass

from django.db import connection, transaction

from core import audit
from rosters import spec
from rosters.checking import Checker, RowPlace
from rosters.child.values import clean_text
from rosters.cleaning import as_text
from rosters.importer.committing import NotNow
from rosters.importer.reviewing import ensure_not_the_townships, is_the_townships
from rosters.importer.taking import context_of
from rosters.importer.verdicts import READING, as_json, counts, fingerprint, rows_to_compare, scope_of, take_verdicts
from rosters.models import Upload, UploadRow

LONGEST = 1000
# What a check may change, with the type that PostgreSQL keeps it in.
RENEWED = {
    "village_code": "text", "outcome": "text", "change": "text", "values": "text", "corrections": "text", "diff": "text",
    "problems": "jsonb",
}  # fmt: skip


@dataclass(frozen=True)
class Rechecked:
    """The upload as it is now, and the orders of the rows that look different from before."""

    upload: Upload
    changed: tuple[int, ...]


def can_correct(upload, by):
    """True while nothing is written or under review, the roster is for `by` to correct, and the rows hold what a check needs."""
    tables = upload.tables.get("tables", ())
    mine = upload.is_editable and not is_the_townships(upload, by)
    return mine and all("hints" in table for table in tables)


@transaction.atomic
def recheck(upload, corrections, *, by):
    """Keep `corrections` {order: {field: text, None takes back}} and check the whole upload again: every row by itself,
    against the others and against the database. A field is a column's target (posts, not posts.party). What the file
    itself says is no correction. Returns Rechecked; raises NotNow when it is too late, KeyError for an unknown row."""
    kept = Upload.objects.select_for_update(of=("self",)).select_related("division").defer("content").get(pk=upload.pk)
    ensure_not_the_townships(kept, by)
    if not can_correct(kept, by):
        raise NotNow("这份名册已不能在页面上更正，没有改动任何内容。请在原表里改正后重新上传。")
    stored = list(kept.rows.order_by("order"))
    before = [_shown(row) for row in stored]
    roster = spec.get(kept.kind)
    _take(roster, stored, corrections)
    _check(roster, kept, stored)
    changed = [row for row, was in zip(stored, before, strict=True) if _shown(row) != was]
    _store(changed)
    kept.counts, kept.fingerprint = counts(stored), fingerprint(stored)
    kept.save(update_fields=["counts", "fingerprint"])
    _record(roster, kept, stored, corrections, by)
    return Rechecked(kept, tuple(row.order for row in changed))


def _shown(row):
    return [row.values, row.village_code, row.outcome, row.change, row.problems, row.diff, dict(row.corrections or {})]


def _take(roster, stored, corrections):
    rows = {row.order: row for row in stored}
    targets = {column.target for column in roster.columns if not column.compared_only}
    for order, texts in corrections.items():
        row = rows[order]
        kept = dict(row.corrections or {})
        for field, text in texts.items():
            if field not in targets:
                raise KeyError(field)
            text = text if text is None else (clean_text(text) or "")[:LONGEST].strip()
            if text is None or text == as_text((row.typed or {}).get(field)).strip():
                kept.pop(field, None)
            else:
                kept[field] = text
        row.corrections = kept or None


def _check(roster, kept, stored):
    """The one validator over the cells as they were read, each correction in place of its cell."""
    checker = Checker(roster, context_of(kept.division, kept.as_of))
    layouts = _Layouts(roster, kept.tables.get("tables", ()))
    read = []
    for row in stored:
        cells = layouts.cells(row)
        row_place = RowPlace.in_table(roster, {column.field: raw for column, raw, _ in cells}, row.above)
        cells = [(column, raw, checker.reader(column, hint)) for column, raw, hint in cells]
        read.append(checker.row(row.sheet, row.excel_row, cells, row_place, _above(row)))
    for row, found in zip(stored, checker.finish(read), strict=True):
        row.values, row.village_code = found.values, found.village_code or ""
        row.problems = [as_json(problem, READING) for problem in (*found.problems, *found.hints)]
    take_verdicts(stored, roster.compare(rows_to_compare(stored), scope_of(kept)).verdicts)


def _above(row):
    """What stands above a row; a corrected cell is not the one above it any more."""
    marks = {name: mark for name, mark in row.above.get("ditto", {}).items() if not _is_corrected(row, name)}
    return {**row.above, "ditto": marks} if "ditto" in row.above else row.above


def _is_corrected(row, name):
    return name.partition(".")[0] in (row.corrections or {})


class _Layouts:
    """Which columns each table has, so that a row's kept cells become what the reading gave to the validator."""

    def __init__(self, roster, tables):
        self.roster = roster
        self.tables = [(table, self._columns(table)) for table in tables]

    def _columns(self, table):
        letters = {**table["columns"], **table.get("compared", {})}
        fields = sorted(letters, key=lambda field: (len(letters[field]), letters[field]))
        return [(self.roster.column(field), table["hints"].get(field, "")) for field in fields]

    def cells(self, row):
        """[(column, raw, header hint)] of a stored row, corrections in place."""
        typed, corrections = row.typed or {}, row.corrections or {}
        columns = next((columns for table, columns in self.tables if row.lies_in(table)), [])
        cells = [
            (column, typed.get(column.field), hint) for column, hint in columns if column.target not in corrections
        ]
        for field, text in corrections.items():
            instead = [(column, hint) for column, hint in columns if column.target == field]
            cells.append((self._column(field, instead), text, next((hint for _, hint in instead), "")))
        return cells

    def _column(self, field, instead):
        """The column that takes a whole field: one text stands for all its ticks and parts."""
        return self.roster.column(field) or instead[0][0]


def _store(rows):
    """Write what the check changed, with one statement for any number of rows."""
    if not rows:
        return
    columns = [[_kept(row, name, kind) for row in rows] for name, kind in RENEWED.items()]
    setting = ", ".join(f'"{name}" = found."{name}"' for name in RENEWED)
    arrays = ", ".join(f"%s::{kind}[]" for kind in RENEWED.values())
    names = ", ".join(f'"{name}"' for name in RENEWED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {UploadRow._meta.db_table} AS row SET {setting} "
            f"FROM unnest(%s::bigint[], {arrays}) AS found (id, {names}) WHERE row.id = found.id",
            [[row.pk for row in rows], *columns],
        )


def _kept(row, name, kind):
    value = getattr(row, name)
    return json.dumps(value) if kind == "jsonb" else UploadRow._meta.get_field(name).get_prep_value(value)


def _record(roster, kept, stored, corrections, by):
    """Who corrected which cells; what stood and stands in them is kept with the rows, encrypted."""
    if not corrections:
        return
    numbers = {row.order: str(row) for row in stored}
    labels = {column.target: column.label for column in reversed(roster.columns)}
    told = {numbers[order]: "、".join(labels[field] for field in texts) for order, texts in corrections.items()}
    audit.record(by=by, verb="change", obj=kept, after={"corrected": told}, batch=kept.pk)
