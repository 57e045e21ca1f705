"""A file or a set of rows → checked rows: what was understood, every value, every problem. Writes nothing."""

import datetime
from dataclasses import dataclass, field, replace

from rosters.child.sheet import column_letter
from rosters.cleaning import as_text, is_blank
from rosters.limits import Refused
from rosters.places import Gazetteer, Place
from rosters.problems import Problem, outcome, problem
from rosters.reader import Grid, read_tables
from rosters.sandbox import DEFAULT, read_cells

PLACE_FIELDS = ("township", "village")
MISSING = {
    "name": ("missing_name", "姓名（名称）没有填，请补上"),
    "id_number": ("missing_id", "身份证号没有填，请对照身份证补上"),
}
MISSING_FIELD = {"village": "村（社区）没有填，请补上", "posts": "没有填任何职务，请补上，如“党支部书记”“村委委员”"}
INSTRUCTIONS = ("说明", "须知", "要求", "指南", "注意事项")
LONG_TEXT = 15


@dataclass(frozen=True)
class Context:
    """Whose file it is and as of when it is judged. `county_code` has six digits."""

    county_code: str
    as_of: datetime.date
    gazetteer: Gazetteer


@dataclass(frozen=True)
class ReadRow:
    """One row. `values` are canonical, `typed` is what the file said, `compared` what is only compared (年龄, 一肩挑)."""

    sheet: str | None
    excel_row: int
    outcome: str
    values: dict
    village_code: str | None
    typed: dict
    problems: tuple[Problem, ...]
    hints: tuple[Problem, ...] = ()
    compared: dict = field(default_factory=dict)
    township_code: str | None = None

    def as_json(self):
        return {
            "sheet": self.sheet,
            "excel_row": self.excel_row,
            "outcome": self.outcome,
            "values": self.values,
            "problems": [{"field": found.field, "code": found.code} for found in self.problems],
        }


@dataclass(frozen=True)
class ReadTable:
    """What was understood of one table. Rows are 1-based, columns letters."""

    sheet: str | None
    header_rows: tuple[int, ...]
    columns: dict
    reasons: dict
    unmapped: tuple[tuple[str, str], ...]
    first_data_row: int | None
    last_data_row: int | None
    hidden_columns: tuple[str, ...] = ()
    compared: dict = field(default_factory=dict)

    def as_json(self):
        found = {
            "sheet": self.sheet,
            "header_rows": list(self.header_rows),
            "columns": self.columns,
            "first_data_row": self.first_data_row,
            "last_data_row": self.last_data_row,
        }
        if self.hidden_columns:
            found["hidden_columns"] = list(self.hidden_columns)
        return found


@dataclass(frozen=True)
class Reading:
    """Everything that was found in a file."""

    kind: str
    tables: tuple[ReadTable, ...]
    rows: tuple[ReadRow, ...]
    ignored_rows: tuple[dict, ...]
    ignored_sheets: tuple[dict, ...]
    layout: dict
    context: dict
    notes: tuple[str, ...] = ()

    @property
    def totals(self):
        counts = {"accept": 0, "warn": 0, "error": 0}
        for row in self.rows:
            counts[row.outcome] += 1
        return counts

    def as_json(self):
        """The layout of the expected files; no hints, reasons or messages."""
        first = self.tables[0].as_json() if self.tables else {"header_rows": [], "columns": {}}
        return {
            "kind": self.kind,
            "layout": self.layout,
            "context": self.context,
            "header_rows": first["header_rows"],
            "columns": first["columns"],
            "tables": [table.as_json() for table in self.tables],
            "rows": [row.as_json() for row in self.rows],
            "ignored_rows": list(self.ignored_rows),
            "ignored_sheets": list(self.ignored_sheets),
            "totals": self.totals,
        }


def read(roster, content, filename, context, limits=DEFAULT):
    """Reads a file as `roster`. Raises Refused when it is no readable spreadsheet or no table is found in it."""
    workbook = read_cells(content, filename, limits)
    found = _Workbook(roster, context)
    for sheet in workbook.sheets:
        found.add(sheet)
    if not found.tables:
        raise Refused(
            "no_table", f"没有找到《{roster.title}》的表头（如姓名、身份证号等列名），请检查是否选错了文件或名册种类。"
        )
    return found.reading()


def check_rows(roster, raw_rows, context):
    """The same checks for rows that come as {field: raw} from a page or REST; excel_row counts from 1."""
    checker = Checker(roster, context)
    rows = []
    for number, raw in enumerate(raw_rows, 1):
        columns = [(column, raw[column.field], "") for column in roster.columns if column.field in raw]
        rows.append(checker.row(None, number, columns, RowPlace.typed(raw)))
    return checker.finish(rows)


@dataclass(frozen=True)
class RowPlace:
    """What is known of a row's place: typed in its own cells, or assumed from headings, sheet name or title."""

    township: object = None
    village: object = None
    assumed: str | None = None
    has_township_column: bool = False
    in_values: tuple[str, ...] = PLACE_FIELDS

    @classmethod
    def typed(cls, raw):
        present = tuple(name for name in PLACE_FIELDS if name in raw)
        return cls(raw.get("township"), raw.get("village"), None, "township" in raw, present)


class Checker:
    """Checks rows one by one and then as a whole. Column readers are compiled once."""

    def __init__(self, roster, context):
        self.roster, self.context = roster, context
        self.resolve = context.gazetteer.resolve
        self._readers = {}

    def _reader(self, column, column_hint):
        key = column.field, column_hint
        if key not in self._readers:
            self._readers[key] = column.kind.compile(column_hint)
        return self._readers[key]

    def row(self, sheet, number, cells, row_place):
        """`cells`: [(column, raw, header hint)]."""
        values, typed, compared, problems = {}, {}, {}, []
        for column, raw, column_hint in cells:
            if raw is not None:
                typed[column.field] = as_text(raw)
            if column.field in PLACE_FIELDS:
                values[column.field] = None
                continue
            value, found = self._reader(column, column_hint)(raw)
            if column.compared_only:
                compared[column.field] = value
                continue
            values[column.field] = value
            if found:
                problems.append(problem(column.target if column.field.startswith("posts.") else column.field, *found))
        place = self._place(row_place, values, problems) if self.roster.has_place else Place()
        if self.roster.combine:
            self.roster.combine(values, tuple(values))
        problems += self._missing(values, place, problems)
        if self.roster.check_row:
            problems += _not_repeated(self.roster.check_row(values, values.keys(), self.context), problems)
        return ReadRow(
            sheet, number, "", values, place.village_code, typed, tuple(problems), (), compared, place.township_code
        )

    def _place(self, row_place, values, problems):
        place = self._resolve(row_place)
        for name in row_place.in_values:
            values[name] = getattr(place, name)
        problems.extend(problem(name, *found) for name, found in place.found)
        return place

    def _resolve(self, row_place):
        township, village = as_text(row_place.township), as_text(row_place.village)
        if not row_place.has_township_column:
            return self.resolve("", village, row_place.assumed)
        place = self.resolve(township, village)
        # The column is there but the cell is empty: the title may only decide what the village leaves open.
        if row_place.assumed and is_blank(township) and not place.village_code:
            return self.resolve("", village, row_place.assumed)
        return place

    def _missing(self, values, place, problems):
        seen = {found.field for found in problems}
        required = set(self.roster.required) | ({"village"} if self.roster.village_required else set())
        found = []
        for name in sorted(required):
            if values.get(name) not in (None, [], "") or name in seen:
                continue
            if name == "village" and "township" in seen:
                continue
            code, message = MISSING.get(name) or (f"missing_field:{name}", MISSING_FIELD.get(name, "没有填，请补上"))
            found.append(problem(name, code, message))
        return found

    def finish(self, rows):
        """Duplicates across the file, hints, outcomes."""
        repeated = self._duplicates(rows)
        hints = self.roster.hints(rows, self.context) if self.roster.hints else {}
        finished = []
        for index, row in enumerate(rows):
            problems = (*row.problems, *repeated.get(index, ()))
            finished.append(
                replace(row, problems=problems, outcome=outcome(problems), hints=tuple(hints.get(index, ())))
            )
        return finished

    def _duplicates(self, rows):
        if not self.roster.identities:
            return {}
        seen, found = {}, {}
        for index, row in enumerate(rows):
            keys = self.roster.identities(row.values, row.values.keys(), self.context)
            earlier = next((seen[key] for key in keys if key in seen), None)
            if earlier is not None:
                first = keys[0][0]
                name = self.roster.duplicate_field if first != "name" else "name"
                found[index] = [problem(name, "duplicate_in_file", _duplicate_message(rows[earlier], row))]
            for key in keys:
                seen.setdefault(key, index)
        return found


def _duplicate_message(earlier, row):
    where = f"“{earlier.sheet}”表" if earlier.sheet != row.sheet else ""
    return f"与{where}第 {earlier.excel_row} 行重复，请只保留一行"


def _not_repeated(found, problems):
    """A cell that could not be read is not also called empty."""
    seen = {entry.field for entry in problems}
    return [entry for entry in found if not (entry.code.endswith("_missing") and entry.field in seen)]


class _Workbook:
    """Collects the sheets of one file."""

    def __init__(self, roster, context):
        self.roster, self.context = roster, context
        self.checker = Checker(roster, context)
        self.tables, self.rows, self.ignored_rows, self.ignored_sheets = [], [], [], []
        self.sources, self.notes = {}, []

    def add(self, sheet):
        if sheet.hidden or not any(sheet.rows):
            self._ignore(sheet, "hidden" if sheet.hidden else "empty")
            return
        grid = Grid(sheet)
        found = read_tables(grid, self.roster, self.context.gazetteer, self._fits)
        tables = [table for table in found.tables if table.matches]
        if not tables:
            self._ignore(sheet, "instructions" if _is_prose(grid) else "no_table")
            return
        for table in tables:
            self._add_table(table, grid)
        self.ignored_rows += [{"sheet": sheet.name, "excel_row": row + 1, "reason": why} for row, why in found.ignored]
        hidden = [row for row in sheet.hidden_rows if any(data.index == row for table in tables for data in table.rows)]
        if hidden:
            where = f"“{sheet.name}”表" if sheet.name else ""
            self.notes.append(f"{where}有 {len(hidden)} 行数据被隐藏（筛选或折叠），已一并读取")

    def _ignore(self, sheet, reason):
        self.ignored_sheets.append({"sheet": sheet.name, "reason": reason})

    def _fits(self, column, text):
        gazetteer = self.context.gazetteer
        if column.field == "village":
            return gazetteer.is_village(text) or bool(
                (place := gazetteer.resolve("", text)).village or place.township_in_cell
            )
        if column.field == "township":
            return gazetteer.township_named(text) is not None
        return column.kind.looks is None or column.kind.looks(text)

    def _add_table(self, table, grid):
        columns = [(found.index, found.column, found.hint) for found in table.matches]
        for data in table.rows:
            cells = [(column, grid.down(data.index, index), found) for index, column, found in columns]
            row_place = self._row_place(table, grid, data)
            self.rows.append(self.checker.row(grid.sheet.name, data.index + 1, cells, row_place))
        self.tables.append(_describe(table, grid))
        if "township" not in self.sources:
            self.sources = _layout(table, grid, self.rows, self.context.gazetteer)

    def _row_place(self, table, grid, data):
        township_index, village_index = table.index_of("township"), table.index_of("village")
        village = grid.down(data.index, village_index) if village_index is not None else None
        if is_blank(village):
            village = data.village or (table.village if village_index is None else None)
        has_township = township_index is not None
        township = grid.down(data.index, township_index) if has_township else None
        assumed = data.township or table.township
        has_village = village_index is not None or village is not None or self.roster.village_required
        in_values = PLACE_FIELDS if has_village else ("township",) if has_township or assumed else ()
        return RowPlace(township, village, assumed, has_township, in_values)

    def reading(self):
        return Reading(
            self.roster.slug,
            tuple(self.tables),
            tuple(self.checker.finish(self.rows)),
            tuple(self.ignored_rows),
            tuple(self.ignored_sheets),
            self.sources,
            {},
            tuple(self.notes),
        )


def _is_prose(grid):
    """A sheet of instructions: said so, or long texts."""
    texts = [text for row in range(min(grid.height, 50)) for _, text in grid.texts(row)]
    name = grid.sheet.name or ""
    return any(word in name for word in INSTRUCTIONS) or any(
        len(text) > LONG_TEXT or any(word in text for word in INSTRUCTIONS) for text in texts
    )


def _describe(table, grid):
    letters = {found.index: column_letter(found.index) for found in table.matches}
    kept = [found for found in table.matches if not found.column.compared_only]
    last = max((header.index for header in table.headers if any(header.path)), default=-1)
    return ReadTable(
        sheet=grid.sheet.name,
        header_rows=tuple(row + 1 for row in table.header_rows),
        columns={found.column.field: letters[found.index] for found in kept},
        reasons={letters[found.index]: found.why for found in table.matches},
        unmapped=tuple(
            (column_letter(header.index), header.shown) for header in table.headers if header.index not in letters
        ),
        first_data_row=table.rows[0].index + 1 if table.rows else None,
        last_data_row=table.rows[-1].index + 1 if table.rows else None,
        hidden_columns=tuple(column_letter(column) for column in sorted(grid.sheet.hidden_columns) if column <= last),
        compared={found.column.field: letters[found.index] for found in table.matches if found.column.compared_only},
    )


def _layout(table, grid, rows, gazetteer):
    """Where township and village come from, in the words of the roster files' README."""
    found = {}
    township, village = table.index_of("township"), table.index_of("village")
    if township is not None:
        found["township"] = _column_layout(table, grid, township)
    elif any(data.township and data.township != table.township for data in table.rows):
        found["township"] = "subheading"
    elif table.township:
        found["township"] = table.township_from
    elif village is not None:
        texts = [as_text(grid.down(data.index, village)) for data in table.rows[:50]]
        in_cell = any(text and gazetteer.resolve("", text).township_in_cell for text in texts)
        found["township"] = "village_cell" if in_cell else "from_village"
    if village is not None:
        found["village"] = _column_layout(table, grid, village)
    elif any(data.village for data in table.rows):
        found["village"] = "subheading"
    elif table.village:
        found["village"] = table.village_from
    if "village" in found:
        found = {"township": "from_village"} | found
    return found


def _column_layout(table, grid, index):
    return "column_merged" if any(grid.is_merged_down(data.index, index) for data in table.rows) else "column"
