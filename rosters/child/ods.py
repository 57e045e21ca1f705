""".ods: values from calamine; spans, hidden things and formats of dates from our own pass over content.xml."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from rosters.child.archive import Archive
from rosters.child.formats import DAY, MONTH
from rosters.child.sheet import RawSheet, check_extent
from rosters.child.sniff import corrupt, encrypted
from rosters.child.values import place
from rosters.child.xml import local, stream
from rosters.limits import MAX_SHEETS, Refused

HIDDEN = ("collapse", "filter")


def read(content, limits):
    archive = Archive(content)
    if b"encryption-data" in (archive.part("META-INF/manifest.xml") or b""):
        raise encrypted()
    part = archive.part("content.xml")
    if part is None:
        raise corrupt()
    found = Pass(limits)
    try:
        stream(part, found.start, found.end)
    except (ValueError, KeyError):
        raise corrupt() from None
    if len(found.sheets) > MAX_SHEETS:
        raise Refused("too_many_sheets", f"工作簿超过 {MAX_SHEETS} 张工作表，请分成几个文件再上传。")
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    for index, sheet in enumerate(found.sheets):
        if not sheet.hidden:
            sheet.rows = place(workbook.get_sheet_by_index(index), found.date_cells[index])
    return found.sheets


class Pass:
    """One walk over content.xml: automatic styles come first, then the tables."""

    def __init__(self, limits):
        self.limits = limits
        self.sheets, self.date_cells = [], []
        self.day_shown, self.data_styles, self.hidden_tables = {}, {}, set()
        self.style = self.date_style = None
        self.depth = 0

    def start(self, tag, attributes):
        handler = getattr(self, f"_{tag.replace('-', '_')}", None)
        if handler:
            handler(local(attributes))

    def end(self, tag):
        if tag == "table":
            self.depth -= 1
        elif tag == "date-style":
            self.date_style = None

    def _date_style(self, attributes):
        self.date_style = attributes.get("name")
        self.day_shown[self.date_style] = False

    def _day(self, attributes):
        if self.date_style:
            self.day_shown[self.date_style] = True

    def _style(self, attributes):
        self.style = attributes.get("name")
        self.data_styles[self.style] = attributes.get("data-style-name")

    def _table_properties(self, attributes):
        if attributes.get("display") == "false":
            self.hidden_tables.add(self.style)

    def _table(self, attributes):
        self.depth += 1
        if self.depth > 1:
            return
        self.sheets.append(RawSheet(attributes.get("name", ""), attributes.get("style-name") in self.hidden_tables))
        self.date_cells.append({})
        self.row = self.column = -1
        self.row_repeat = 1
        self.columns_seen = 0
        self.column_styles = []

    def _table_column(self, attributes):
        repeat = int(attributes.get("number-columns-repeated", 1))
        kept = range(self.columns_seen, min(self.columns_seen + repeat, self.limits.columns))
        if attributes.get("visibility") in HIDDEN:
            self.sheets[-1].hidden_columns.extend(kept)
        self.column_styles.extend(attributes.get("default-cell-style-name") for _ in kept)
        self.columns_seen += repeat

    def _table_row(self, attributes):
        self.row += self.row_repeat
        self.row_repeat = int(attributes.get("number-rows-repeated", 1))
        self.column = 0
        if attributes.get("visibility") in HIDDEN and self.row < self.limits.rows:
            last = min(self.row + self.row_repeat, self.limits.rows)
            self.sheets[-1].hidden_rows.extend(range(self.row, last))

    def _covered_table_cell(self, attributes):
        self.column += int(attributes.get("number-columns-repeated", 1))

    def _table_cell(self, attributes):
        if self.depth != 1:
            return
        row, column = self.row, self.column
        repeat = int(attributes.get("number-columns-repeated", 1))
        self.column += repeat
        across = int(attributes.get("number-columns-spanned", 1))
        down = int(attributes.get("number-rows-spanned", 1))
        if across > 1 or down > 1:
            self.sheets[-1].merges.append((row, column, row + down - 1, column + across - 1))
        if "value-type" in attributes:
            check_extent(row + self.row_repeat - 1, column + repeat - 1, self.limits)
            if attributes["value-type"] == "date":
                self._mark_date(row, column, repeat, attributes.get("style-name"))

    def _mark_date(self, row, column, repeat, style):
        if style is None and column < len(self.column_styles):
            style = self.column_styles[column]
        shows_day = self.day_shown.get(self.data_styles.get(style), True)
        for at_row in range(row, row + self.row_repeat):
            for at_column in range(column, column + repeat):
                self.date_cells[-1][at_row, at_column] = DAY if shows_day else MONTH
