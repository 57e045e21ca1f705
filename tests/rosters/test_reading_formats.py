"""The same roster in every format, told by its content."""

import codecs

import pytest

from rosters import spec
from rosters.reading import read
from rosters.sandbox import read_cells
from tests.rosters import workbooks

ROWS = workbooks.roster_rows()
TEXT_NUMBERS = [[str(value) for value in row] for row in ROWS]
FILES = {
    "xlsx": workbooks.xlsx(ROWS),
    "xls": workbooks.xls(ROWS),
    "ods": workbooks.ods(ROWS),
    "csv utf-8": workbooks.delimited(ROWS),
    "csv utf-8-sig": workbooks.delimited(ROWS, "utf-8-sig"),
    "csv gbk": workbooks.delimited(ROWS, "gbk"),
    "csv gb18030": workbooks.delimited(ROWS, "gb18030"),
    "csv utf-16": workbooks.delimited(ROWS, "utf-16"),
    "csv utf-16-le without mark": workbooks.delimited(ROWS, "utf-16-le"),
    "csv utf-16-be": codecs.BOM_UTF16_BE + workbooks.delimited(ROWS, "utf-16-be"),
    "tsv gbk": workbooks.delimited(ROWS, "gbk", "\t"),
    "tsv utf-16, as Excel's Unicode text": workbooks.delimited(ROWS, "utf-16", "\t"),
    "semicolons": workbooks.delimited(ROWS, "utf-8", ";"),
    "html": workbooks.html(ROWS),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_every_format_gives_the_same_rows(name, extension, context):
    reading = read(spec.get("committee"), FILES[name], f"名册.{extension}", context)

    assert reading.totals == {"accept": 4, "warn": 0, "error": 0}, [row.problems for row in reading.rows]
    assert [row.values["name"] for row in reading.rows] == ["贾兴祥", "吴安全", "吴荣", "万雅倩"]
    assert reading.rows[0].values["township"] == "寨里镇"
    assert reading.rows[0].excel_row == 3
    assert reading.tables[0].header_rows == (2,)


def test_xls_date_format_without_a_day_gives_a_month():
    import datetime

    import xlwt

    style = xlwt.easyxf(num_format_str='yyyy"年"m"月"')
    plain = xlwt.easyxf(num_format_str="yyyy-mm-dd")

    def edit(workbook, sheet):
        sheet.write(1, 0, datetime.date(2021, 5, 1), style)
        sheet.write(1, 1, datetime.date(2021, 5, 1), plain)

    book = read_cells(workbooks.xls([["a", "b"]], edit=edit))

    assert book.sheets[0].rows[1] == ["2021-05", "2021-05-01"]


def test_xls_hidden_columns_rows_and_sheets_are_known():
    def edit(workbook, sheet):
        sheet.col(2).hidden = True
        sheet.row(3).hidden = True
        workbook.add_sheet("字典").visibility = 1

    book = read_cells(workbooks.xls(ROWS, merges=[(2, 3, 1, 1)], edit=edit))

    assert book.sheets[0].hidden_columns == {2}
    assert book.sheets[0].hidden_rows == {3}
    assert book.sheets[0].merges == [(2, 1, 3, 1)]
    assert [sheet.hidden for sheet in book.sheets] == [False, True]


def test_xlsx_builtin_chinese_date_format_is_a_date():
    """Excel in Chinese writes numFmtId 57 (yyyy年m月) without spelling the format out."""
    import io
    import zipfile

    content = workbooks.xlsx([["任职时间"], [44317]])
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(output, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "xl/styles.xml":
                part = part.replace(b"</cellXfs>", b'<xf numFmtId="57"/></cellXfs>')
            if entry.filename.startswith("xl/worksheets/sheet"):
                part = part.replace(b'<c r="A2" t="n">', b'<c r="A2" s="1" t="n">')
            target.writestr(entry.filename, part)

    assert read_cells(output.getvalue()).sheets[0].rows[1] == ["2021-05"]


def test_quoted_line_break_in_csv_does_not_count_as_a_row(context):
    rows = [[*ROWS[1], "备注"], [*ROWS[2], "第一行\n第二行"], [*ROWS[3], ""]]

    reading = read(spec.get("committee"), workbooks.delimited(rows), "a.csv", context)

    assert [row.excel_row for row in reading.rows] == [2, 3]
    assert reading.rows[0].values["remarks"] == "第一行\n第二行"


def test_ods_merges_hidden_things_and_month_only_dates():
    import io

    from odf.number import DateStyle, Day, Month, Text, Year
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.style import Style, TableColumnProperties, TableProperties
    from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    month, day = DateStyle(name="M"), DateStyle(name="D")
    for style, parts in ((month, (Year, Month)), (day, (Year, Month, Day))):
        for part in parts:
            style.addElement(part())
            style.addElement(Text(text="-"))
        document.automaticstyles.addElement(style)
    for name, data in (("cm", "M"), ("cd", "D")):
        document.automaticstyles.addElement(Style(name=name, family="table-cell", datastylename=data))
    hidden = Style(name="ta2", family="table")
    hidden.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(hidden)
    column = Style(name="co1", family="table-column")
    column.addElement(TableColumnProperties(columnwidth="1cm"))
    document.automaticstyles.addElement(column)

    def text(value, **attributes):
        cell = TableCell(valuetype="string", **attributes)
        cell.addElement(P(text=value))
        return cell

    table = Table(name="名册")
    table.addElement(TableColumn(stylename=column, numbercolumnsrepeated=2))
    table.addElement(TableColumn(stylename=column, visibility="collapse"))
    table.addElement(TableColumn(stylename=column))
    first, second = TableRow(), TableRow()
    first.addElement(text("茶富村", numberrowsspanned=2))
    first.addElement(TableCell(valuetype="date", datevalue="2021-05-01", stylename="cm"))
    first.addElement(text("藏"))
    first.addElement(TableCell(valuetype="date", datevalue="2021-05-01", stylename="cd"))
    second.addElement(CoveredTableCell())
    second.addElement(TableCell(valuetype="float", value="198506"))
    for row in (first, second):
        table.addElement(row)
    other = Table(name="字典", stylename=hidden)
    other.addElement(TableRow())
    document.spreadsheet.addElement(table)
    document.spreadsheet.addElement(other)
    output = io.BytesIO()
    document.write(output)

    book = read_cells(output.getvalue())

    assert book.format == "ods"
    assert book.sheets[0].rows == [["茶富村", "2021-05", "藏", "2021-05-01"], [None, 198506, None, None]]
    assert book.sheets[0].merges == [(0, 0, 1, 0)]
    assert book.sheets[0].hidden_columns == {2}
    assert [sheet.hidden for sheet in book.sheets] == [False, True]


def test_xml_spreadsheet_2003_is_read(context):
    def cell(value):
        kind = "Number" if isinstance(value, int) else "String"
        return f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>'

    lines = "".join(f"<Row>{''.join(cell(value) for value in row)}</Row>" for row in ROWS)
    content = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="名册"><Table>{lines}</Table></Worksheet>'
        '<Worksheet ss:Name="字典"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>'
        "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"
    ).encode()

    reading = read(spec.get("committee"), content, "a.xls", context)

    assert reading.totals == {"accept": 4, "warn": 0, "error": 0}
    assert reading.ignored_sheets == ({"sheet": "字典", "reason": "hidden"},)


def test_xlsx_with_prefixed_tags_is_read(context):
    """Some exporters write <x:worksheet>; all of it is prefixed then."""
    import io
    import re
    import zipfile

    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FILES["xlsx"])) as source, zipfile.ZipFile(output, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", part).replace(b" xmlns=", b" xmlns:x=")
            target.writestr(entry.filename, part)

    assert read(spec.get("committee"), output.getvalue(), "a.xlsx", context).totals["accept"] == 4
