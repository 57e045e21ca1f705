"""What the mapping page draws: the sheet as it is, above each column the field it is read as, and what is to be asked."""

import re
from dataclasses import dataclass, field

from core.identity import mask_id, mask_phone, mask_text
from rosters import spec
from rosters.child.sheet import spot
from rosters.cleaning import as_text
from rosters.importer.taking import context_of
from rosters.reader.grid import Grid
from rosters.reading import Collected

ROWS_SHOWN, ROWS_ABOVE, LONGEST_CELL = 15, 8, 40
JOINTS = re.compile(r"[\s\-]")
PERSONAL = {"id_number": mask_id, "phone": mask_phone}
NOT_READ = "没有用到"
NOT_THIS = "-"  # what the form says for a column that is not read


@dataclass
class Choice:
    """One column: what it is read as and why; `asked` when it is a question, `likely` the fields it could be."""

    letter: str
    name: str  # of the form's field
    chosen: str  # a field, NOT_THIS, or "" where the clerk is still to choose
    why: str
    asked: bool
    likely: list = field(default_factory=list)

    @property
    def spot(self):
        return spot(self.letter)


@dataclass
class Drawn:
    """One cell: what the clerk sees, and over how many columns and rows it is merged."""

    text: str
    across: int = 1
    down: int = 1


@dataclass
class Line:
    """One row of the sheet; `part` is title, header or data."""

    number: str
    part: str
    cells: list


@dataclass
class Layout:
    """One layout of the file: where it stands, its columns, the first of its rows as they are."""

    fingerprint: str
    sheet: str | None
    others: int  # further tables with the same headers
    choices: list
    lines: list

    @property
    def questions(self):
        return [choice for choice in self.choices if choice.asked]


def layouts(kept, workbook, chosen=None):
    """[Layout] of an upload, each once. `chosen` {name of the form's field: field} is what was typed and not yet taken."""
    found = {}
    for table in kept.tables.get("tables", ()):
        found.setdefault(table["layout"], []).append(table)
    grids = _grids(kept, workbook)
    return [_layout(tables, _grid_of(tables[0], grids), chosen or {}) for tables in found.values()]


def _grids(kept, workbook):
    """The sheets as they were read: those that are no lists were made such first."""
    if not any(table.get("shape") for table in kept.tables.get("tables", ())):
        return [Grid(sheet) for sheet in workbook.sheets]
    context = context_of(kept.division, kept.as_of)
    return [grid for grid, _, _ in Collected(spec.get(kept.kind), workbook, context).sheets]


def _grid_of(table, grids):
    named = [grid for grid in grids if grid.sheet.name == table["sheet"]]
    return next((grid for grid in named if set(table["names"]) <= set(_columns(grid))), named[0])


def _columns(grid):
    return {grid.sheet.letter(column): column for column in grid.columns}


def _layout(tables, grid, chosen):
    table = tables[0]
    choices = [_choice(table, letter, chosen) for letter in table["names"]]
    fields = {choice.letter: choice.chosen for choice in choices}
    return Layout(table["layout"], table["sheet"], len(tables) - 1, choices, _lines(table, grid, fields))


def form_name(layout, letter):
    return f"c-{layout}-{letter}"


def read_as(table):
    """{letter: field} of a table as it was understood."""
    return {letter: name for name, letter in {**table["columns"], **table.get("compared", {})}.items()}


def _choice(table, letter, chosen):
    name = form_name(table["layout"], letter)
    doubt = next((found for found in table["doubts"] if found["letter"] == letter), None)
    why = doubt["why"] if doubt else table["reasons"].get(letter, NOT_READ)
    field_name = chosen.get(name, read_as(table).get(letter, "" if doubt else NOT_THIS))
    return Choice(letter, name, field_name, why, doubt is not None, doubt["fields"] if doubt else [])


def _lines(table, grid, fields):
    letters = _columns(grid)
    columns = [letters[letter] for letter in fields if letter in letters]
    header = [number - 1 for number in table["header_rows"]] or [(table["first_data_row"] or 1) - 2]
    first = 0 if header[0] <= ROWS_ABOVE else header[0] - ROWS_ABOVE
    rows = range(first, min(grid.height, max(first + ROWS_SHOWN, header[-1] + 5)))
    masks = {letters[letter]: PERSONAL.get(name) for letter, name in fields.items() if letter in letters}
    window = _Window(grid, rows, columns, masks, below=header[-1])
    return [Line(grid.sheet.at(row) or str(row + 1), _part(row, header), window.cells(row)) for row in rows]


def _part(row, header):
    return "title" if row < header[0] else "header" if row <= header[-1] else "data"


class _Window:
    """The part of a sheet that is drawn, with its merges cut to it."""

    def __init__(self, grid, rows, columns, masks, below):
        self.grid, self.rows, self.columns, self.masks, self.below = grid, rows, columns, masks, below

    def cells(self, row):
        found = []
        for column in self.columns:
            top, left, bottom, right = self.grid.area(row, column)
            shown = [place for place in self.columns if left <= place <= right]
            if (row, column) == (max(top, self.rows.start), shown[0]):
                height = min(bottom, self.rows.stop - 1) - row + 1
                found.append(Drawn(self._text(top, left), len(shown), height))
        return found

    def _text(self, row, column):
        text = as_text(self.grid.raw(row, column)).strip()
        bare = JOINTS.sub("", text)
        mask = self.masks.get(column)
        if mask and row > self.below and text:
            return mask(bare)
        text = mask_text(text) if mask_text(bare) == bare else mask_text(bare)
        return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def options(roster):
    """[(field, label)] of what a column may be read as, in the office's order."""
    labels = {column.field: _label(column) for column in roster.columns}
    return [(name, labels[name]) for name in roster.in_order(labels)]


def _label(column):
    if column.compared_only:
        return f"{column.label}（只比对）"
    return f"{column.label}（打√的列）" if column.kind.name == "tick" else column.label


def _spots(letters):
    """E、F 列; cells and the like each by its own name."""
    return f"{'、'.join(letters)} 列" if all(map(str.isalpha, letters)) else "、".join(map(spot, letters))


def still_open(roster, layout, chosen):
    """What is to be chosen before the file can be read: every column asked about, and each field once."""
    letters = {}
    for choice in layout.choices:
        letters.setdefault(chosen.get(choice.name, choice.chosen), []).append(choice.letter)
    found = [f"请先给 {_spots(letters.pop(''))}选一项，用不到就选“不读这一列”。"] if "" in letters else []
    letters.pop(NOT_THIS, None)
    twice = [(roster.column(name), where) for name, where in letters.items() if where[1:]]
    return found + [
        f"“{column.label}”选了 {_spots(where)}，请只留一列，其余选“不读这一列”。" for column, where in twice if column
    ]
