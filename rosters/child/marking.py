"""Problems into a workbook: the cell coloured and commented, and a column of our own at the right of its table."""

from copy import copy

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter

from core.identity import mask_text
from rosters.ours import COLUMN, PROPERTY, elsewhere
from rosters.written import put

COLOURS = {"error": "FFF8CBC6", "warn": "FFFFE9B8"}
OURS = "【乡才】"  # before our part of a comment
WIDTH = 60
LONGEST_NAME = 100  # of a sheet, as it is kept with the rows


def mark(book, asked, limits):
    """Marks what `asked` says (see `rosters.child.mark`), after taking away what an earlier marking left."""
    if PROPERTY in book.custom_doc_props.names:
        del book.custom_doc_props[PROPERTY]
    book.custom_doc_props.append(StringProperty(name=PROPERTY, value=asked["mark"]))
    sheets = {}
    for sheet in book.worksheets:
        sheets.setdefault(mask_text(getattr(sheet, "called", sheet.title) or "")[:LONGEST_NAME], sheet)
    for found in asked["sheets"]:
        sheet = sheets.get(found["name"] or "") or (book.worksheets[0] if found["name"] is None else None)
        if sheet is not None:
            _Sheet(sheet, found, limits).mark()


class _Sheet:
    def __init__(self, sheet, asked, limits):
        self.sheet, self.asked, self.limits = sheet, asked, limits
        self.lines = dict(asked["lines"])
        self.anchors = self._merges({row for row, *_ in (*asked["cells"], *asked["texts"])})

    def _merges(self, rows):
        """{(row, column): the merge it lies in} for the rows that something is written into."""
        return {
            (row, column): merged
            for merged in self.sheet.merged_cells.ranges
            for row in rows
            if merged.min_row <= row <= merged.max_row
            for column in range(merged.min_col, min(merged.max_col, self.limits.columns) + 1)
        }

    def mark(self):
        self._clean()
        for row, letter, label, text, within, own in self.asked["texts"]:
            if letter and self._correct(row, column_index_from_string(letter), text, within, own):
                continue
            told = elsewhere(label, text)
            if not letter or any(header < row <= last for header, last in self.asked["tables"]):
                self.lines[row] = "；".join(filter(None, (self.lines.get(row), told)))
            else:
                self._mark_cell(row, column_index_from_string(letter), "warn", told)
        for row, letter, level, words in self.asked["cells"]:
            self._mark_cell(row, column_index_from_string(letter), level, words)
        # One column for all tables of the sheet: what stands below its heading is ours, down to the end.
        column = max((self._own_column(header, last) for header, last in self.asked["tables"]), default=0)
        for header, last in self.asked["tables"]:
            self._add_column(column, header, last)

    def _clean(self):
        colours = set(COLOURS.values())
        for row in self.sheet.iter_rows():
            for cell in row:
                if isinstance(cell, MergedCell):
                    continue
                if cell.comment and OURS in cell.comment.text:
                    before = cell.comment.text.partition(OURS)[0].rstrip()
                    cell.comment = Comment(before, cell.comment.author) if before else None
                if cell.fill.fgColor.rgb in colours:
                    cell.fill = PatternFill()

    def _correct(self, row, column, text, within, own):
        """True when the text was put into the cell; a merge over several rows belongs to other rows too."""
        merged = self.anchors.get((row, column))
        if merged and not _is_own(merged, row, column, *own):
            return False
        cell = self.sheet.cell(row, column)
        if within:
            head, before = within
            held = cell.value if isinstance(cell.value, str) else ""
            if f"{head}{before}" not in held:
                return False
            text = held.replace(f"{head}{before}", f"{head}{text}", 1)
        put(cell, text)
        return True

    def _mark_cell(self, row, column, level, words):
        merged = self.anchors.get((row, column))
        cell = self.sheet.cell(*((merged.min_row, merged.min_col) if merged else (row, column)))
        known = cell.comment.text if cell.comment else ""
        if level == "error" or cell.fill.fgColor.rgb != COLOURS["error"]:
            cell.fill = PatternFill("solid", fgColor=COLOURS[level])
        if words in known:
            return
        ours = known if OURS in known else f"{known}\n{OURS}".lstrip()
        cell.comment = Comment(f"{ours}{words}" if ours.endswith(OURS) else f"{ours}；{words}", "乡才", 120, 300)

    def _add_column(self, column, header, last):
        if column > self.limits.columns:
            return
        if not header:  # the data begins in the first row: there is no place for a heading
            return
        beside = self.sheet.cell(header, max(column - 1, 1))
        heading = self.sheet.cell(header, column)
        heading._style = copy(beside._style)
        put(heading, COLUMN)
        if getattr(self.sheet, "lost", None):
            told = f"{OURS}这份标注没有带上原表里的{'、'.join(self.sheet.lost)}，需要时请以原文件为准。"
            heading.comment = Comment(told, "乡才", 120, 300)
        heading.font = Font(bold=True, color="FF9C1C12", name=beside.font.name, size=beside.font.size)
        for row in range(header + 1, last + 1):
            cell = self.sheet.cell(row, column)
            if isinstance(cell, MergedCell):
                continue
            put(cell, self.lines.get(row))
            cell.alignment = Alignment(vertical="center")
        _set_width(self.sheet, column)

    def _own_column(self, header, last):
        """Where an earlier marking put it, or right of everything that the table has."""
        found = 0
        for row in self.sheet.iter_rows(min_row=header, max_row=max(last, header)):
            for cell in row:
                if cell.row == header and cell.value == COLUMN:
                    return cell.column
                if cell.value is not None:
                    found = max(found, cell.column)
        for merged in self.sheet.merged_cells.ranges:
            if merged.min_row <= last and merged.max_row >= header:
                found = max(found, merged.max_col)
        return found + 1


def _is_own(merged, row, column, rows, columns):
    """A merge that begins at the cell and reaches over no other row's or column's people."""
    if (merged.min_row, merged.min_col) != (row, column):
        return False
    height, width = merged.max_row - row + 1, merged.max_col - column + 1
    return (not rows or height <= rows) and (not columns or width <= columns)


def _set_width(sheet, column):
    """Our column's width, also where the file has one width for a whole run of columns."""
    widths = sheet.column_dimensions
    for letter in list(widths):
        run = widths[letter]
        first, last = run.min or column_index_from_string(letter), run.max or column_index_from_string(letter)
        if not first <= column <= last:
            continue
        if last > column:
            rest = copy(run)
            rest.index, rest.min, rest.max = get_column_letter(column + 1), column + 1, last
            widths[rest.index] = rest
        if first < column:
            run.min, run.max = first, column - 1
        else:
            del widths[letter]
    own = widths[get_column_letter(column)]
    own.width, own.hidden = WIDTH, False
    own.min = own.max = column
