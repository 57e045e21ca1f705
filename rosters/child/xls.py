""".xls (BIFF, also as WPS writes it): values and merges from calamine; formats and hidden things from our own pass."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from rosters.child import biff
from rosters.child.ole import Compound
from rosters.child.sheet import RawSheet, check_extent
from rosters.child.sniff import OLE_MAGIC, encrypted, not_a_spreadsheet
from rosters.child.values import place
from rosters.limits import Refused


def read(content, limits):
    if not content.startswith(OLE_MAGIC):
        raise Refused("unsupported", "这是很早版本的 .xls，请在 Excel 或 WPS 里另存为 .xlsx 再上传。")
    compound = Compound(content)
    if "encryptedpackage" in compound.entries or "encryptioninfo" in compound.entries:
        raise encrypted()
    stream = compound.stream("Workbook") or compound.stream("Book")
    if stream is None:
        raise not_a_spreadsheet("Word 文档" if "worddocument" in compound.entries else "其他文件")
    facts = biff.Workbook(stream)
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    return [_sheet(workbook, name, facts, limits) for name in workbook.sheet_names if name in facts.sheets]


def _sheet(workbook, name, facts, limits):
    if name in facts.hidden:
        return RawSheet(name, hidden=True)
    cells, found = workbook.get_sheet_by_name(name), facts.sheets[name]
    if cells.end is not None:
        check_extent(*cells.end, limits)
    return RawSheet(
        name,
        rows=place(cells, found.date_cells),
        merges=[(*start, *end) for start, end in cells.merged_cell_ranges or ()],
        hidden_columns=sorted(column for column in found.hidden_columns if column < limits.columns),
        hidden_rows=sorted(found.hidden_rows),
    )
