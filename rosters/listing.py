"""Any list of a page as a workbook: a title, what is told of it (date, who, when), a head, lines of text and numbers."""

import re
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from rosters import written
from rosters.writer import HEAD, LINE, attachment

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORBIDDEN = re.compile(r"[\x00-\x1f\[\]:*?/\\\ud800-\udfff\ufffe\uffff]")  # in the name of a sheet
HEAD_ROW = 3


@dataclass(frozen=True)
class Table:
    """A sheet of a workbook. `headings` = ((text, width in characters), …); a number in a row stays a number.

    A heading may be (group, text): neighbours of one group stand under one merged cell. `foot` are lines below the table,
    such as who signs; `name` is the sheet's own name where the title is too long for it."""

    title: str
    headings: tuple
    rows: list
    told: str = ""
    foot: tuple = ()
    name: str = ""

    @property
    def head_rows(self):
        return 2 if any(isinstance(heading, tuple) for heading, _ in self.headings) else 1


def workbook(title, headings, rows, *, by, told="", foot=()):
    """The bytes of a list."""
    return workbook_of([Table(title, headings, rows, told, foot)], by=by)


def workbook_of(tables, *, by):
    """The bytes of a workbook with a sheet for each Table."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _fill(book.create_sheet(sheet_name(table.name or table.title)), table, by)
    return written.workbook_bytes(book)


def _fill(sheet, table, by):
    last = get_column_letter(len(table.headings))
    for number, text in ((1, table.title), (2, "　".join(filter(None, [table.told, stamped(by)])))):
        sheet.merge_cells(f"A{number}:{last}{number}")
        written.put(sheet.cell(number, 1), text)
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    _head(sheet, table)
    first = HEAD_ROW + table.head_rows
    for number, row in enumerate(table.rows, first):
        for column, value in enumerate(row, 1):
            typed(sheet.cell(number, column), value)
    for number, text in enumerate(table.foot, first + len(table.rows) + 1):
        sheet.merge_cells(f"A{number}:{last}{number}")
        written.put(sheet.cell(number, 1), text)
    sheet.freeze_panes = f"A{first}"
    sheet.page_setup.orientation = "landscape"


def _head(sheet, table):
    for column, (heading, width) in enumerate(table.headings, 1):
        group, text = heading if isinstance(heading, tuple) else (heading, None)
        for number, part in zip(range(HEAD_ROW, HEAD_ROW + table.head_rows), (group, text), strict=False):
            cell = sheet.cell(number, column)
            written.put(cell, part)
            cell.font, cell.fill, cell.border = Font(bold=True), HEAD, LINE
            if table.head_rows > 1:
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    if table.head_rows > 1:
        _merge_head(sheet, [heading for heading, _ in table.headings])


def _merge_head(sheet, headings):
    """One cell over the columns of a group; one over both lines where a heading has no group."""
    column = 1
    while column <= len(headings):
        heading, last = headings[column - 1], column
        if isinstance(heading, tuple):
            while last < len(headings) and isinstance(headings[last], tuple) and headings[last][0] == heading[0]:
                last += 1
        bottom = HEAD_ROW if isinstance(heading, tuple) else HEAD_ROW + 1
        if (bottom, last) != (HEAD_ROW, column):
            sheet.merge_cells(start_row=HEAD_ROW, start_column=column, end_row=bottom, end_column=last)
        column = last + 1


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
