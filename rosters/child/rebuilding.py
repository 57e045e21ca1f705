"""An .xlsx made from what was read: for .xls, .csv, .ods and web pages, and for an .xlsx that openpyxl cannot open."""

import re

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter

from rosters.child.__main__ import read
from rosters.written import put

FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST_TITLE = 31
NARROWEST, WIDEST = 6, 40
MEASURED_ROWS = 200
LINE = Border(*[Side(style="thin", color="BFC5CC")] * 4)


def rebuilt(content, limits):
    """The workbook of the same sheets, rows and merges; texts stay texts, numbers numbers. `results` as in `original`."""
    book = Workbook()
    book.remove(book.active)
    for number, found in enumerate(read(content, limits)["sheets"], 1):
        sheet = book.create_sheet(_title(found["name"], number, book.sheetnames))
        sheet.results = {}
        sheet.called = found["name"]
        _fill(sheet, found)
    if all(found.sheet_state != "visible" for found in book.worksheets):
        book.worksheets[0].sheet_state = "visible"
    return book


def _title(name, number, taken):
    title = FORBIDDEN.sub("_", name or f"Sheet{number}").strip("'")[:LONGEST_TITLE] or f"Sheet{number}"
    return title if title.lower() not in {known.lower() for known in taken} else f"{title[:26]}({number})"


def _fill(sheet, found):
    for row, cells in enumerate(found["rows"], 1):
        for column, value in enumerate(cells, 1):
            if isinstance(value, str):
                put(sheet.cell(row, column), value)
            elif value is not None:
                sheet.cell(row, column).value = value
            if value is not None:
                sheet.cell(row, column).border = LINE
                sheet.cell(row, column).alignment = Alignment(vertical="center", wrap_text=True)
    for top, left, bottom, right in found["merges"]:
        if (top, left) != (bottom, right):
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    _measure(sheet, found)
    sheet.sheet_state = "hidden" if found["hidden"] else "visible"


def _measure(sheet, found):
    wide = {}
    across = {(top, left) for top, left, _, right in found["merges"] if right > left}
    for row, cells in enumerate(found["rows"][:MEASURED_ROWS]):
        for column, value in enumerate(cells):
            if value is not None and (row, column) not in across:
                longest = max((_width(line) for line in str(value).split("\n")), default=0)
                wide[column] = max(wide.get(column, 0), longest)
    for column, width in wide.items():
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(width + 2, NARROWEST), WIDEST)
    for column in found["hidden_columns"]:
        sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    for row in found["hidden_rows"]:
        sheet.row_dimensions[row + 1].hidden = True


def _width(text):
    """In characters of Latin width: a Han takes two."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)
