"""Rows into a superior's form: the style of its first data row repeated, what stands below pushed down, all as text."""

from copy import copy
from dataclasses import dataclass

from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import column_index_from_string, range_boundaries

from core.identity import mask_text
from rosters.child import formulas
from rosters.written import put

LONGEST_NAME = 100  # of a sheet, as it is kept with the form
NUMBERED = -1
LINE = Border(*[Side(style="thin", color="808080")] * 4)
NUMBERS = {"n": float, "str": str, "b": lambda text: text == "1"}


def fill(book, asked):
    """Fills the sheets that `asked` describes (see `rosters.child.fill`)."""
    counting = formulas.taken(book)
    _settle_formulas(book)
    areas, sheets = {}, {}
    for sheet in book.worksheets:
        sheets.setdefault(mask_text(getattr(sheet, "called", sheet.title) or "")[:LONGEST_NAME], sheet)
    # From below, since what one pushes down is not to have moved before.
    for found in sorted(asked, key=lambda found: -found["first"]):
        sheet = sheets.get(found["name"] or "") or (book.worksheets[0] if found["name"] is None else None)
        if sheet is not None:
            form = _Form(sheet, found)
            areas.setdefault(sheet.title, []).append(form.area)
            form.fill()
    formulas.put_back(counting, areas)


def _settle_formulas(book):
    """Of all others only the results stay: a formula could send what is written beside it to somebody else's server."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    kind, text = sheet.results.get((cell.row, cell.column), ("e", ""))
                    cell.value = NUMBERS[kind](text) if kind in NUMBERS else None
        sheet.results = {}  # of what is counted anew
    book._external_links = []
    for holder in (book, *book.worksheets):
        for name in [name for name, found in holder.defined_names.items() if "[" in (found.attr_text or "")]:
            del holder.defined_names[name]


@dataclass(frozen=True)
class _Pattern:
    """`merges`: (first, last column) merged across; `styles` {column: style}, None where the form has none."""

    merges: list
    styles: dict | None
    height: float | None


class _Form:
    def __init__(self, sheet, asked):
        self.sheet, self.asked = sheet, asked
        self.first, self.rows = asked["first"], asked["rows"]
        self.columns = {column_index_from_string(letter): at for letter, at in asked["columns"].items()}
        self.width = max([*self.columns, sheet.max_column])
        self.last = self.first + len(self.rows) - 1
        room = asked["room"]
        end = formulas.END if room is None else self.first + room - 1
        self.area = formulas.Area(self.first, end, len(self.rows), frozenset(self.columns))

    def fill(self):
        if not self.rows:
            self._clear()
            return
        room = self.asked["room"]
        if room is not None and len(self.rows) > room:
            self._push_down(self.first + room, len(self.rows) - room)
        pattern = self._pattern()
        self._clear()
        for number, row in enumerate(self.rows):
            self._dress(self.first + number, pattern)
            self._write(self.first + number, number + 1, row)
        for start, end in pattern.merges:
            for row in range(self.first, self.last + 1):
                self.sheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=end)
        self._stretch_rules()

    # --- what stands below moves down: cells, merges, heights, the print area

    def _push_down(self, row, by):
        sheet = self.sheet
        merges = [copy(found) for found in sheet.merged_cells.ranges if found.min_row >= row]
        styles = {
            (cell.row, cell.column): copy(cell._style)
            for found in merges
            for line in sheet[found.coord]
            for cell in (line if isinstance(line, tuple) else (line,))
        }
        for found in merges:
            sheet.unmerge_cells(found.coord)
        bottom = sheet.max_row
        if bottom >= row:
            sheet.move_range(f"A{row}:{sheet.cell(bottom, self.width).coordinate}", rows=by)
        self._move_heights(row, by)
        self._move_rules(row, by)
        for found in merges:
            self._merge(found, by)
        for (at, column), style in styles.items():
            sheet.cell(at + by, column)._style = style
        self._move_print_area(row, by)

    def _merge(self, found, by):
        self.sheet.merge_cells(
            start_row=found.min_row + by,
            end_row=found.max_row + by,
            start_column=found.min_col,
            end_column=found.max_col,
        )

    def _move_heights(self, row, by):
        heights = {at: self.sheet.row_dimensions[at].height for at in self.sheet.row_dimensions if at >= row}
        for at in heights:
            self.sheet.row_dimensions[at].height = None
        for at, height in heights.items():
            self.sheet.row_dimensions[at + by].height = height

    def _move_rules(self, row, by):
        """Drop-downs and the like that hold below only."""
        for rule in self.sheet.data_validations.dataValidation:
            for found in [found for found in rule.sqref.ranges if found.min_row >= row]:
                found.shift(row_shift=by)

    def _move_print_area(self, row, by):
        area = self.sheet.print_area
        if not area or "," in area:
            return
        left, top, right, bottom = range_boundaries(area.rpartition("!")[2].replace("$", ""))
        if bottom >= row - 1:
            cells = self.sheet.cell(top, left).coordinate, self.sheet.cell(bottom + by, right).coordinate
            self.sheet.print_area = ":".join(cells)

    # --- how a row of data looks

    def _pattern(self):
        """The look of the form's first data row, and which of its cells are merged across."""
        merges = [
            (found.min_col, found.max_col)
            for found in self.sheet.merged_cells.ranges
            if found.min_row == found.max_row == self.first
        ]
        cells = {column: self.sheet.cell(self.first, column) for column in range(1, self.width + 1)}
        dressed = any(cell.has_style for cell in cells.values())
        styles = {column: copy(cell._style) for column, cell in cells.items()} if dressed else None
        return _Pattern(merges, styles, self.sheet.row_dimensions[self.first].height)

    def _clear(self):
        """No merge and no example stays where rows are written; whatever else of an example stands below goes too."""
        for found in list(self.sheet.merged_cells.ranges):
            if found.max_row >= self.first and found.min_row <= self.last:
                self.sheet.unmerge_cells(found.coord)
        moved = [row for row in self.asked["stale"] if row > self.last]
        blank = [] if self.asked["room"] == 0 else [self.first]
        for row in {*blank, *range(self.first, self.last + 1), *moved}:
            for column in range(1, self.width + 1):
                cell = self.sheet.cell(row, column)
                if not isinstance(cell, MergedCell):
                    cell.value = None

    def _dress(self, row, pattern):
        for column in range(1, self.width + 1):
            cell = self.sheet.cell(row, column)
            if pattern.styles:
                cell._style = copy(pattern.styles[column])
            elif column in self.columns:
                cell.border, cell.alignment = LINE, Alignment(vertical="center", wrap_text=True)
        if pattern.height:
            self.sheet.row_dimensions[row].height = pattern.height

    def _write(self, row, number, values):
        for column, at in self.columns.items():
            cell = self.sheet.cell(row, column)
            value = number if at == NUMBERED else values[at]
            if isinstance(value, (int, float)):
                cell.value = value
            elif value:
                put(cell, value)

    def _stretch_rules(self):
        """Drop-downs of the first data row hold for all of them."""
        for rule in self.sheet.data_validations.dataValidation:
            for found in list(rule.sqref.ranges):
                if found.min_row <= self.first <= found.max_row < self.last:
                    found.expand(down=self.last - found.max_row)
