"""A round's board as a workbook, for the meeting and the file."""

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from rosters import written
from rosters.board import COUNTED
from rosters.writer import HEAD, LINE

HEADINGS = (
    ("序号", 6), ("乡镇", 16), ("状态", 18), ("迟交（天）", 11), ("行数", 8), ("新增", 8), ("变更", 8), ("未变", 8), ("有问题", 8),
    ("报送人", 12), ("时间", 18), ("提醒", 30), ("要求重报", 30),
)  # fmt: skip
NUMBERS = {1, 4, 5, 6, 7, 8, 9}


def workbook(asked, kind, found, *, on, by):
    """The bytes of the board of the round `asked` as it stands on the day `on`."""
    book = Workbook()
    sheet = book.active
    sheet.title = "报送情况"
    last = get_column_letter(len(HEADINGS))
    done = sum(1 for standing in found if standing.is_done)
    told = (
        f"{kind}，截至 {asked.as_of:%Y-%m-%d}，期限 {asked.due:%Y-%m-%d}；应报 {len(found)} 个乡镇，已报 {done} 个。"
        f"导出人：{by}　导出时间：{timezone.localtime():%Y-%m-%d %H:%M}"
    )
    for number, text in ((1, f"{asked.title}报送情况"), (2, told)):
        sheet.merge_cells(f"A{number}:{last}{number}")
        written.put(sheet.cell(number, 1), text)
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    for column, (heading, width) in enumerate(HEADINGS, 1):
        cell = sheet.cell(3, column)
        written.put(cell, heading)
        cell.font, cell.fill, cell.border = Font(bold=True), HEAD, LINE
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, standing in enumerate(found, 1):
        for column, value in enumerate(_cells(number, standing), 1):
            _put(sheet.cell(number + 3, column), column, value)
    sheet.freeze_panes = "A4"
    sheet.page_setup.orientation = "landscape"
    return written.workbook_bytes(book)


def _cells(number, standing):
    counts = [standing.counts.get(key) for key in COUNTED]
    when = timezone.localtime(standing.when).strftime("%Y-%m-%d %H:%M") if standing.when else ""
    told = "、".join(f"{timezone.localtime(notice.at):%m-%d} {notice}" for notice in standing.reminders)
    return [
        number, standing.request.division.name, standing.word, standing.late or None, *counts, standing.who, when, told,
        standing.again.reason if standing.again else "",
    ]  # fmt: skip


def _put(cell, column, value):
    cell.border = LINE
    if column in NUMBERS:
        cell.value = value
    else:
        written.put(cell, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
