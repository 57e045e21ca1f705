"""What the child hands back for one sheet."""

from dataclasses import dataclass, field

from rosters.limits import too_many_columns, too_many_rows


@dataclass
class RawSheet:
    """Cell values row by row from A1 on, and what the values cannot tell. All indexes are 0-based, ranges inclusive."""

    name: str | None
    hidden: bool = False
    rows: list = field(default_factory=list)
    merges: list = field(default_factory=list)
    hidden_columns: list = field(default_factory=list)
    hidden_rows: list = field(default_factory=list)
    # What its columns are, where whoever gave the rows said so; the names of the columns are then the first row.
    fields: list = field(default_factory=list)


def column_letter(index):
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row, column, part=None):
    """C3; of several values in one cell C3#2 for the second, C3#0 for the only one beside its label."""
    return f"{column_letter(column)}{row + 1}" + ("" if part is None else f"#{part}")


def spot(place):
    """How a column (C), one in the second row of a person (C+1), one in the second part of a table (C/2), a row (3), a cell (C3) or one of the values in it (C3#2) is
    called."""
    place, _, part = place.partition("#")
    if part.strip("0"):
        return f"{place} 格第 {part} 项"
    place, _, further = place.partition("+")
    if further:
        return f"第二行 {place} 列"
    place, _, part = place.partition("/")
    if part:
        return f"续表 {place} 列" if part == "2" else f"续表{int(part) - 1} {place} 列"
    return f"{place} 列" if place.isalpha() else f"第 {place} 行" if place.isdigit() else f"{place} 格"


def check_extent(last_row, last_column, limits):
    """Refuses a sheet whose last cell with content lies beyond the limits (both 0-based)."""
    if last_column >= limits.columns:
        raise too_many_columns(limits.columns, f"{column_letter(last_column)}{last_row + 1}")
    if last_row >= limits.rows:
        raise too_many_rows(limits.rows)
