"""What is written into workbooks: cells that can never become formulas, in files that never touch the disk. Imported by
child processes: no Django here."""

import datetime
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.manifest import Override
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

TEXT = "@"
RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
LONGEST = 32_767  # characters of a cell (Excel's limit)
# What XML 1.0 cannot hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile(r"\r\n?")  # XML knows one; some writers keep the other, some do not
# Spreadsheets read _x0041_ as an A, unless its own underscore is written so (ECMA-376 part 1, 22.9.2.19).
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def put(cell, value):
    """Write a value as typed text. What a spreadsheet could take for a formula keeps its characters and gets the style by
    which Excel itself keeps a text with an apostrophe typed before it: nothing to see, nothing to read back."""
    text = LINE_END.sub("\n", UNWRITABLE.sub("", "" if value is None else str(value)))
    cell.value = ESCAPED.sub("_x005F_", text)[:LONGEST] or None
    cell.number_format = TEXT
    if text:
        cell.data_type, cell.quotePrefix = "s", text.startswith(RISKY)


def workbook_bytes(book, sheet_writer=WorksheetWriter, parts=None):
    """The file of a workbook, with further `parts` {path: (bytes, content type or None)} as they are. openpyxl by itself would write every sheet, ID numbers and all, to the disk first."""
    book.properties.modified = datetime.datetime.now(tz=datetime.UTC).replace(tzinfo=None)
    output = BytesIO()
    _InMemory(book, ZipFile(output, "w", ZIP_DEFLATED), sheet_writer, parts or {}).save()
    return output.getvalue()


class _InMemory(ExcelWriter):
    def __init__(self, book, archive, sheet_writer, parts):
        super().__init__(book, archive)
        self.sheet_writer, self.parts = sheet_writer, parts

    def write_data(self):
        known = [Override(f"/{path}", kind) for path, (_, kind) in self.parts.items() if kind]
        self.manifest.Override.extend(known)
        for path, (part, _) in self.parts.items():
            self._archive.writestr(path, part)
        super().write_data()

    def write_worksheet(self, sheet):
        """As openpyxl's own, with the sheet's XML in memory."""
        sheet._drawing = SpreadsheetDrawing()
        sheet._drawing.charts, sheet._drawing.images = sheet._charts, sheet._images
        writer = self.sheet_writer(sheet, BytesIO())
        writer.write()
        sheet._rels = writer._rels
        self._archive.writestr(sheet.path[1:], writer.out.getvalue())
        self.manifest.append(sheet)
