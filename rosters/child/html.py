"""A web page posing as .xls, as many systems export: its tables, one sheet each, spans as merges."""

import re
from html.parser import HTMLParser

from rosters.child.delimited import decode
from rosters.child.sheet import RawSheet, check_extent
from rosters.child.sniff import not_a_spreadsheet
from rosters.child.values import clean_text

CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
CHINESE = ("gb2312", "gbk", "gb18030", "x-gbk")


def read(content, limits):
    parser = TableParser(limits)
    parser.feed(_text(content))
    parser.close()
    sheets = [table for table in parser.tables if any(table.rows)]
    if not sheets:
        raise not_a_spreadsheet("没有表格的网页")
    for number, sheet in enumerate(sheets, 1):
        sheet.name = f"表{number}" if len(sheets) > 1 else None
    return sheets


def _text(content):
    named = CHARSET.search(content[:4096])
    if named and named[1].decode("ascii").lower() in CHINESE:
        return content.decode("gb18030", "replace")
    return decode(content)


class TableParser(HTMLParser):
    """Outermost tables only: a table inside a cell is layout and its text belongs to that cell."""

    def __init__(self, limits):
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.tables = []
        self.depth = 0
        self.skipping = 0
        self.cell = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in ("style", "script", "head"):
            self.skipping += 1
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(RawSheet(None))
                self.occupied = {}
        elif self.depth == 1 and tag == "tr":
            self._end_cell()
            self._start_row(attributes)
        elif self.depth == 1 and tag in ("td", "th"):
            self._end_cell()
            self._start_cell(attributes)
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag):
        if tag in ("style", "script", "head"):
            self.skipping = max(0, self.skipping - 1)
        elif tag == "table":
            if self.depth == 1:
                self._end_cell()
            self.depth = max(0, self.depth - 1)
        elif self.depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data):
        if self.cell is not None and not self.skipping:
            self.cell.append(data)

    def _start_row(self, attributes):
        table = self.tables[-1]
        if HIDDEN.search(attributes.get("style") or ""):
            table.hidden_rows.append(len(table.rows))
        table.rows.append([])
        self.column = 0

    def _start_cell(self, attributes):
        table = self.tables[-1]
        if not table.rows:
            self._start_row({})
        row = len(table.rows) - 1
        while self.occupied.get((row, self.column)):
            self.column += 1
        across = _span(attributes.get("colspan"), self.limits.columns + 1)
        down = _span(attributes.get("rowspan"), self.limits.rows)
        check_extent(row, self.column, self.limits)
        if across > 1 or down > 1:
            table.merges.append((row, self.column, row + down - 1, self.column + across - 1))
        # A header cell across "all" columns may claim more than there are.
        for below in range(row + 1, min(row + down, row + 2000)):
            for column in range(self.column, min(self.column + across, self.limits.columns)):
                self.occupied[below, column] = True
        self.position = (row, self.column)
        self.column += across
        self.cell = []

    def _end_cell(self):
        if self.cell is None:
            return
        row, column = self.position
        values = self.tables[-1].rows[row]
        values.extend([None] * (column + 1 - len(values)))
        text = re.sub(r"[ \t\xa0]+", " ", "".join(self.cell)).strip()
        values[column] = clean_text(text)
        self.cell = None


def _span(text, most):
    try:
        return max(1, min(int(text), most))
    except (TypeError, ValueError):
        return 1
