"""What a comparison found, for the page and as a workbook; numbers of persons masked unless told otherwise."""

from dataclasses import dataclass

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.identity import mask_id, mask_phone, mask_text
from core.text import tight
from rosters import written
from rosters.models import ReconciledRow
from rosters.writer import HEAD, LINE

State = ReconciledRow.State
CSS = {State.DIFFERENT: "bad", State.THEIRS: "warn", State.OURS: "warn", State.MINOR: "blue", State.SAME: "same"}
PERSONAL = {"id_number": mask_id, "phone": mask_phone}
CELLS = ("对方位置", "乡镇", "村（社区）", "姓名", "身份证号", "栏目", "对方", "系统", "说明")
PEOPLE = ("对方位置", "乡镇", "村（社区）", "姓名", "身份证号", "其他")
WIDTHS = (14, 14, 16, 12, 22, 14, 24, 24, 40)


@dataclass(frozen=True)
class Line:
    """One row as it is shown; `cells` [(label, theirs, ours, level, why)]."""

    state: str
    css: str
    word: str
    place: str
    township: str
    village: str
    name: str
    id_number: str
    cells: list
    facts: str


def line(roster, row, full=False):
    """A ReconciledRow as a Line; with `full` its numbers are not masked."""
    content = row.content
    labels = {column.target: column.label for column in reversed(roster.columns)}
    cells = [
        (labels.get(cell["field"], cell["field"]), *(_shown(cell["field"], cell[side], full) for side in ("theirs", "ours")),
         cell["level"], cell["why"])
        for cell in content["cells"]
    ]  # fmt: skip
    return Line(
        row.state,
        CSS[row.state],
        row.get_state_display(),
        content["place"],
        content["township"],
        content["village"],
        _shown("name", content["name"], full),
        _shown("id_number", content["id_number"], full),
        cells,
        "，".join(f"{label}：{_shown('', text, full)}" for label, text in content.get("facts", ())),
    )


def _shown(field, text, full):
    if full or not text:
        return text
    return PERSONAL[field](tight(text)) if field in PERSONAL else mask_text(text)


def workbook(kept, roster, *, by, full):
    """The bytes of a workbook: a sheet of cells that differ, one of each side's own people."""
    book = Workbook()
    book.remove(book.active)
    lines = [line(roster, row, full) for row in kept.rows.order_by("order")]
    told = (
        f"{kept.filename} 与系统（{kept.division}，{kept.as_of:%Y-%m-%d}）核对　核对人：{by}　"
        f"导出时间：{timezone.localtime():%Y-%m-%d %H:%M}"
    )
    differing = [found for found in lines if found.state in (State.DIFFERENT, State.MINOR)]
    cells = [[*_who(found), *cell[:3], cell[4]] for found in differing for cell in found.cells]
    _sheet(book, "不一致", CELLS, cells, told)
    for state in (State.THEIRS, State.OURS):
        people = [[*_who(found), found.facts] for found in lines if found.state == state]
        _sheet(book, state.label, PEOPLE, people, told)
    return written.workbook_bytes(book)


def _who(found):
    return [found.place, found.township, found.village, found.name, found.id_number]


def _sheet(book, title, headings, rows, told):
    sheet = book.create_sheet(title)
    sheet.merge_cells(f"A1:{get_column_letter(len(headings))}1")
    written.put(sheet["A1"], f"{told}　共 {len(rows)} 行")
    for column, heading in enumerate(headings, 1):
        cell = sheet.cell(2, column)
        written.put(cell, heading)
        cell.font, cell.fill, cell.border = Font(bold=True), HEAD, LINE
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS[column - 1]
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            written.put(cell, value)
            cell.border, cell.alignment = LINE, Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A3"
