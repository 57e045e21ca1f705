"""Labels wherever they stand on a sheet, and whether what stands beside or below them is what they ask for."""

from dataclasses import dataclass
from functools import lru_cache

from rosters.cleaning import as_text, is_blank
from rosters.reader.inline import parts_of
from rosters.reader.words import FOREIGN, NOT_IMPORTED, TICKED, header_key

ROWS, COLUMNS = 60, 40  # of a sheet that are looked at
LONGEST = 24
WHO = ("name", "village")
FEWEST = 3  # values beside their labels, before a sheet is no list
ENOUGH = 4  # labels in a row with their values below: a list
DOWN = 3  # rows below a label in which its first value may stand: a line of numbers or of instructions comes before it


@dataclass(frozen=True)
class Label:
    """A known label in a cell, and the roster's column that it names, None for one that is not imported; `value` where
    that stands in the same cell."""

    row: int
    column: int
    key: str
    named: object
    value: str | None = None


def of(roster):
    """{key: column, or None} of all labels that a roster knows."""
    known = dict.fromkeys(NOT_IMPORTED)
    for column in reversed(roster.columns):
        if column.by_values and column.kind.name in TICKED:
            continue
        known.update(dict.fromkeys(column.spellings, column))
        for key in column.unsure:
            known.setdefault(key, column)
    return known


def names(roster):
    """{key: column} of the labels of who or what a form is about."""
    columns = [column for name in WHO if (column := roster.column(name))][:1]
    return {key: column for column in columns for key in column.spellings}


def is_list(sheet, known, fits):
    """True as soon as a row of labels is found with their values below it, before any that has them beside it: nearly
    every sheet, told by its first few rows."""
    beside = 0
    for row, cells in enumerate(sheet.rows[:ROWS]):
        found = [(place, column) for place, column in _labels(cells, known) if column]
        beside += sum(1 for place, column in found if fits_cell(fits, column, _next(cells, place)))
        for cell in cells[:COLUMNS]:
            if type(cell) is str and ("：" in cell or ":" in cell):
                beside += sum(1 for part in parts_of(cell, known) if _part_fits(part, known, fits))
        if beside >= FEWEST:
            return False
        if len(found) >= ENOUGH:
            below = sheet.rows[row + 1 : row + 1 + DOWN]
            fitting = sum(
                any(place < len(line) and fits_cell(fits, column, line[place]) for line in below)
                for place, column in found
            )
            if fitting >= ENOUGH // 2:
                return True
    return False


def _part_fits(part, known, fits):
    column = known.get(part.key)
    return column is not None and fits_cell(fits, column, part.value)


def _next(cells, place):
    """The next cell to the right that is not empty."""
    return next((cell for cell in cells[place + 1 :] if cell is not None), None)


def _labels(cells, known):
    for place, cell in enumerate(cells[:COLUMNS]):
        key = key_of(cell)
        if key and key in known:
            yield place, known[key]


def key_of(cell):
    """The key of a cell that could be a label; None for numbers and long texts."""
    if type(cell) is not str or len(cell) > LONGEST or cell[-1:].isdigit() or cell[:1].isdigit():
        return None
    return _key(cell)


_key = lru_cache(maxsize=4096)(header_key)  # all kinds of rosters look at the same cells


def found(grid, known, rows=ROWS):
    """[Label] of a sheet, from the top down."""
    labels = []
    for row in range(min(grid.height, rows)):
        for column, cell in grid.filled[row]:
            if column >= COLUMNS:
                break
            key = key_of(cell)
            if key and key in known:
                labels.append(Label(row, column, key, known[key]))
            elif type(cell) is str and ("：" in cell or ":" in cell):
                parts = (part for part in parts_of(cell, known) if part.key)
                labels += [Label(row, column, part.key, known[part.key], part.value) for part in parts]
    return labels


def head_a_list(grid, found, fits):
    """A row of labels with their values below it, which is not about other people (家庭成员), stands among the labels."""
    rows = {}
    for label in found:
        if label.value is None:
            rows.setdefault(label.row, []).append(label)
    return any(
        sum(fits_below(grid, label, fits) for label in own) > 1
        and not any(FOREIGN.search(key_of(cell) or "") for _, cell in grid.filled[row])
        for row, own in rows.items()
        if len(own) > 1
    )


def fits_beside(grid, label, fits, further=0):
    """The cell to the right of a label (`further` cells beyond), or what stands in its own, is what it asks for."""
    if label.value is not None:
        return not further and label.named is not None and fits_cell(fits, label.named, label.value)
    column = label.column + grid.across(label.row, label.column)
    for _ in range(further):
        column += grid.across(label.row, column)
    return label.named is not None and column < grid.width and fits_cell(fits, label.named, grid.raw(label.row, column))


def has_room_beside(grid, label, known):
    """A place for its value stands to the right of a label, filled or not; no further label, as in a header."""
    if label.value is not None:
        return True
    column = label.column + grid.across(label.row, label.column)
    return column < grid.width and key_of(grid.raw(label.row, column)) not in known


def fits_below(grid, label, fits):
    if label.named is None or label.value is not None:
        return False
    first = grid.bottom(label.row, label.column) + 1
    return any(
        fits_cell(fits, label.named, grid.raw(row, label.column))
        for row in range(first, min(first + DOWN, grid.height))
    )


def is_told(column):
    """A cell tells whether it is one of the column: one that takes any text tells nothing."""
    return column.kind.looks is not None or column.field in ("village", "township")


def fits_cell(fits, column, cell):
    return is_told(column) and not is_blank(cell) and fits(column, as_text(cell))
