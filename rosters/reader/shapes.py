"""Sheets that are no rows below a header, made such: labels down the first column with a column for each person, and forms
of labels with their values beside them, a form for each person. Which of them a sheet is, is told by where the values stand:
below the labels, or to their right."""

from collections import Counter
from dataclasses import dataclass

from rosters.child.sheet import column_letter
from rosters.cleaning import as_text, is_blank
from rosters.reader import labels
from rosters.reader.grid import Grid
from rosters.reader.words import HeaderWords
from rosters.sandbox import Sheet

TURNED, FORM = "turned", "form"


@dataclass(frozen=True)
class Turned(Sheet):
    """A sheet with its columns as rows. Above them stand the lines of its title, below them what follows: `lines` are their
    rows in the file; `top` is the row that became the first column."""

    top: int = 0
    lines: tuple = ()
    below: tuple = ()
    shape = TURNED

    def letter(self, column):
        return str(self.top + column + 1)

    def number(self, row):
        return self._line(row) + 1 if self._is_line(row) else row - len(self.lines) + 1

    def at(self, row):
        return "" if self._is_line(row) else f"{column_letter(row - len(self.lines))} 列"

    def _is_line(self, row):
        return row < len(self.lines) or row >= len(self.rows) - len(self.below)

    def _line(self, row):
        return self.lines[row] if row < len(self.lines) else self.below[row - len(self.rows)]


@dataclass(frozen=True)
class Form(Sheet):
    """One person's form: the lines above it, a row of labels, a row of values; `places` (row, column) of the values in the
    file, `first` and `last` row of the form."""

    places: tuple = ()
    lines: tuple = ()
    first: int = 0
    last: int = 0
    shape = FORM

    def letter(self, column):
        row, place = self.places[column]
        return f"{column_letter(place)}{row + 1}"

    def number(self, row):
        return (self.lines[row] if row < len(self.lines) else self.first) + 1

    def at(self, row):
        return f"{self.first + 1}–{self.last + 1} 行" if row == len(self.rows) - 1 else ""


def shaped(sheet, roster, fits):
    """[sheets with a header and rows below it]: the sheet itself, or what it is turned into."""
    if sheet.fields:
        return [sheet]
    known = labels.of(roster)
    if labels.is_list(sheet, known, fits):
        return [sheet]
    grid = Grid(sheet)
    found = labels.found(grid, known)
    beside = [label for label in found if labels.fits_beside(grid, label, fits)]
    below = sum(1 for label in found if labels.fits_below(grid, label, fits))
    if len(beside) < labels.FEWEST or len(beside) <= below:
        return [sheet]
    column = Counter(label.column for label in beside).most_common(1)[0][0]
    own = [label for label in found if label.column == column]
    second = sum(1 for label in own if labels.fits_beside(grid, label, fits, further=1))
    if second >= max(2, sum(1 for label in beside if label.column == column) // 2):
        return [_turned(grid, own)]
    return _forms(grid, beside, roster, fits)


def _turned(grid, own):
    """The sheet with the rows of its labels as columns."""
    top, bottom = own[0].row, own[-1].row
    column = own[0].column
    while top and _is_row_of_values(grid, top - 1, column):
        top -= 1
    while bottom + 1 < grid.height and _is_row_of_values(grid, bottom + 1, column):
        bottom += 1
    lines = tuple(row for row in range(top) if grid.filled[row])
    below = tuple(row for row in range(bottom + 1, grid.height) if grid.filled[row])
    block = [[grid.raw(row, column) for row in range(top, bottom + 1)] for column in range(grid.width)]
    shift = len(lines)
    return Turned(
        name=grid.sheet.name,
        rows=[*(_texts(grid, row) for row in lines), *block, *(_texts(grid, row) for row in below)],
        merges=[
            (left + shift, first - top, right + shift, min(last, bottom) - top)
            for first, left, last, right in grid.sheet.merges
            if top <= first <= bottom
        ],
        hidden_columns=frozenset(row - top for row in grid.sheet.hidden_rows if top <= row <= bottom),
        hidden_rows=frozenset(column + shift for column in grid.sheet.hidden_columns),
        top=top,
        lines=lines,
        below=below,
    )


def _is_row_of_values(grid, row, column):
    """A label that nobody knows, with several values to its right."""
    return isinstance(grid.raw(row, column), str) and sum(1 for place, _ in grid.filled[row] if place > column) > 1


def _texts(grid, row):
    return [cell for _, cell in grid.filled[row]]


def _forms(grid, beside, roster, fits):
    """A sheet for each form, which begins where the label of its person's name does."""
    starts = _starts(grid, roster, fits) or beside[:1]
    lefts = sorted({label.column for label in starts if label.row == starts[0].row})
    tops = sorted({label.row for label in starts})
    firsts = [_first(grid, top, before) for top, before in zip(tops, [0, *tops[:-1]], strict=True)]
    words = HeaderWords(roster)
    forms = []
    for top, first, end in zip(tops, firsts, [*firsts[1:], grid.height], strict=True):
        for number, left in enumerate(lefts):
            right = lefts[number + 1] if number + 1 < len(lefts) else grid.width
            area = range(min(top, first), end), range(left if number else 0, right)
            if form := _form(grid, area, words):
                forms.append(form)
    return forms or [grid.sheet]


def _starts(grid, roster, fits):
    """The labels of a person's (or a village's) name with one beside them, of all forms of a sheet."""
    names = labels.found(grid, labels.names(roster), grid.height)
    known = labels.of(roster)
    starts = [label for label in names if labels.has_room_beside(grid, label, known)]
    return starts if any(labels.fits_beside(grid, label, fits) for label in starts) else []


def _first(grid, top, floor):
    """The row after the last empty one above a form: its title stands there."""
    row = top
    while row > floor and grid.filled[row - 1]:
        row -= 1
    return row if row > floor or not floor else top


def _form(grid, area, words):
    pairs = labels.pairs(grid, *area, words)
    if not any(not is_blank(grid.raw(*place)) for _, place in pairs):
        return None
    rows = [row for row, _ in (place for _, place in pairs)]
    lines = tuple(row for row in range(area[0].start, rows[0]) if grid.filled[row])
    values = [grid.raw(*place) for _, place in pairs]
    return Form(
        name=grid.sheet.name,
        rows=[*([" ".join(map(as_text, _texts(grid, row)))] for row in lines), [text for text, _ in pairs], values],
        places=tuple(place for _, place in pairs),
        lines=lines,
        first=rows[0],
        last=rows[-1],
    )
