"""Lists in which everybody takes two rows: two rows of labels, the second of which is no finer heading of the first but a line
of other labels, and below them two rows for each person."""

from dataclasses import dataclass
from itertools import islice

from rosters.child.sheet import column_letter
from rosters.cleaning import as_text, is_blank, squeeze
from rosters.reader import frame, labels
from rosters.reader.grid import Grid
from rosters.sandbox import Sheet

PAIRED = "paired"
FEWEST = 2  # labels in either line
SAMPLED = 80  # rows of the list
LOOK = 12  # rows below the labels, one of which is a person's second
LARGEST_DOUBT = 0.2  # of the cells that would stand in the wrong line


@dataclass(frozen=True)
class Paired(Sheet):
    """A sheet with the second row of everybody to the right of the first; `lines` are the rows in the file of each row here,
    `width` is the number of its columns there."""

    lines: tuple = ()
    width: int = 0
    shape = PAIRED

    def letter(self, column):
        return column_letter(column) if column < self.width else f"{column_letter(column - self.width)}+1"

    def number(self, row):
        return self.lines[row][0] + 1

    def at(self, row):
        first, last = self.lines[row][0], self.lines[row][-1]
        return f"{first + 1}–{last + 1} 行" if first < last else ""


def joined(sheet, roster, known, fits):
    """The sheet with a row for everybody; None when it is no such list."""
    header = _header(sheet, known)
    if header is None:
        return None
    reader = _Reader(Grid(sheet), header, roster, known, fits)
    return reader.sheet() if reader.is_certain() else None


def _header(sheet, known):
    """The first of two rows of labels; None for nearly every sheet."""
    for row, cells in enumerate(sheet.rows[: labels.ROWS]):
        if _count(cells, known) >= FEWEST:
            below = sheet.rows[row + 1 : row + 2]
            if not below or _count(below[0], known) < FEWEST:
                return None
            return (
                row if any(_stands_below(cells, below[0]) for cells in sheet.rows[row + 2 : row + 2 + LOOK]) else None
            )
    return None


def _stands_below(cells, second):
    """All that a row has stands below labels of the second line."""
    places = [column for column, cell in enumerate(cells) if cell is not None]
    return bool(places) and all(column < len(second) and not is_blank(second[column]) for column in places)


def _count(cells, known):
    return sum(1 for cell in cells[: labels.COLUMNS] if labels.key_of(cell) in known)


class _Reader:
    def __init__(self, grid, header, roster, known, fits):
        self.grid, self.header, self.fits = grid, header, fits
        self.upper, self.lower = self._labels(header, known), self._labels(header + 1, known)
        self.told = [self._told(self.upper), self._told(self.lower)]
        self.name = self._name(labels.names(roster))

    def _labels(self, row, known):
        """{column: what the known label there names}"""
        cells = [(column, labels.key_of(self.grid.raw(row, column))) for column in self.grid.columns]
        return {column: known[key] for column, key in cells if key in known}

    def _told(self, named):
        """The labels whose values tell the lines apart: not those of the first that reach down, nor the same kind in both."""
        return {
            column: wanted
            for column, wanted in named.items()
            if wanted is not None and not self._reaches_down(column) and not self._is_alike(column)
        }

    def _name(self, who):
        """(line, column) of the label of the name."""
        places = ((line, column) for line, named in enumerate((self.upper, self.lower)) for column in named)
        return next((at for at in places if labels.key_of(self.grid.raw(self.header + at[0], at[1])) in who), None)

    def _lines(self):
        """[rows] of the file for each row of the list: one, or two of a person."""
        row = self.header + 2
        while row < self.grid.height:
            second = row + 1 < self.grid.height and self._begins(row) and self._goes_on(row + 1)
            yield (row, row + 1) if second else (row,)
            row += 2 if second else 1

    def _begins(self, row):
        return self._may_be(row, 0) and _filled(self.grid, row) > 1

    def _may_be(self, row, line):
        """A person's first or second row: with the name where it belongs, and not rather the other one."""
        if self.name[0] == line and is_blank(self.grid.raw(row, self.name[1])):
            return False
        return self._fitting(row, line) >= self._fitting(row, 1 - line)

    def _fitting(self, row, line):
        told = self.told[line].items()
        return sum(1 for column, wanted in told if labels.fits_cell(self.fits, wanted, self.grid.raw(row, column)))

    def _goes_on(self, row):
        """The second line of a person: all that it has stands below labels of the second line."""
        if not _stands_below(self.grid.rows[row], self.grid.rows[self.header + 1]) or not self._may_be(row, 1):
            return False
        texts = [
            (column, squeeze(as_text(cell))) for column, cell in enumerate(self.grid.rows[row]) if cell is not None
        ]
        return not frame.total_reason(texts) and not frame.is_footnote(texts)

    def is_certain(self):
        """The labels of each line are about the values of that line, and not about those of the other."""
        sample = list(islice(self._lines(), SAMPLED)) if self.name is not None else []
        people = [lines for lines in sample if len(lines) == 2]
        right = wrong = lower = 0
        for first, second in people:
            for named, own, other in ((self.told[0], first, second), (self.told[1], second, first)):
                fitting, misplaced = self._judge(named, own, other)
                right, wrong = right + fitting, wrong + misplaced
                lower += fitting if own == second else 0
        single = sum(1 for lines in sample if len(lines) == 1 and self._begins(lines[0]))
        return lower >= len(people) > single and right > FEWEST and wrong <= LARGEST_DOUBT * right

    def _judge(self, named, own, other):
        """(cells of a line that are what their labels ask for, cells of the other line that would be so, or of this that are not)"""
        fitting = misplaced = 0
        for column, wanted in named.items():
            if labels.fits_cell(self.fits, wanted, self.grid.raw(own, column)):
                fitting += 1
                misplaced += labels.fits_cell(self.fits, wanted, self.grid.raw(other, column))
            elif labels.is_told(wanted) and not is_blank(self.grid.raw(own, column)):
                misplaced += 1
        return fitting, misplaced

    def _is_alike(self, column):
        """Both lines have the same kind of value there, a date, say: nothing can be told by it."""
        upper, lower = self.upper.get(column), self.lower.get(column)
        return upper is not None and lower is not None and upper.kind.name == lower.kind.name

    def _reaches_down(self, column):
        return self.grid.bottom(self.header, column) > self.header

    def sheet(self):
        grid, width = self.grid, self.grid.width
        lines = [*((row,) for row in range(self.header)), (self.header, self.header + 1), *self._lines()]
        at = {row: (place, number) for place, rows in enumerate(lines) for number, row in enumerate(rows)}
        return Paired(
            name=grid.sheet.name,
            rows=[self._cells(rows) for rows in lines],
            merges=list(self._merges(at)),
            hidden_columns=frozenset(column + more for column in grid.sheet.hidden_columns for more in (0, width)),
            hidden_rows=frozenset(at[row][0] for row in grid.sheet.hidden_rows if row in at),
            lines=tuple(lines),
            width=width,
        )

    def _cells(self, rows):
        cells = list(self.grid.rows[rows[0]])
        if len(rows) == 2:
            cells += [None] * (self.grid.width - len(cells)) + list(self.grid.rows[rows[1]])
        return cells

    def _merges(self, at):
        for top, left, bottom, right in self.grid.sheet.merges:
            (first, line), (last, _) = at[top], at[min(bottom, self.grid.height - 1)]
            shift = self.grid.width if line else 0
            if (first, left) != (last, right):
                yield first, left + shift, last, right + shift


def _filled(grid, row):
    return sum(1 for cell in grid.rows[row] if cell is not None)
