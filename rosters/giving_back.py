"""The clerk's own workbook back: what was corrected in its cells, what is wrong at its cells and in a column of its own."""

from rosters import marks, spec
from rosters.child.sheet import column_letter, spot
from rosters.cleaning import as_text
from rosters.limits import Limits, Refused
from rosters.ours import elsewhere
from rosters.sandbox import mark_cells

# Writing takes longer than reading, and what was read once is no bomb.
LIMITS = Limits(cpu_seconds=40, wall_seconds=50)
LEVELS = ("error", "warn")
# Over how many rows and columns a merged cell may reach that is one person's own, 0 for any number.
OWN = {"turned": [0, 1], "form": [0, 0], "paired": [2, 0]}


def marked(kept):
    """The .xlsx file of an upload that still has its content. Raises Refused when it takes too long or too much memory."""
    asked = {"rebuild": False, "mark": marks.signed(upload=kept.pk), "sheets": _sheets(kept)}
    content = bytes(kept.content)
    try:
        return mark_cells(content, asked, LIMITS)
    except Refused as refused:
        if refused.code == "timeout":
            raise
    # An .xlsx that openpyxl cannot open: made anew from what was read, like any other format.
    return mark_cells(content, {**asked, "rebuild": True}, LIMITS)


def _sheets(kept):
    roster = spec.get(kept.kind)
    tables = kept.tables.get("tables", [])
    sheets = {table["sheet"]: _empty(table["sheet"]) for table in tables}
    for table in tables:
        if table["last_data_row"] is not None and not table.get("shape"):
            header = table["header_rows"][-1] if table["header_rows"] else table["first_data_row"] - 1
            sheets[table["sheet"]]["tables"].append([header, table["last_data_row"]])
    for row in kept.rows.order_by("order"):
        table = _table_of(tables, row)
        if table is not None:
            _describe(_Places(sheets, table["sheet"], row), _Columns(roster, table), row)
    return [
        sheet | {"lines": [[row, "；".join(words)] for row, words in sheet["lines"].items()]}
        for sheet in sheets.values()
    ]


def _empty(name):
    return {"name": name, "tables": [], "cells": [], "texts": [], "lines": {}}


def _table_of(tables, row):
    return next((table for table in tables if row.lies_in(table)), None)


class _Columns:
    """Where a field stands in a table, and how it is called."""

    def __init__(self, roster, table):
        self.shape = table.get("shape")
        self.heads = table.get("heads", {})
        self.letters = {**table["columns"], **table.get("compared", {})}
        self.labels = {column.target: column.label for column in reversed(roster.columns)}

    @property
    def instead(self):
        """Where that stands which has no cell of its own: at the name, where there is no column beside the rows for it."""
        return [self.letters["name"]] if self.shape and "name" in self.letters else []

    def of(self, field, typed):
        """The letters of a field's columns: of those parts (党组织职务, ticks) that the row has filled, if any."""
        parts = [name for name in self.letters if name == field or name.startswith(f"{field}.")]
        filled = [name for name in parts if as_text(typed.get(name)).strip()]
        return sorted((self.letters[name] for name in filled or parts), key=lambda letter: (len(letter), letter))


class _Places:
    """Where the cells of a row stand: on which sheet, and in which of its rows."""

    def __init__(self, sheets, name, row):
        self.sheets, self.row = sheets, row
        self.sheet = sheets[name]

    def add(self, kind, place, *more):
        """Put what is asked for a place into the list `kind` of its sheet."""
        sheet, number = self.sheet, self.row.excel_row
        place, _, part = place.partition("/")
        if part:
            name, number = self.row.above["further"][int(part) - 2]
            sheet = self.sheets.setdefault(name, _empty(name))
        sheet[kind].append([*cell_at(place, number), *more])


def _describe(at, columns, row):
    words = []
    for problem in row.problems:
        if problem["level"] not in LEVELS:
            continue
        label = columns.labels.get(problem["field"], "")
        places = columns.of(problem["field"], row.typed or {})
        for place in places or columns.instead:
            at.add("cells", place, problem["level"], problem["message"])
        where = f"{spot(places[0])} {label}" if places else label
        words.append(f"{where}：{problem['message']}" if where else problem["message"])
    if words and not columns.shape:
        at.sheet["lines"].setdefault(row.excel_row, []).extend(words)
    for field, text in (row.corrections or {}).items():
        _put(at, columns, row, field, text)


def _put(at, columns, row, field, text):
    """A correction for its cell; where the sheet has none for it, said at the name."""
    label, place = columns.labels.get(field, field), columns.letters.get(field, "")
    if not place and columns.shape:
        for instead in columns.instead:
            at.add("cells", instead, "warn", elsewhere(label, text))
        return
    head, typed = columns.heads.get(place), as_text((row.typed or {}).get(field))
    within = [head, typed] if head else None
    at.add("texts", place, label, text, within, OWN.get(columns.shape, [1, 0]))


def cell_at(place, number):
    """(row, letter) in the file: of a column (C) in the row `number`, of a row (3) in the column `number`, of a cell (C3) or of
    a value in it (C3#2), of a column in the row after (C+1)."""
    place = place.partition("#")[0]
    place, _, further = place.partition("+")
    number += int(further or 0)
    letters = place.rstrip("0123456789")
    digits = place[len(letters) :]
    return (int(digits) if digits else number), (letters or (column_letter(number - 1) if digits else ""))
