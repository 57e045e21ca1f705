"""Workbooks made for tests: the same rows in any format."""

import csv
import io

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

VILLAGES = ("茶富村", "太银村", "小寺洲村", "桃林村", "大青村")
TITLE = "光泽县寨里镇村“两委”干部花名册"
HEADER = (
    "序号",
    "行政村",
    "姓名",
    "性别",
    "民族",
    "出生年月",
    "身份证号码",
    "政治面貌",
    "学历",
    "职务",
    "任现职时间",
    "联系电话",
)
PEOPLE = (
    (1, "茶富村", "贾兴祥", "男", "汉族", "1982.02", "350723198202043818", "中共党员", "大专", "党支部书记", "2021.03", "15021617989"),
    (2, "茶富村", "吴安全", "男", "汉族", "1994.02", "350723199402073493", "党员", "高中", "副书记", "2021.03", "13589226752"),
    (3, "太银村", "吴荣", "女", "畲族", "1977.10", "35072319771003186X", "群众", "初中", "村委委员", "2021.12", "19563771423"),
    (4, "太银村", "万雅倩", "女", "汉族", "1968.02", "35072319680216362X", "中共党员", "大专", "支委", "2022.02", "19581261087"),
)  # fmt: skip


def roster_rows(title=TITLE):
    return [[title], list(HEADER), *[list(person) for person in PEOPLE]]


def xlsx(*sheets, merges=(), edit=None):
    """`sheets`: rows, or (name, rows). `edit(workbook)` may change anything before saving."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for number, entry in enumerate(sheets, 1):
        name, rows = entry if isinstance(entry, tuple) else (f"Sheet{number}", entry)
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for merge in merges:
        workbook.worksheets[0].merge_cells(merge)
    if edit:
        edit(workbook)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def xls(rows, merges=(), edit=None):
    """`merges`: (top, bottom, left, right), 0-based."""
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("Sheet1")
    covered = set()
    for top, bottom, left, right in merges:
        sheet.write_merge(top, bottom, left, right, rows[top][left])
        covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    for row_index, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None and (row_index, column) not in covered:
                sheet.write(row_index, column, value)
    if edit:
        edit(workbook, sheet)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def ods(rows, sheet="Sheet1"):
    document = OpenDocumentSpreadsheet()
    table = Table(name=sheet)
    document.spreadsheet.addElement(table)
    for row in rows:
        line = TableRow()
        table.addElement(line)
        for value in row:
            line.addElement(_ods_cell(value))
    output = io.BytesIO()
    document.write(output)
    return output.getvalue()


def _ods_cell(value):
    if value is None:
        return TableCell()
    if isinstance(value, (int, float)):
        return TableCell(valuetype="float", value=str(value))
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def delimited(rows, encoding="utf-8", separator=","):
    output = io.StringIO()
    csv.writer(output, delimiter=separator).writerows(["" if value is None else value for value in row] for row in rows)
    return output.getvalue().encode(encoding)


def html(rows):
    lines = "".join(
        "<tr>" + "".join(f"<td>{'' if value is None else value}</td>" for value in row) + "</tr>" for row in rows
    )
    page = f'<html><head><meta charset="gb2312"><style>td{{}}</style></head><body><table>{lines}</table></body></html>'
    return page.encode("gb18030")
