"""XML Spreadsheet 2003 (SpreadsheetML), which many systems export under the name .xls."""

import datetime

from rosters.child.archive import refuse_declarations
from rosters.child.formats import DAY, MONTH, date_kind
from rosters.child.sheet import RawSheet, check_extent
from rosters.child.sniff import corrupt
from rosters.child.values import clean_text, iso, number
from rosters.child.xml import local, stream


def read(content, limits):
    refuse_declarations(content)
    found = Pass(limits)
    try:
        stream(content, found.start, found.end, found.text)
    except (ValueError, KeyError):
        raise corrupt() from None
    return found.sheets


class Pass:
    def __init__(self, limits):
        self.limits = limits
        self.sheets, self.kinds = [], {}
        self.style = self.column_style = None
        self.pieces = None

    def start(self, tag, attributes):
        found = local(attributes)
        if tag == "Style":
            self.style = found.get("ID")
        elif tag == "NumberFormat":
            self.kinds[self.style] = date_kind(found.get("Format", ""))
        elif tag == "Worksheet":
            self.sheets.append(RawSheet(found.get("Name", "")))
            self.row = self.column = self.width = -1
        elif tag == "Column":
            self._column(found)
        elif tag == "Row":
            self.row = int(found["Index"]) - 1 if "Index" in found else self.row + 1
            self.column = -1
            if found.get("Hidden") == "1":
                self.sheets[-1].hidden_rows.append(self.row)
        elif tag == "Cell":
            self._cell(found)
        elif tag == "Data":
            self.type, self.pieces = found.get("Type"), []
        elif tag == "Visible":
            self.pieces = []

    def _column(self, found):
        first = int(found["Index"]) - 1 if "Index" in found else self.width + 1
        self.width = first + int(found.get("Span", 0))
        if found.get("Hidden") == "1":
            last = min(self.width, self.limits.columns - 1)
            self.sheets[-1].hidden_columns.extend(range(first, last + 1))

    def _cell(self, found):
        self.column = int(found["Index"]) - 1 if "Index" in found else self.column + 1
        self.cell_style = found.get("StyleID")
        self.at = self.column
        across, down = int(found.get("MergeAcross", 0)), int(found.get("MergeDown", 0))
        if across or down:
            self.sheets[-1].merges.append((self.row, self.column, self.row + down, self.column + across))
        self.column += across

    def text(self, data):
        if self.pieces is not None:
            self.pieces.append(data)

    def end(self, tag):
        if tag == "Data" and self.pieces is not None:
            self._put("".join(self.pieces))
            self.pieces = None
        elif tag == "Visible" and self.pieces is not None:
            self.sheets[-1].hidden = "Hidden" in "".join(self.pieces)
            self.pieces = None

    def _put(self, text):
        value = self._value(text)
        if value is None:
            return
        check_extent(self.row, self.at, self.limits)
        rows = self.sheets[-1].rows
        rows.extend([] for _ in range(self.row + 1 - len(rows)))
        rows[self.row].extend([None] * (self.at + 1 - len(rows[self.row])))
        rows[self.row][self.at] = value

    def _value(self, text):
        if self.type == "Number":
            return number(float(text))
        if self.type == "DateTime":
            kind = MONTH if self.kinds.get(self.cell_style) == MONTH else DAY
            return iso(datetime.date.fromisoformat(text[:10]), kind)
        return clean_text(text)
