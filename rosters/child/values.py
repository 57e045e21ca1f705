"""Cell values as calamine gives them → what the parent gets: text, int, float or None; dates as ISO text."""

import datetime
import re

from rosters.child.formats import DAY, MONTH

# Control characters (PostgreSQL refuses NUL), bidirectional and zero-width marks: never part of what a clerk meant.
CONTROL = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]
MARKS = [0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFFE, 0xFFFF]
INVISIBLE = dict.fromkeys([*CONTROL, *MARKS])
SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\r]"
)
EPOCH = datetime.date(1899, 12, 30)
LAST_SERIAL = 2_958_465


def clean_text(text):
    """Line ends as \\n, invisible characters gone, an empty text as None."""
    if text.isalnum():  # most cells
        return text
    if not text.isprintable() and SUSPECT.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE)
    return text if text and not text.isspace() else None


def serial_date(number):
    """Excel's day number → date, or None when it is none."""
    return EPOCH + datetime.timedelta(days=int(number)) if 1 <= number <= LAST_SERIAL else None


def iso(date, kind):
    """2021-05 or 2021-05-01; a blank date cell that shows 1900-01-00 is blank."""
    if date is None or date.year <= 1900:
        return None
    return f"{date.year:04}-{date.month:02}" if kind == MONTH else f"{date.year:04}-{date.month:02}-{date.day:02}"


def number(value):
    """A whole number as int; what is no number (NaN, infinity) as None."""
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if float(value).is_integer() else value


def convert(value, kind):
    """One value; `kind` says what its number format shows: DAY, MONTH or None."""
    if isinstance(value, str):
        return clean_text(value) if value else None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        if kind and 1 <= value <= LAST_SERIAL:
            return iso(serial_date(value), kind)
        return number(value)
    if isinstance(value, datetime.date):
        return iso(value, kind or DAY)
    return str(value) if value is not None else None


def place(sheet, date_cells):
    """The values of a calamine sheet, row by row from A1 on."""
    if sheet.start is None:
        return []
    rows, rows_with_dates = [], {row for row, _ in date_cells}
    for row_index, row in enumerate(sheet.to_python(skip_empty_area=False)):
        if row_index in rows_with_dates:
            rows.append([convert(value, date_cells.get((row_index, column))) for column, value in enumerate(row)])
        else:
            rows.append([clean_text(value) if type(value) is str else convert(value, None) for value in row])
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    return rows
