"""组织生活: which months and kinds of meetings are missing, by place; branch by branch stands on the page of 组织生活."""

from dataclasses import dataclass

from config.reports.matrix import Column, Places, area, counting, table
from villages.models import MeetingKind, PartyBranch
from villages.party_duties import MONTHS, matrix

NOTES = (
    "说明：一个支部一个月（季度、年度）缺一类算一项，计在应开期限的末月；没有到提示日的不算缺；正式党员不满规定人数的支部不要求支委会。",
    "逐支部逐月的完成情况在“组织生活”导出。",
)


@dataclass(frozen=True)
class Branch:
    """A branch of the date with what it lacks."""

    place: str
    is_complete: bool
    gaps: tuple  # (month, kind) of each


def _gaps(month=0, kind=""):
    return lambda branches: sum(
        gap[0] in (month or gap[0],) and gap[1] in (kind or gap[1],) for one in branches for gap in one.gaps
    )


COLUMNS = (
    Column("党支部", "支部数", len),
    Column("党支部", "没有缺项", counting(is_complete=True)),
    Column("党支部", "有缺项", counting(is_complete=False)),
    Column("", "缺项合计", _gaps()),
    *(Column("各月缺项", f"{month}月", _gaps(month=month), 7) for month in MONTHS),
    *(Column("各类缺项", kind.label, _gaps(kind=kind.value), 11) for kind in MeetingKind),
)


def sheet(user, on, code=None):
    """The sheet of the year so far. Queries do not grow."""
    branches = PartyBranch.objects.visible_to(user).existing(on)
    branches = list((branches.below(code) if code else branches).order_by("village_id", "pk"))
    months = matrix(branches, on)
    things = [_thing(branch, [slot for cell in months[branch.pk] for slot in cell.missing]) for branch in branches]
    told = f"{area(user, code)}　{on.year} 年 1 月 1 日至 {on:%Y-%m-%d}　单位：个、项"
    title = "“三会一课”等组织生活完成情况统计表"
    return [table(title, Places.of(user, on, code), things, COLUMNS, told=told, foot=NOTES, name="组织生活")]


def _thing(branch, slots):
    return Branch(branch.village_id, not slots, tuple((slot.month, slot.kind.value) for slot in slots))
