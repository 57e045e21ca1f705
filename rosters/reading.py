"""A file or a set of rows → checked rows: what was understood, every value, every problem. Writes nothing."""

from dataclasses import dataclass, field, replace

from rosters.checking import PLACE_FIELDS, Checker, Context, ReadRow, RowPlace, check_rows
from rosters.child.sheet import spot
from rosters.cleaning import as_text
from rosters.limits import Refused
from rosters.reader import Grid, folded, read_tables
from rosters.reader.dittos import Dittos
from rosters.reader.doubts import find_doubts
from rosters.reader.evidence import is_id_like
from rosters.reader.given import read_given
from rosters.reader.layouts import REMEMBERED, Choices, fingerprint
from rosters.reader.shapes import shaped
from rosters.reader.words import FOREIGN
from rosters.sandbox import DEFAULT, read_cells

__all__ = ["Context", "ReadRow", "ReadTable", "Reading", "check_rows", "read", "read_workbook"]

INSTRUCTIONS = ("说明", "须知", "要求", "指南", "注意事项")
LONG_TEXT = 15


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
    said: dict = field(default_factory=dict)
    # {field: what stands in the brackets of its header}, for checking a cell again.
    hints: dict = field(default_factory=dict)
    # The headers as a layout knows them: {letter: name}, the fingerprint of them all, and what is to be asked.
    names: dict = field(default_factory=dict)
    layout: str = ""
    doubts: tuple[dict, ...] = ()
    # Of a sheet that is no list: columns are then the numbers of rows, or cells, and rows those of what was made of it.
    shape: str = ""
    # {letter: what stands before a value in its cell}, where labels and values share cells.
    heads: dict = field(default_factory=dict)
    # The first and last of its rows among all rows read: those of two tables abreast have the same numbers in the file.
    orders: tuple[int, int] | None = None

    def as_json(self):
        found = {
            "sheet": self.sheet,
            "header_rows": list(self.header_rows),
            "columns": self.columns,
            "first_data_row": self.first_data_row,
            "last_data_row": self.last_data_row,
        }
        if self.shape:
            found["shape"] = self.shape
        if self.hidden_columns:
            found["hidden_columns"] = list(self.hidden_columns)
        return found | self.said


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
    titles: tuple[str, ...] = ()
    mark: str = ""

    @property
    def said(self):
        """What the file says of itself as a whole: `context`, and `titles`, a line each."""
        return {**self.context, "titles": "\n".join(self.titles)}

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
    return read_workbook(roster, read_cells(content, filename, limits), context)


def read_workbook(roster, workbook, context, choices=None):
    """The same for cells that were read from their file already; `choices` says what was decided about the columns."""
    reading = Collected(roster, workbook, context, choices).reading()
    if not reading.tables:
        raise Refused(
            "no_table", f"没有找到《{roster.title}》的表头（如姓名、身份证号等列名），请检查是否选错了文件或名册种类。"
        )
    return replace(reading, mark=workbook.mark)


class Collected:
    """The sheets of one file as `roster` understands them; `sheets`: [(grid, tables, rows left out)]."""

    def __init__(self, roster, workbook, context, choices=None):
        self.roster, self.context, self.choices = roster, context, choices or Choices()
        self.checker = Checker(roster, context)
        self.tables, self.rows, self.ignored_rows, self.ignored_sheets = [], [], [], []
        self.sources, self.notes, self.sheets, self.titles = {}, [], [], []
        self.order = []
        for sheet in workbook.sheets:
            self._add(sheet)
        self.sheets, self.doubtful = folded.unfold(self.sheets, roster, self._fits, self.choices)

    def _add(self, sheet):
        self.order.append(sheet.name)
        if sheet.hidden or not any(sheet.rows):
            self._ignore(sheet, "hidden" if sheet.hidden else "empty")
            return
        for one in shaped(sheet, self.roster, self._fits):
            self._add_grid(Grid(one))

    def _add_grid(self, grid):
        found = self._tables(grid)
        vars(grid).pop("filled", None)  # as large as the sheet, and hardly asked for again
        tables = [table for table in found.tables if table.matches]
        self.sheets.append((grid, tables, found.ignored))

    def _tables(self, grid):
        if grid.sheet.fields:
            return read_given(grid, self.roster, self._fits)
        return read_tables(grid, self.roster, self.context.gazetteer, self._fits, self.choices)

    def _add_sheet(self, grid, tables, ignored):
        for table in tables:
            self._add_table(table, grid, dict(ignored))
        name = grid.sheet.name
        self.ignored_rows += [
            {"sheet": name, "excel_row": grid.sheet.number(row), "reason": why} for row, why in ignored
        ]
        where = f"“{name}”表" if name else ""
        hidden = [data for table in tables for data in table.rows if data.index in grid.sheet.hidden_rows]
        if hidden:
            self.notes.append(f"{where}有 {len(hidden)} 行数据被隐藏（筛选或折叠），已一并读取")
        if any(table.told_why == REMEMBERED for table in tables):
            self.notes.append(f"{where}的列按记住的对应读" if where else "列按记住的对应读")
        for table in tables:
            self.notes += filter(None, [self.doubtful.get(id(table))])
            self.notes += [
                f"{where}{spot(table.grid.sheet.letter(header.index))}“{header.shown}”像是身份证号，但没有读取"
                for header in unread_ids(table)
            ]
        for field_name in sorted(self.lacking(tables)):
            self.notes.append(f"{where}没有找到“{self.roster.column(field_name).label}”列，请检查表头或名册种类")

    def lacking(self, tables):
        """Required fields without any column in the tables; the village may come from elsewhere."""
        required = set(self.roster.required) - {"village"}
        return {name for name in required if not any(self._covers(table, name) for table in tables)}

    def _covers(self, table, name):
        return _has_column(table, name) or (name == self.roster.headed and bool(self._told(table)))

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

    def _add_table(self, table, grid, ignored):
        indexes, columns, readers = self._columns(table.matches)
        place_fields = {*PLACE_FIELDS, *self.roster.tell_place}
        places = [(place, column.field) for place, column in enumerate(columns) if column.field in place_fields]
        said, first = self._said(table), len(self.rows)
        part = next((place for place, column in enumerate(columns) if column.field == self.roster.part_column), None)
        dittos = Dittos(self.roster, table, indexes, columns, ignored)
        for data in table.rows:
            raws, marks = dittos.read(data.index)
            cells = zip(columns, raws, readers, strict=True)
            above = self._above(table, data, self._said_above(said, data), marks)
            if told := self._part(raws[part] if part is not None else data.section):
                above["part"] = told
            row_place = RowPlace.in_table(self.roster, {field: raws[place] for place, field in places}, above)
            if at := grid.sheet.at(data.index):
                above["at"] = at
            if further := table.grid.sheet.further(data.index):
                above["further"] = [list(place) for place in further]
            number = grid.sheet.number(data.index)
            self.rows.append(self.checker.row(grid.sheet.name, number, cells, row_place, above))
        self.tables.append(replace(_describe(table), said=said, orders=(first, len(self.rows) - 1)))
        self.titles += [text for _, text in table.titles] + [grid.sheet.name or ""]
        if "township" not in self.sources:
            self.sources |= _layout(table, grid, self.rows, self.context.gazetteer)

    def _part(self, text):
        """The part of the list that a heading or a cell names, where the roster knows any."""
        return self.roster.part_said(as_text(text)) if self.roster.part_said and text else None

    def _columns(self, matches):
        """Of the matches: where their cells stand, what they are read as, and by what."""
        readers = [self.checker.reader(found.column, found.hint) for found in matches]
        return [found.index for found in matches], [found.column for found in matches], readers

    def _said(self, table):
        """What a table's heading, title or sheet name says of all its rows, {field: value}; and where it stands."""
        field_name = self.roster.headed
        if not field_name:
            return {}
        if _has_column(table, field_name):
            if not self.roster.village_required:  # a list of a village's people has that column as a matter of course
                self.sources[field_name] = "column"
            return {}
        if told := self._told(table):
            self.sources[field_name], value = told
            return {field_name: value}
        return {}

    def _told(self, table):
        """(where it stands, value) of what holds for a table's rows without a column; None when nothing tells it."""
        told = [("group", table.grid.group)]
        told += [("section", text) for _, text in reversed(table.titles)]
        told += [("section", data.section) for data in table.rows if data.section]
        found = ((source, self.roster.heading(text)) for source, text in (*told, ("sheet_name", table.sheet or "")))
        return next(((source, value) for source, value in found if value), None)

    def _said_above(self, said, data):
        """The same for one row: the nearest heading above it."""
        value = self.roster.heading(data.section) if said and data.section else None
        return {self.roster.headed: value} if value else said

    @staticmethod
    def _above(table, data, said, marks):
        """What stands above a row and holds for it: {"township", "village", "said", "ditto"}, as far as there is any."""
        village = data.village or (table.village if table.index_of("village") is None else None)
        found = {"township": data.township or table.township, "village": village, "said": said, "ditto": marks}
        return {name: value for name, value in found.items() if value}

    def sample_rows(self, most):
        """The values of the first rows, for telling the kind by what they hold; only of columns named by their header."""
        found = []
        for grid, tables, _ in self.sheets:
            for table in tables:
                indexes, columns, readers = self._columns([match for match in table.matches if match.is_named])
                above = {"said": self._said(table)}
                for data in table.rows[: most - len(found)]:
                    raws = grid.downs(data.index, indexes)
                    cells = zip(columns, raws, readers, strict=True)
                    typed = {column.field: raw for column, raw in zip(columns, raws, strict=True)}
                    row_place = RowPlace.in_table(self.roster, typed, above)
                    found.append(self.checker.row(None, data.index, cells, row_place, above).values)
        return found

    def reading(self):
        """All sheets; one that lacks what the others have (a summary, a phone list) is left out and named."""
        fewest = min((len(self.lacking(tables)) for _, tables, _ in self.sheets if tables), default=0)
        sheets, self.sheets = (
            self.sheets,
            [],
        )  # their evidence holds this object, which is not to hold all the cells for it
        for grid, tables, ignored in sheets:
            if not tables:
                self._ignore(grid.sheet, "instructions" if _is_prose(grid) else "no_table")
            elif len(self.lacking(tables)) > fewest + 1:
                self._ignore(grid.sheet, "other_table")
            else:
                self._add_sheet(grid, tables, ignored)
        return Reading(
            self.roster.slug,
            tuple(self.tables),
            tuple(self.checker.finish(self.rows)),
            tuple(self.ignored_rows),
            tuple(sorted(self.ignored_sheets, key=lambda found: self.order.index(found["sheet"]))),
            self.sources,
            self.roster.context(self.titles) if self.roster.context else {},
            tuple(self.notes),
            tuple(self.titles),
        )


def _has_column(table, target):
    return any(found.column.target == target for found in table.matches)


def unread_ids(table):
    """Columns of ID numbers that no field took: one group of columns per post, say. Not those of relatives."""
    for header in table.headers:
        if header.index in table.fields or FOREIGN.search("".join((*header.parents, header.leaf))):
            continue
        if header.values and sum(map(is_id_like, header.values)) * 2 >= len(header.values):
            yield header


def _is_prose(grid):
    """A sheet of instructions: said so, or long texts."""
    texts = [text for row in range(min(grid.height, 50)) for _, text in grid.texts(row)]
    name = grid.sheet.name or ""
    return any(word in name for word in INSTRUCTIONS) or any(
        len(text) > LONG_TEXT or any(word in text for word in INSTRUCTIONS) for text in texts
    )


def _describe(table):
    grid = table.grid
    letter = grid.sheet.letter
    letters = {found.index: letter(found.index) for found in table.matches}
    kept = [found for found in table.matches if not found.column.compared_only]
    last = max((header.index for header in table.headers if any(header.path)), default=-1)
    return ReadTable(
        sheet=grid.sheet.name,
        header_rows=tuple(row + 1 for row in table.header_rows),
        columns={found.column.field: letters[found.index] for found in kept},
        reasons={letters[found.index]: found.why for found in table.matches},
        unmapped=tuple((letter(header.index), header.shown) for header in table.headers if header.index not in letters),
        first_data_row=table.rows[0].index + 1 if table.rows else None,
        last_data_row=table.rows[-1].index + 1 if table.rows else None,
        hidden_columns=tuple(letter(column) for column in sorted(grid.sheet.hidden_columns) if column <= last),
        compared={found.column.field: letters[found.index] for found in table.matches if found.column.compared_only},
        hints={found.column.field: found.hint for found in table.matches if found.hint},
        names={letter(index): name for index, name in table.names.items()},
        layout=fingerprint(table.names.values()),
        shape=grid.sheet.shape,
        heads={letters[found.index]: head for found in table.matches if (head := grid.sheet.head(found.index))},
        doubts=tuple(_doubt(found, letter) for found in find_doubts(table.evidence, table.matches, table.told)),
    )


def _doubt(found, letter):
    fields = [candidate.column.field for candidate in found.candidates]
    return {"letter": letter(found.index), "why": found.why, "fields": fields}


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
