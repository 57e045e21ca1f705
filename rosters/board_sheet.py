"""A round's board as a workbook, for the meeting and the file."""

from django.utils import timezone

from rosters import listing
from rosters.board import COUNTED

HEADINGS = (
    ("序号", 6), ("乡镇", 16), ("状态", 18), ("迟交（天）", 11), ("行数", 8), ("新增", 8), ("变更", 8), ("未变", 8), ("有问题", 8),
    ("报送人", 12), ("时间", 18), ("提醒", 30), ("要求重报", 30),
)  # fmt: skip


def workbook(asked, kind, found, *, by):
    """The bytes of the board of the round `asked`."""
    done = sum(1 for standing in found if standing.is_done)
    told = f"{kind}，截至 {asked.as_of:%Y-%m-%d}，期限 {asked.due:%Y-%m-%d}；应报 {len(found)} 个乡镇，已报 {done} 个。"
    rows = [_cells(number, standing) for number, standing in enumerate(found, 1)]
    return listing.workbook(f"{asked.title}报送情况", HEADINGS, rows, by=by, told=told)


def _cells(number, standing):
    counts = [standing.counts.get(key) for key in COUNTED]
    when = timezone.localtime(standing.when).strftime("%Y-%m-%d %H:%M") if standing.when else ""
    told = "、".join(f"{timezone.localtime(notice.at):%m-%d} {notice}" for notice in standing.reminders)
    return [
        number, standing.request.division.name, standing.word, standing.late or None, *counts, standing.who, when, told,
        standing.again.reason if standing.again else "",
    ]  # fmt: skip
