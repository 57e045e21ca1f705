"""The clerk's own .xlsx through openpyxl, with what openpyxl alone would lose: the results of formulas (a file is read by
them), the drop-downs that Excel keeps in an extension because their lists stand on another sheet, and the drawings."""

import re
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.cell._writer import etree_write_cell
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.packaging.relationship import Relationship
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.related import Related

from rosters.child.archive import Archive
from rosters.child.drawings import LEFT_BEHIND, SOME_DRAWINGS, Drawings
from rosters.child.xlsx import REFERENCE, column_index, list_sheets
from rosters.child.xml import local, stream
from rosters.written import workbook_bytes

RULE = ("type", "operator", "errorStyle", "promptTitle", "prompt", "errorTitle", "error")
FLAGS = ("allowBlank", "showDropDown", "showInputMessage", "showErrorMessage")
RESULTS = frozenset(["n", "str", "b", "e"])
RANGES = re.compile(r"[A-Z]{1,3}[0-9]{1,7}(:[A-Z]{1,3}[0-9]{1,7})?( [A-Z]{1,3}[0-9]{1,7}(:[A-Z]{1,3}[0-9]{1,7})?)*")


def opened(content):
    """The workbook; every sheet has `results`, {(row, column): (type, text)} of its formulas, `drawing`, which is written
    as it was, and `lost`, [what cannot be kept, in words]. Macros are left out."""
    archive = Archive(content)
    book = load_workbook(BytesIO(content), rich_text=True)
    paths = {name: path for name, _, path in list_sheets(archive)}
    drawings = Drawings(archive, content)
    for sheet in book.worksheets:
        _give_back(sheet, archive, paths.get(sheet.title), drawings)
    return book


def _give_back(sheet, archive, path, drawings):
    """What openpyxl did not take from the part of a sheet."""
    sheet.results, sheet.drawing, sheet.lost = {}, None, []
    if path is None:
        return
    found = _Extras(archive.part(path))
    sheet.results, sheet.lost = found.results, found.lost
    for rule in found.rules:
        sheet.data_validations.append(rule)
    if found.drawing is None:
        return
    sheet.drawing = drawings.of(path, found.drawing)
    if sheet.drawing is None:
        sheet.lost.append(SOME_DRAWINGS)
    else:
        sheet._charts, sheet._images = [], []  # they stand in the drawing


def saved(book):
    parts = {}
    for sheet in book.worksheets:
        parts |= sheet.drawing.parts if getattr(sheet, "drawing", None) else {}
    return workbook_bytes(book, _SheetWriter, parts)


class _Extras:
    """One walk over a sheet's XML."""

    def __init__(self, part):
        self.results, self.rules, self.lost, self.drawing = {}, [], [], None
        self._cell, self._rule, self._text = None, None, None
        stream(part, self._start, self._end, self._data)

    def _start(self, tag, attributes):
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._cell, self._formula = attributes, False
        elif tag == "f" and self._cell is not None:
            self._formula = True
        elif tag == "dataValidation":
            self._rule = {**attributes, "f": [], "sqref": attributes.get("sqref", "")}
            self._extended = "sqref" not in attributes
        elif tag == "drawing":
            self.drawing = local(attributes).get("id")
        elif tag in LEFT_BEHIND and LEFT_BEHIND[tag] not in self.lost:
            self.lost.append(LEFT_BEHIND[tag])
        if tag in ("v", "f", "sqref"):
            self._text = ""

    def _data(self, data):
        if self._text is not None:
            self._text += data

    def _end(self, tag):
        tag = tag.rpartition(":")[2]
        if tag == "v" and self._cell is not None and self._formula:
            self._result(self._text)
        elif tag == "f" and self._rule is not None:
            self._rule["f"].append(self._text)
        elif tag == "sqref" and self._rule is not None:
            self._rule["sqref"] = self._text
        elif tag == "dataValidation":
            if self._extended:
                self._keep_rule()
            self._rule = None
        elif tag == "c":
            self._cell = None
        if tag in ("v", "f", "sqref"):
            self._text = None

    def _result(self, text):
        place = REFERENCE.fullmatch(self._cell.get("r", ""))
        kind = self._cell.get("t", "n")
        if place and text and kind in RESULTS:
            self.results[int(place[2]), column_index(place[1]) + 1] = (kind, text)

    def _keep_rule(self):
        ranges = (self._rule["sqref"] or "").strip()
        if self._rule.get("type") != "list" or not self._rule["f"] or not RANGES.fullmatch(ranges):
            return
        flags = {name: self._rule[name] in ("1", "true") for name in FLAGS if name in self._rule}
        told = {name: self._rule[name] for name in RULE if name in self._rule}
        self.rules.append(DataValidation(sqref=ranges, formula1=self._rule["f"][0], **told, **flags))


class _SheetWriter(WorksheetWriter):
    """openpyxl's, with the result beside each formula that was not touched, and the drawing as it was."""

    def write_drawings(self):
        kept = getattr(self.ws, "drawing", None)
        if kept is None:
            return super().write_drawings()
        relation = Relationship(type="drawing", Target=f"/{kept.path}")
        self._rels.append(relation)
        pointer = Related()
        pointer.id = relation.id
        return self.xf.send(pointer.to_tree("drawing"))

    def write_row(self, xf, row, row_idx):
        attributes = {"r": str(row_idx), **dict(self.ws.row_dimensions.get(row_idx, {}))}
        with xf.element("row", attributes):
            for cell in row:
                if cell._comment is not None:
                    self.ws._comments.append(CommentRecord.from_cell(cell))
                if cell._value is None and not cell.has_style and not cell._comment:
                    continue
                result = self.ws.results.get((cell.row, cell.column)) if cell.data_type == "f" else None
                etree_write_cell(_WithResult(xf, result) if result else xf, self.ws, cell, cell.has_style)


class _WithResult:
    def __init__(self, xf, result):
        self.xf, self.result = xf, result

    def write(self, element):
        kind, text = self.result
        element.set("t", kind)
        element.find("v").text = text
        self.xf.write(element)
