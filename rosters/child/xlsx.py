""".xlsx and .xlsm: values from calamine; formats, merges, hidden things and the true extent from our own pass."""

import posixpath
import re
from io import BytesIO

from python_calamine import CalamineWorkbook

from rosters.child import formats
from rosters.child.archive import Archive
from rosters.child.sheet import RawSheet, check_extent
from rosters.child.sniff import corrupt
from rosters.child.values import place
from rosters.child.xml import local, stream
from rosters.limits import MAX_SHEETS, Refused

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
MAX_MERGES = 50_000


def read(content, limits):
    archive = Archive(content)
    styles = read_styles(archive)
    entries = list_sheets(archive)
    if len(entries) > MAX_SHEETS:
        raise Refused("too_many_sheets", f"工作簿超过 {MAX_SHEETS} 张工作表，请分成几个文件再上传。")
    passes = [Pass(archive.part(path), styles, limits) for _, _, path in entries]
    # Only now, when no cell lies where calamine would ask for the memory of the whole grid.
    values = CalamineWorkbook.from_filelike(BytesIO(content))
    sheets = []
    for (name, hidden, _), found in zip(entries, passes, strict=True):
        sheet = RawSheet(name, hidden)
        if not hidden and found.has_content:
            found.describe(sheet)
            sheet.rows = place(values.get_sheet_by_name(name), found.date_cells)
        sheets.append(sheet)
    return sheets


def list_sheets(archive):
    """(name, hidden, path of its part) of every worksheet, in order."""
    workbook = archive.part("xl/workbook.xml")
    relations = archive.part("xl/_rels/workbook.xml.rels")
    if workbook is None or relations is None:
        raise corrupt()
    targets, entries = {}, []

    def relation(tag, attributes):
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            targets[attributes.get("Id")] = attributes.get("Target", "")

    def sheet(tag, attributes):
        if tag == "sheet":
            found = local(attributes)
            entries.append((found.get("name", ""), found.get("state", "visible") != "visible", found.get("id")))

    stream(relations, relation)
    stream(workbook, sheet)
    located = [(name, hidden, _part_path(targets.get(key, ""))) for name, hidden, key in entries]
    return [entry for entry in located if "worksheets/" in entry[2].lower() and archive.part(entry[2]) is not None]


def _part_path(target):
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def read_styles(archive):
    """Per cell style whether it shows a date: a list of DAY, MONTH or None."""
    part = archive.part("xl/styles.xml")
    codes, kinds, inside = {}, [], []

    def start(tag, attributes):
        if tag == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside.append(True)
        elif tag == "xf" and inside:
            kinds.append(int(attributes.get("numFmtId", 0)))

    def end(tag):
        if tag == "cellXfs":
            inside.clear()

    if part is not None:
        try:
            stream(part, start, end)
        except (ValueError, KeyError):
            raise corrupt() from None
    return [formats.kind_of(number, codes) for number in kinds]


def column_index(letters):
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class Pass:
    """One walk over a sheet's start tags."""

    def __init__(self, part, styles, limits):
        self._kinds = {str(number): kind for number, kind in enumerate(styles) if kind}
        self.kind = None
        self.merges, self.hidden_columns, self.hidden_rows = [], set(), set()
        self.date_cells = {}
        self.row = self.column = -1
        self.last_row = self.last_column = -1
        self._columns = {}
        self._limit = limits.columns
        try:
            stream(part, self._start)
            if self.last_row >= limits.rows or self.last_column >= limits.columns:
                self._measure_again(part)
        except (ValueError, KeyError):
            raise corrupt() from None
        check_extent(self.last_row, self.last_column, limits)

    def _measure_again(self, part):
        """Formulas dragged down to row 65,536 leave empty values behind: only what has a text counts."""
        self.row = self.column = self.last_row = self.last_column = -1
        self.date_cells, self.tag = {}, None

        def start(tag, attributes):
            self.tag = tag
            if tag == "c":
                self._cell(attributes)
            elif tag == "row":
                self._row(attributes)

        def text(data):
            if self.tag in ("v", "t") and not data.isspace():
                self._content()

        stream(part, start, None, text)

    @property
    def has_content(self):
        return self.last_row >= 0

    def describe(self, sheet):
        sheet.merges = self.merges
        sheet.hidden_columns = sorted(self.hidden_columns)
        sheet.hidden_rows = sorted(row for row in self.hidden_rows if row <= self.last_row)

    def _start(self, tag, attributes):
        if tag == "v" or tag == "is":
            self._content()
        elif tag == "c":
            self._cell(attributes)
        elif tag == "row":
            self._row(attributes)
        elif tag == "mergeCell":
            self._merge(attributes["ref"])
        elif tag == "col":
            self._hide(attributes)

    def _row(self, attributes):
        self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
        self.column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_rows.add(self.row)

    def _cell(self, attributes):
        if "r" in attributes:
            letters = attributes["r"].rstrip("0123456789")
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = column_index(letters)
            self.column = column
        else:
            self.column += 1
        self.kind = self._kinds.get(attributes.get("s"))

    def _content(self):
        if self.row > self.last_row:
            self.last_row = self.row
        if self.column > self.last_column:
            self.last_column = self.column
        if self.kind:
            self.date_cells[self.row, self.column] = self.kind

    def _merge(self, reference):
        corners = REFERENCE.findall(reference)
        if not corners:
            return
        (left, top), (right, bottom) = corners[0], corners[-1]
        self.merges.append((int(top) - 1, column_index(left), int(bottom) - 1, column_index(right)))
        if len(self.merges) > MAX_MERGES:
            raise Refused("too_many_merges", f"合并单元格超过 {MAX_MERGES:,} 处，未予读取。")

    def _hide(self, attributes):
        if attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0":
            last = min(int(attributes["max"]), self._limit)
            self.hidden_columns.update(range(int(attributes["min"]) - 1, last))
