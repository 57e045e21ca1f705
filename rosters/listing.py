"""Any list of a page as a workbook: a title, what is told of it (date, who, when), a head, lines of text and numbers."""

import re

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from rosters import written
from rosters.writer import HEAD, LINE, attachment

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORBIDDEN = re.compile(r"[\x00-\x1f\[\]:*?/\\\ud800-\udfff\ufffe\uffff]")  # in the name of a sheet


def workbook(title, headings, rows, *, by, told=""):
    """The bytes of a list. `headings` = ((text, width in characters), …); a number in a row stays a number."""
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name(title)
    last = get_column_letter(len(headings))
    for number, text in ((1, title), (2, "　".join(filter(None, [told, stamped(by)])))):
        sheet.merge_cells(f"A{number}:{last}{number}")
        written.put(sheet.cell(number, 1), text)
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    for column, (heading, width) in enumerate(headings, 1):
        cell = sheet.cell(3, column)
        written.put(cell, heading)
        cell.font, cell.fill, cell.border = Font(bold=True), HEAD, LINE
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, 4):
        for column, value in enumerate(row, 1):
            typed(sheet.cell(number, column), value)
    sheet.freeze_panes = "A4"
    sheet.page_setup.orientation = "landscape"
    return written.workbook_bytes(book)


def download(content, name, content_type=CONTENT_TYPE):
    """The answer that hands out a file under a Chinese name; kept by no cache."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = attachment(name)
    answer["Cache-Control"] = "no-store"
    return answer


def sheet_name(title):
    """A title as the name of a sheet."""
    return FORBIDDEN.sub(" ", title)[:31].strip("' ") or "名单"


def stamped(by):
    """Who exported and when."""
    return f"导出人：{by}　导出时间：{timezone.localtime():%Y-%m-%d %H:%M}"


def typed(cell, value):
    """A ruled cell: a number stays one, anything else is text."""
    cell.border = LINE
    if isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
    else:
        written.put(cell, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
