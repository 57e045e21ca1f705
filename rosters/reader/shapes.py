"""Sheets that are no rows below a header, made such: labels down the first column with a column for each person, and forms
of labels with their values beside them or in the same cell, a form for each person. Which of them a sheet is, is told by
where the values stand: below the labels, to their right, or behind a colon. Cards with each value below its label
(`cards`) become forms as well."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from rosters.child.sheet import cell_name, column_letter
from rosters.cleaning import as_text, is_blank
from rosters.reader import cards, labels, two_lines
from rosters.reader.grid import Grid
from rosters.reader.inline import parts_of
from rosters.reader.pairs import each_once, pairs_of
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
    """One person's form: the lines above it, a row of labels, a row of values; `places` are the names of their cells in the
    file, `heads` what stands before a value in its cell, `span` where the form stands."""

    places: tuple = ()
    heads: tuple = ()
    lines: tuple = ()
    first: int = 0
    span: str = ""
    shape = FORM

    def letter(self, column):
        return self.places[column]

    def head(self, column):
        return self.heads[column]

    def number(self, row):
        return (self.lines[row] if row < len(self.lines) else self.first) + 1

    def at(self, row):
        return self.span if row == len(self.rows) - 1 else ""


def shaped(sheet, roster, fits):
    """[sheets with a header and rows below it]: the sheet itself, or what it is turned into."""
    if sheet.fields:
        return [sheet]
    known = labels.of(roster)
    if labels.is_list(sheet, known, fits):
        return _lines_in_turn(sheet, roster, known, fits) or [sheet]
    grid = Grid(sheet)
    found = labels.found(grid, known)
    if len(found) >= labels.FEWEST and (made := _lines_in_turn(sheet, roster, known, fits)):
        return made
    beside = [label for label in found if labels.fits_beside(grid, label, fits)]
    below = sum(1 for label in found if labels.fits_below(grid, label, fits))
    if len(beside) < labels.FEWEST or len(beside) <= below:
        return [sheet]
    if any(label.value is not None for label in beside) and labels.head_a_list(grid, found, fits):
        return [sheet]
    column, count = Counter(label.column for label in beside).most_common(1)[0]
    own = [label for label in found if label.column == column]
    second = sum(1 for label in own if labels.fits_beside(grid, label, fits, further=1))
    if second >= max(2, count // 2):
        return [_turned(grid, own)]
    return _forms(grid, beside, roster, known, fits)


def _lines_in_turn(sheet, roster, known, fits):
    """What lines of labels and of values are made into that belong to one person together; [] for a mere list."""
    if found := cards.found(sheet, roster, known, fits):
        return [form(grid, card.pairs, card.above, card.span) for grid, card in found]
    paired = two_lines.joined(sheet, roster, known, fits)
    return [paired] if paired else []


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


def _forms(grid, beside, roster, known, fits):
    """A sheet for each form, which begins where the label of its person's name does."""
    starts = _starts(grid, roster, known, fits) or beside[:1]
    lefts = sorted({label.column for label in starts if label.row == starts[0].row})
    tops = sorted({label.row for label in starts})
    lead = tops[0] - _first_label(grid, tops[0], known)
    firsts = [_first(grid, top, before, lead) for top, before in zip(tops, [None, *tops[:-1]], strict=True)]
    reader = _FormReader(grid, roster, known)
    for top, first, end in zip(tops, firsts, [*firsts[1:], grid.height], strict=True):
        for number, left in enumerate(lefts):
            right = lefts[number + 1] if number + 1 < len(lefts) else grid.width
            reader.read(range(min(top, first), end), range(left if number else 0, right), len(lefts) > 1)
    return reader.forms or [grid.sheet]


def _starts(grid, roster, known, fits):
    """The labels of a person's (or a village's) name with one beside them, of all forms of a sheet."""
    who = labels.names(roster)
    names = [label for label in labels.found(grid, known, grid.height) if label.key in who]
    starts = [label for label in names if labels.has_room_beside(grid, label, known)]
    return starts if any(labels.fits_beside(grid, label, fits) for label in starts) else []


def _first_label(grid, top, known):
    """The first of the rows up to `top` that has a label, no empty one in between."""
    first = row = top
    while row > 0 and grid.filled[row - 1]:
        row -= 1
        if any(labels.key_of(cell) in known or parts_of(cell, known) for _, cell in grid.filled[row]):
            first = row
    return first


def _first(grid, top, before, lead):
    """The row after the last empty one above a form: its title stands there. Without one, as many rows above the name as
    in the first form."""
    floor = 0 if before is None else before + 1
    row = top
    while row > floor and grid.filled[row - 1]:
        row -= 1
    return row if row > floor or before is None else max(top - lead, floor)


class _FormReader:
    """Makes forms of parts of a sheet."""

    def __init__(self, grid, roster, known):
        self.grid, self.known = grid, known
        self.words, self.who = HeaderWords(roster), labels.names(roster)
        self.forms = []

    def read(self, rows, columns, is_abreast):
        people = self._people(pairs_of(self.grid, rows, columns, self.words, self.known))
        for number, pairs in enumerate(people, 1):
            if any(not is_blank(pair.value) for pair in pairs):
                span = self._span(pairs, is_abreast) + (f" 第 {number} 人" if len(people) > 1 else "")
                self.forms.append(form(self.grid, pairs, range(rows.start, pairs[0].place[0]), span))

    def _people(self, pairs):
        """The pairs of each person: where several stand in one cell, each begins with the name."""
        again = self._again(pairs)
        starts = [0, *again, len(pairs)]
        return [each_once(pairs[start:end]) for start, end in pairwise(starts)]

    def _again(self, pairs):
        """Where in a cell a further person begins: with the label that the cell begins with, or with the name."""
        cells = {}
        for place, pair in enumerate(pairs):
            if pair.part:
                cells.setdefault(pair.place, []).append((place, pair.key))
        for found in cells.values():
            names = [place for place, key in found if key in self.who]
            if len(names) > 1:
                same = [place for place, key in found if key == found[0][1]]
                return (same if len(same) == len(names) else names)[1:]
        return []

    @staticmethod
    def _span(pairs, is_abreast):
        rows = [pair.place[0] for pair in pairs if pair.is_known]
        if not is_abreast:
            return f"{rows[0] + 1}–{rows[-1] + 1} 行" if rows[0] < rows[-1] else f"{rows[0] + 1} 行"
        left, right = min(pair.column for pair in pairs), max(pair.place[1] for pair in pairs)
        return f"{column_letter(left)}{rows[0] + 1}–{column_letter(right)}{rows[-1] + 1} 格"


def form(grid, pairs, above, span):
    """The sheet of one person's labels and values, below those of the lines `above` that are not empty."""
    lines = tuple(row for row in above if grid.filled[row])
    return Form(
        name=grid.sheet.name,
        rows=[
            *([" ".join(map(as_text, _texts(grid, row)))] for row in lines),
            [pair.text for pair in pairs],
            [pair.value for pair in pairs],
        ],
        places=tuple(cell_name(*pair.place, pair.part) for pair in pairs),
        heads=tuple(pair.head for pair in pairs),
        lines=lines,
        first=pairs[0].place[0],
        span=span,
    )
