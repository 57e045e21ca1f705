"""A sheet of several parts (一村一档): each a heading, lines of text and a table. One content for the printed page, Word and Excel."""

import dataclasses

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from rosters import written
from rosters.listing import sheet_name, stamped, typed
from rosters.writer import HEAD, LINE

WIDTHS = (14, 22, 22, 14, 14, 14, 14, 14)  # of the columns that all tables of the sheet share, in characters


@dataclasses.dataclass(frozen=True)
class Block:
    """A part of a sheet. `columns` = ((heading, share of the width in percent), …); a row is a tuple of cells, or one text
    that stands over the rows below it. `empty` is said where there are no rows."""

    title: str
    lines: tuple = ()
    columns: tuple = ()
    rows: tuple = ()
    empty: str = ""

    @property
    def headings(self):
        return [heading for heading, _ in self.columns]

    @property
    def shown(self):
        """[{"over": text} or {"cells": (…)}] for a page."""
        return [{"over": row} if isinstance(row, str) else {"cells": row} for row in self.rows]


def workbook(title, under, blocks, *, by):
    """The bytes of a workbook of one sheet: the blocks one below the other, a page wide in portrait when printed."""
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name(title)
    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    number = _line(sheet, 1, title, Font(bold=True, size=16), "center")
    number = _line(sheet, number, under, Font(), "center")
    for block in blocks:
        number = _block(sheet, number + 1, block)
    _line(sheet, number + 1, stamped(by), Font(color="666666"))
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return written.workbook_bytes(book)


def _block(sheet, number, block):
    """Write a block from the row `number` on; the number of the row after it."""
    number = _line(sheet, number, block.title, Font(bold=True, size=12))
    for text in block.lines:
        number = _line(sheet, number, text, Font())
    if not block.rows:
        return _line(sheet, number, block.empty, Font(color="666666")) if block.empty else number
    number = _row(sheet, number, block.headings, head=True)
    for row in block.rows:
        if isinstance(row, str):
            number = _line(sheet, number, row, Font(bold=True), border=LINE)
        else:
            number = _row(sheet, number, row)
    return number


def _line(sheet, number, text, font, align="left", border=None):
    """A text across all columns, its row high enough for it; the number of the row after it."""
    sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(WIDTHS))
    cell = sheet.cell(number, 1)
    written.put(cell, text)
    cell.font, cell.alignment = font, Alignment(horizontal=align, vertical="center", wrap_text=True)
    if border:
        for column in range(1, len(WIDTHS) + 1):
            sheet.cell(number, column).border = border
    wide = sum(WIDTHS) // 2  # a Chinese character is two wide
    sheet.row_dimensions[number].height = 18 * max(1, -(-len(str(text)) // wide)) + (8 if font.size == 16 else 0)
    return number + 1


def _row(sheet, number, values, head=False):
    """A row of a table, its last cell across the rest of the width; the number of the row after it."""
    columns = len(values)
    for column, value in enumerate(values, 1):
        cell = sheet.cell(number, column)
        typed(cell, value)
        if head:
            cell.font, cell.fill = Font(bold=True), HEAD
    if columns < len(WIDTHS):
        sheet.merge_cells(start_row=number, end_row=number, start_column=columns, end_column=len(WIDTHS))
        for column in range(columns + 1, len(WIDTHS) + 1):
            sheet.cell(number, column).border = LINE
    room = [*WIDTHS[: columns - 1], sum(WIDTHS[columns - 1 :])]
    lines = max(-(-2 * len(str(value or "")) // wide) for value, wide in zip(values, room, strict=True))
    sheet.row_dimensions[number].height = 18 * max(1, lines)
    return number + 1
