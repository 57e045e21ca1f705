"""Rosters as workbooks: an export that reads back as unchanged, and an empty template with drop-downs."""

from urllib.parse import quote

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from rosters import written
from rosters.ours import PROPERTY

TEMPLATE_ROWS = 300
HEADER_ROW = 3
NOTE_HEIGHT = 17  # points of one line
# Widths in characters, by kind of value.
WIDTHS = {"id_number": 21, "phone": 14, "name": 12, "posts": 24, "place": 14, "free_text": 24, "date": 12}
LINE = Border(*[Side(style="thin", color="BFC5CC")] * 4)
HEAD = PatternFill("solid", fgColor="EEF1F4")


def attachment(filename):
    """A Content-Disposition with the name for old and new browsers (RFC 6266)."""
    return f"attachment; filename=\"roster.xlsx\"; filename*=UTF-8''{quote(filename)}"


def export(roster, rows, *, place, on, by, about="", mark=""):
    """The bytes of a workbook with `rows` ({field: text}); who made it, when and for which date stand below the title.

    `about` is the training session or award round whose rows they are: it heads the sheet in place of `place`."""
    columns = _columns(roster, {name for row in rows for name, value in row.items() if value})
    made = f"填报单位：{place}　数据日期：{on:%Y-%m-%d}　导出人：{by}　导出时间：{timezone.localtime():%Y-%m-%d %H:%M}"
    title = f"{about}{roster.target.title}" if about else f"{place}{roster.title}"
    book, sheet = _sheet(roster, columns, title, made)
    _fill(sheet, columns, rows)
    sheet.auto_filter.ref = (
        f"A{HEADER_ROW}:{get_column_letter(len(columns))}{max(HEADER_ROW + len(rows), HEADER_ROW + 1)}"
    )
    return _marked_bytes(book, mark)


def template(roster, choices, *, place="", notes=(), rows=(), mark=""):
    """The bytes of a workbook to fill in: text cells, drop-downs of `choices` {field: [texts]} from a hidden sheet, and
    what is known already as `rows` {field: text}. `notes` stand below the title, `mark` where nobody sees it."""
    columns = _columns(roster, {name for row in rows for name, value in row.items() if value})
    notes = (*notes, roster.template_note)
    book, sheet = _sheet(roster, columns, f"{place}{roster.title}", "\n".join(notes))
    sheet["A2"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[2].height = NOTE_HEIGHT * len(notes)
    for at, column in enumerate(columns, 1):
        if column.field in roster.required:
            _write(sheet.cell(HEADER_ROW, at), f"{column.spellings[0]}*")
    last = HEADER_ROW + len(rows) + TEMPLATE_ROWS
    for at in range(1, len(columns) + 1):
        for number in range(HEADER_ROW + 1, last + 1):
            sheet.cell(number, at).number_format = written.TEXT
            sheet.cell(number, at).border = LINE
    _fill(sheet, columns, rows)
    _add_drop_downs(book, sheet, columns, choices, last)
    return _marked_bytes(book, mark)


def _fill(sheet, columns, rows):
    for number, row in enumerate(rows, HEADER_ROW + 1):
        for at, column in enumerate(columns, 1):
            _write(sheet.cell(number, at), row.get(column.field))


def _marked_bytes(book, mark):
    if mark:
        book.custom_doc_props.append(StringProperty(name=PROPERTY, value=mark))
    return written.workbook_bytes(book)


def _columns(roster, used):
    """The roster's standard columns, and those of `used` that belong beside them."""
    names = {*roster.standard, *used}
    found = {column.field for column in roster.columns if column.field in names and not column.compared_only}
    return [roster.column(field) for field in roster.in_order(found)]


def _sheet(roster, columns, title, note):
    book = Workbook()
    sheet = book.active
    sheet.title = "名册"
    last = get_column_letter(len(columns))
    for number, text in ((1, title), (2, note)):
        sheet.merge_cells(f"A{number}:{last}{number}")
        _write(sheet.cell(number, 1), text, border=None)
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for place, column in enumerate(columns, 1):
        cell = sheet.cell(HEADER_ROW, place)
        _write(cell, column.spellings[0])
        cell.font, cell.fill = Font(bold=True), HEAD
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(column.kind.name, 10)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    return book, sheet


def _write(cell, value, border=LINE):
    written.put(cell, value)
    if border:
        cell.border = border


def _add_drop_downs(book, sheet, columns, choices, last):
    lists = book.create_sheet("选项")
    lists.sheet_state = "hidden"
    filled = [(place, column) for place, column in enumerate(columns, 1) if choices.get(column.field)]
    for order, (place, column) in enumerate(filled, 1):
        texts = choices[column.field]
        for number, text in enumerate(texts, 1):
            _write(lists.cell(number, order), text, border=None)
        source, target = get_column_letter(order), get_column_letter(place)
        rule = DataValidation("list", formula1=f"'选项'!${source}$1:${source}${len(texts)}", allow_blank=True)
        # Several posts may stand in one cell: what is not on the list is checked when the file comes back.
        rule.showErrorMessage = False
        sheet.add_data_validation(rule)
        rule.add(f"{target}{HEADER_ROW + 1}:{target}{last}")
