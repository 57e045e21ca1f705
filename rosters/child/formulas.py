"""The sums of a superior's form: formulas that do nothing but count what stands in the workbook, moved and stretched as the
rows that they are about."""

import re
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

# Nothing here leaves the workbook, or finds its cells by a text.
COUNTING = {
    "ABS", "AND", "AVERAGE", "AVERAGEIF", "AVERAGEIFS", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "DATE",
    "DATEDIF", "DAY", "IF", "IFERROR", "INT", "LEFT", "LEN", "MAX", "MID", "MIN", "MOD", "MONTH", "NOT", "NOW", "OR",
    "RIGHT", "ROUND", "ROUNDDOWN", "ROUNDUP", "ROW", "SUBTOTAL", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "TEXT", "TODAY",
    "TRIM", "VALUE", "YEAR",
}  # fmt: skip
CELL = r"(\$?[A-Z]{1,3}\$?)([0-9]{1,7})"
RANGE = re.compile(rf"(?:(?P<sheet>'(?:[^'\[\]]|'')+'|[^'\[\]!()\"=+*/&<>^,;|\s-]+)!)?{CELL}(?::{CELL})?")
END = 10**7


@dataclass(frozen=True)
class Area:
    """Rows of data of a form: `first` to `end` as it came, `count` rows as it goes; `columns` are written by us."""

    first: int
    end: int
    count: int
    columns: frozenset

    @property
    def grown(self):
        return max(0, self.count - (self.end - self.first + 1))


def taken(book):
    """[(sheet, row, column, text)] of the formulas that count; they are taken out of their cells."""
    found = []
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f" and isinstance(cell.value, str) and _counts(cell.value, book.sheetnames):
                found.append((sheet, cell.row, cell.column, cell.value))
                cell.value = None
    return found


def _counts(text, sheets):
    tokens = [token for token in Tokenizer(text).items if token.type != "WHITE-SPACE"]
    called = {token.value.upper() for token in tokens if token.type == "FUNC" and token.subtype == "OPEN"}
    named = [RANGE.fullmatch(token.value) for token in tokens if token.subtype == "RANGE"]
    ours = named and all(found and _sheet(found, sheets[0]) in sheets for found in named)
    plain = all(
        token.type in ("FUNC", "SEP", "PAREN", "OPERAND") or token.type.startswith("OPERATOR") for token in tokens
    )
    return bool(ours and plain and called <= {f"{name}(" for name in COUNTING})


def _sheet(found, own):
    name = found["sheet"]
    return own if name is None else name[1:-1].replace("''", "'") if name.startswith("'") else name


def put_back(formulas, areas):
    """Write them where their cells stand now; `areas` {title: [Area]} of the sheets that were filled."""
    copied = set()
    for sheet, row, column, text in formulas:
        own = areas.get(sheet.title, ())
        area = _area(own, row)
        if area and column in area.columns:
            continue
        now, text = _moved(own, row), _followed(text, sheet.title, areas)
        if area is None:
            sheet.cell(now, column).value = text
            continue
        start = _moved(own, area.first)
        rows = [now] if now >= start + area.count else []
        if (area, column) not in copied:
            copied.add((area, column))
            rows += range(start, start + area.count)
        for to in rows:
            origin, place = (f"{get_column_letter(column)}{number}" for number in (now, to))
            sheet.cell(to, column).value = Translator(text, origin).translate_formula(place)


def _area(areas, row):
    return next((area for area in areas if area.first <= row <= area.end), None)


def _moved(areas, row):
    return row + sum(area.grown for area in areas if area.end < row)


def _followed(text, own, areas):
    """The formula about the same cells where they stand now; a range of rows of data is about all of them."""
    tokens = Tokenizer(text)
    for token in tokens.items:
        if token.subtype == "RANGE":
            found = RANGE.fullmatch(token.value)
            token.value = _range(found, areas.get(_sheet(found, own), ()))
    return tokens.render()


def _range(found, areas):
    sheet = f"{found['sheet']}!" if found["sheet"] else ""
    _, column, first, to_column, last = found.groups()
    first = int(first)
    if last is None or int(last) == first:
        rest = f":{to_column}{_moved(areas, first)}" if last else ""
        return f"{sheet}{column}{_moved(areas, first)}{rest}"
    last = int(last)
    start, end = _moved(areas, first), _moved(areas, last)
    if area := _area(areas, first):
        start = _moved(areas, area.first)
    if area := _area(areas, last):
        came = _moved(areas, last if area.end == END else area.end)
        end = max(came, _moved(areas, area.first) + area.count - 1)
    return f"{sheet}{column}{start}:{to_column}{end}"
