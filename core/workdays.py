"""Working days by the calendar that the county keeps: weekdays, but for the days off and on that were arranged.

Nothing is guessed: a count that needs a year whose arrangement has not been entered raises NotEntered."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.db import transaction

from core.dates import LATEST, parse_date
from core.models import SpecialDay
from core.writes import create_rows, delete_rows

DAY = datetime.timedelta(days=1)
SATURDAY = 5
LONGEST = 31  # days of one line: no holiday is longer
LINE = re.compile(r"(放假|上班)\s*(\d{4}-\d{2}-\d{2})(?:\s*(?:至|到|~|—)\s*(\d{4}-\d{2}-\d{2}))?\s*(.{0,20})")


class NotEntered(ValidationError):
    """The arrangement of a year that a count needs has not been entered."""

    def __init__(self, year):
        super().__init__(
            f"还没有录入 {year} 年的放假调休安排，工作日不能推算。请县委组织部在“参数设置”的“工作日历”录入后再办。",
            code="calendar_not_entered",
        )
        self.year = year


class _Calendar:
    """The special days from a day on, read once."""

    def __init__(self, start):
        rows = SpecialDay.objects.filter(year__gte=start.year - 1).values_list("year", "date", "is_working")
        self.years, self.special = set(), {}
        for year, day, is_working in rows:
            self.years.add(year)
            self.special[day] = is_working

    def is_working(self, day):
        if day.year not in self.years:
            raise NotEntered(day.year)
        return self.special.get(day, day.weekday() < SATURDAY)


def entered():
    """The years whose arrangement has been entered, in order."""
    return sorted(set(SpecialDay.objects.order_by().values_list("year", flat=True)))


def working_days_between(start, end):
    """How many working days lie after `start` up to `end`, `end` included; raises NotEntered. 0 when `end` is not later."""
    if end <= start:
        return 0
    calendar = _Calendar(start)
    return sum(calendar.is_working(start + DAY * number) for number in range(1, (end - start).days + 1))


def add_working_days(start, n):
    """The `n`th working day after `start`; the day itself is not counted (期间开始之日不计). Raises NotEntered."""
    calendar, day = _Calendar(start), start
    while n > 0:
        if day >= LATEST:
            raise NotEntered(day.year)
        day += DAY
        n -= calendar.is_working(day)
    return day


def parse(text, year):
    """[(date, is_working, name)] of lines such as “放假 2024-02-10 至 2024-02-17 春节”; ValidationError names the line."""
    found, wrong = {}, []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            for day, is_working, name in _days(line.strip(), year):
                if day in found:
                    raise ValidationError(f"{day:%Y-%m-%d} 写了两次")
                found[day] = (day, is_working, name)
        except ValidationError as error:
            wrong.append(f"第 {number} 行“{line.strip()[:40]}”：{error.messages[0]}。")
    if wrong:
        raise ValidationError(wrong)
    if not any(day.year == year for day in found):
        raise ValidationError(f"没有 {year} 年的日期。请照国务院办公厅通知，每行写一段放假或一天上班。")
    return [found[day] for day in sorted(found)]


def _days(line, year):
    match = LINE.fullmatch(line)
    if match is None:
        raise ValidationError("请写成“放假 2024-02-10 至 2024-02-17 春节”或“上班 2024-02-04 春节”")
    word, first, last, name = match.groups()
    first, last = parse_date(first), parse_date(last or first)
    if first is None or last is None:
        raise ValidationError("没有这个日期")
    if not 0 <= (last - first).days < LONGEST:
        raise ValidationError(f"结束日期早于开始日期，或超过 {LONGEST} 天")
    days = [first + DAY * number for number in range((last - first).days + 1)]
    if any(day.year != year and (day.year, day.month) != (year - 1, 12) for day in days):
        raise ValidationError(f"不是 {year} 年（或上年 12 月）的日期")
    return [(day, word == "上班", name.strip()) for day in days]


def lines_of(rows):
    """The text of which `parse` makes these special days: runs of the same kind and name on one line."""
    runs = []
    for row in sorted(rows, key=lambda one: one.date):
        if runs and runs[-1][-1].date + DAY == row.date and _same(runs[-1][-1], row):
            runs[-1].append(row)
        else:
            runs.append([row])
    return [_line(run) for run in runs]


def _same(one, other):
    return (one.is_working, one.name) == (other.is_working, other.name)


def _line(run):
    word = "上班" if run[0].is_working else "放假"
    until = f" 至 {run[-1].date:%Y-%m-%d}" if len(run) > 1 else ""
    return f"{word} {run[0].date:%Y-%m-%d}{until} {run[0].name}".strip()


@transaction.atomic
def record_year(year, days, *, basis, by):
    """Put the arrangement of a year in place of what was kept of it; `days` as `parse` gives them. Raises ValidationError."""
    kept = list(SpecialDay.objects.select_for_update().filter(year=year).order_by("date"))
    taken = SpecialDay.objects.filter(date__in=[day for day, _, _ in days]).exclude(year=year).order_by("date").first()
    if taken:
        raise ValidationError(f"{taken.date:%Y-%m-%d} 已在 {taken.year} 年的安排里，请核对。")
    delete_rows(kept, by=by)
    return create_rows(
        [
            SpecialDay(division_id=by.division_id, year=year, date=day, is_working=works, name=name, basis=basis)
            for day, works, name in days
        ],
        by=by,
    )
