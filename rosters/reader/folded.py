"""Wide tables that were folded for the printer: the first columns of all rows, and further down or on the next sheet the other
columns of the same people. They are one table where the same names stand in the same order."""

from dataclasses import dataclass, field, replace

from rosters.child.sheet import column_letter
from rosters.cleaning import as_text, is_blank, squeeze
from rosters.matcher import Evidence
from rosters.reader.grid import Grid
from rosters.reader.layouts import header_names
from rosters.sandbox import Sheet

FOLDED = "folded"
WHO = ("name", "village")
ALIKE = 0.5  # of the names: two tables of the same people that do not agree on their order
UNDECIDED = "{}第 {} 行起的表像是同一批人的其余各列，但姓名或顺序对不上，没有并在一起，请核对"
NAMELESS = "{}第 {} 行起的表像是同一批人的其余各列，但没有姓名，对不上人，没有并在一起，请在这张表里也写上姓名"


@dataclass(frozen=True)
class Folded(Sheet):
    """A sheet with the further parts of a table to the right of the first; `lefts` are where they begin, `places` {row: [(sheet,
    number of the row there)]} of the further parts."""

    lefts: tuple = ()
    places: dict = field(default_factory=dict)
    shape = FOLDED

    def letter(self, column):
        part = sum(1 for left in self.lefts if column >= left)
        return f"{column_letter(column - self.lefts[part - 1])}/{part + 1}" if part else column_letter(column)

    def further(self, row):
        return self.places.get(row, ())


def unfold(sheets, roster, fits, choices):
    """(sheets, {id of a table: what is to be said of it}) with each folded table as one; `sheets` [(grid, tables, rows left
    out)] as they were read."""
    tables = [
        (place, table) for place, (grid, tables, _) in enumerate(sheets) for table in tables if _is_plain(grid, table)
    ]
    if len(tables) < 2:
        return sheets, {}
    groups, doubtful = [], {}
    for place, table in tables:
        if head := next((group for group in groups if _is_rest(group, table, roster)), None):
            head.append((place, table))
            continue
        if why := next((why for group in groups if (why := _may_be_rest(group[0][1], table, roster))), None):
            name = f"“{table.sheet}”表" if table.sheet else ""
            doubtful[id(table)] = why.format(name, table.header_rows[0] + 1 if table.header_rows else 1)
        groups.append([(place, table)])
    groups = [group for group in groups if len(group) > 1]
    return (_joined(sheets, groups, roster, fits, choices) if groups else sheets), doubtful


def _is_plain(grid, table):
    return not grid.sheet.shape and not grid.sheet.fields and table.grid is grid and bool(table.rows)


def _who(table):
    return next((index for name in WHO if (index := table.index_of(name)) is not None), None)


def _is_rest(group, table, roster):
    """The table has the people of the group's, in their order, and only new things to say of them."""
    first = group[0][1]
    if len(first.rows) != len(table.rows) or _who(first) is None or _who(table) is None:
        return False
    known = {name for _, part in group for name in part.fields.values()}
    if not _adds([part for _, part in group], table) or not _agree(first, table, _who(first), _who(table)):
        return False
    if len(table.rows) < 2 and not _lacks_what_the_other_has(known, set(table.fields.values()), roster):
        return False
    shared = known & set(table.fields.values())
    return all(
        _agree(part, table, part.index_of(name), table.index_of(name), blank=True)
        for _, part in group
        for name in shared & set(part.fields.values())
    )


def _adds(parts, table):
    """The table has a column that the others have not, read or not."""
    known = {name for part in parts for name in part.fields.values()}
    leaves = {header.leaf for part in parts for header in part.headers}
    return any(
        table.fields[header.index] not in known if header.index in table.fields else header.leaf not in leaves
        for header in table.headers
    )


def _lacks_what_the_other_has(ours, theirs, roster):
    required = set(roster.required)
    return bool(required & (ours ^ theirs))


def _agree(one, other, left, right, blank=False):
    """The same texts from the first row to the last; with `blank` the other may leave a cell empty."""
    for ours, theirs in zip(one.rows, other.rows, strict=True):
        first, second = one.grid.down(ours.index, left), other.grid.down(theirs.index, right)
        if is_blank(first) or is_blank(second):
            if not blank or not is_blank(second):
                return False
        elif squeeze(as_text(first)) != squeeze(as_text(second)):
            return False
    return True


def _may_be_rest(first, table, roster):
    """What is to be said of a table of much the same people that lacks what the first has: they would be incomplete, were they
    others."""
    lacking = set(roster.required) & (set(first.fields.values()) - set(table.fields.values()))
    if not lacking or not _adds([first], table) or _who(first) is None:
        return None
    if _who(table) is None:
        return NAMELESS if len(first.rows) == len(table.rows) else None
    names = [{squeeze(as_text(part.grid.down(row.index, _who(part)))) for row in part.rows} for part in (first, table)]
    return UNDECIDED if len(names[0] & names[1]) >= max(2, ALIKE * len(names[1])) else None


# --- making one table of them


def _joined(sheets, groups, roster, fits, choices):
    gone = {id(table) for group in groups for _, table in group[1:]}
    heads = {id(group[0][1]): group for group in groups}
    found = []
    for grid, tables, ignored in sheets:
        kept = []
        for table in tables:
            if id(table) in heads:
                table = _table([part for _, part in heads[id(table)]], roster, fits, choices)
                grid = table.grid
            if id(table) not in gone:
                kept.append(table)
        if kept or not tables:
            found.append((grid, kept, ignored))
    return found


def _table(parts, roster, fits, choices):
    grid = Grid(_sheet(parts))
    headers, known = [], set()
    for part, left in zip(parts, (0, *grid.sheet.lefts), strict=True):  # what a part repeats is read once
        kept = [header for header in part.headers if part.fields.get(header.index) not in known]
        headers += [replace(header, index=header.index + left) for header in kept]
        known.update(part.fields.values())
    evidence, names = Evidence(roster, headers, fits), header_names(headers)
    fields, why = choices.of(list(names.values()))
    told = {index: fields[name] for index, name in names.items() if name in fields}
    matches = evidence.read(told, why)
    return replace(
        parts[0], matches=matches, headers=headers, grid=grid, evidence=evidence, names=names, told=told, told_why=why
    )


def _sheet(parts):
    first, sheet = parts[0], parts[0].grid.sheet
    rows, merges, hidden = [list(cells) for cells in sheet.rows], list(sheet.merges), set(sheet.hidden_columns)
    places, lefts, left = {}, [], first.grid.width
    for part in parts[1:]:
        lefts.append(left)
        at = {theirs.index: ours.index for ours, theirs in zip(first.rows, part.rows, strict=True)}
        for theirs, ours in at.items():
            places.setdefault(ours, []).append((part.sheet, theirs + 1))
        if first.header_rows and part.header_rows:
            at[part.header_rows[-1]] = first.header_rows[-1]
        for theirs, ours in at.items():
            rows[ours] += [None] * (left - len(rows[ours])) + list(part.grid.rows[theirs])
        merges += [
            (at[top], begin + left, at[bottom], end + left)
            for top, begin, bottom, end in part.grid.sheet.merges
            if top in at and bottom in at and at[bottom] - at[top] == bottom - top
        ]
        hidden |= {column + left for column in part.grid.sheet.hidden_columns}
        left += part.grid.width
    return Folded(
        name=sheet.name,
        rows=rows,
        merges=merges,
        hidden_columns=frozenset(hidden),
        hidden_rows=sheet.hidden_rows,
        lefts=tuple(lefts),
        places=places,
    )
