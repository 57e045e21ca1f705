"""One validator for rows of a file, of a page and of REST."""

import datetime
import re
from dataclasses import dataclass, field, replace

from core.collecting import packing, unpacked
from rosters.cleaning import as_text, is_blank, squeeze
from rosters.cleaning.base import meant, unknown_words
from rosters.comparison import CLEARED, SILENT
from rosters.places import Gazetteer, Place
from rosters.problems import MEANT, Problem, ditto, hint, outcome, place_name, problem

CLEAR = "清空"
PLACE_FIELDS = ("township", "village")
ASKED_VILLAGES = frozenset(("unknown_village", "ambiguous_village"))
MISSING = {
    "name": ("missing_name", "姓名（名称）没有填，请补上"),
    "id_number": ("missing_id", "身份证号没有填，请对照身份证补上"),
}
MISSING_FIELD = {"village": "村（社区）没有填，请补上", "posts": "没有填任何职务，请补上，如“党支部书记”“村委委员”"}


@dataclass(frozen=True)
class Context:
    """Whose file it is and as of when it is judged. `county_code` has six digits."""

    county_code: str
    as_of: datetime.date
    gazetteer: Gazetteer
    # {field: {word: value, "" for not read}}: what the office told of words that nobody knows.
    meanings: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row. `values` are canonical, `compared` what is only compared (年龄, 一肩挑), `above` what headings, title and
    sheet's name say of it."""

    sheet: str | None
    excel_row: int
    outcome: str
    values: dict
    village_code: str | None
    packed: tuple
    problems: tuple[Problem, ...]
    hints: tuple[Problem, ...] = ()
    compared: dict = field(default_factory=dict)
    township_code: str | None = None
    above: dict = field(default_factory=dict)

    @property
    def typed(self):
        """The cells as the file has them, numbers as numbers: 1985.1 is October only as a number."""
        return unpacked(self.packed)

    def as_json(self):
        return {
            "sheet": self.sheet,
            "excel_row": self.excel_row,
            "outcome": self.outcome,
            "values": {name: value for name, value in self.values.items() if name != SILENT},
            "problems": [{"field": found.field, "code": found.code} for found in self.problems],
        }


def check_rows(roster, raw_rows, context):
    """The same checks for rows that come as {field: raw} from a page or REST; excel_row counts from 1."""
    checker = Checker(roster, context)
    rows = []
    for number, raw in enumerate(raw_rows, 1):
        cells = [
            (column, raw[column.field], checker.reader(column)) for column in roster.columns if column.field in raw
        ]
        rows.append(checker.row(None, number, cells, RowPlace.typed(raw)))
    return checker.finish(rows)


@dataclass(frozen=True)
class RowPlace:
    """What is known of a row's place: typed in its own cells, or assumed from headings, sheet name or title."""

    township: object = None
    village: object = None
    assumed: str | None = None
    has_township_column: bool = False
    in_values: tuple[str, ...] = PLACE_FIELDS
    # A cell that may name the village beside other things, where no cell is the village's own.
    unit: object = None

    @classmethod
    def typed(cls, raw):
        present = tuple(name for name in PLACE_FIELDS if name in raw)
        return cls(raw.get("township"), raw.get("village"), None, "township" in raw, present)

    @classmethod
    def in_table(cls, roster, cells, above):
        """Of a table's row: `cells` {field: raw} of its own columns, `above` {"township", "village"} by what stands above."""
        village = cells.get("village")
        if is_blank(village):
            village = above.get("village")
        has_township, assumed = "township" in cells, above.get("township")
        has_village = "village" in cells or village is not None or roster.village_required
        in_values = PLACE_FIELDS if has_village else ("township",) if has_township or assumed else ()
        unit = next(filter(None, map(cells.get, roster.tell_place)), None) if is_blank(village) else None
        return cls(cells.get("township"), village, assumed, has_township, in_values, unit)


class Checker:
    """Checks rows one by one and then as a whole. Column readers are compiled once."""

    def __init__(self, roster, context):
        self.roster, self.context = roster, context
        self.resolve = context.gazetteer.resolve
        self.pack = packing()
        self._readers, self._named = {}, {}
        self.required = sorted({*roster.required, *(["village"] if roster.village_required else ())})

    def reader(self, column, column_hint=""):
        """What reads a column's cells: a function raw → (value, Found or None)."""
        key = column.field, column_hint
        if key not in self._readers:
            told, kind = self.context.meanings.get(column.target), column.kind
            self._readers[key] = kind.learn(column_hint, told) if told and kind.learn else kind.compile(column_hint)
        return self._readers[key]

    def _within(self, column, read, part):
        """What reads a column's cells in a part of the list; a column that is told to be of one body stays of it."""
        if column.kind.within is None or column.field != column.target:
            return read
        key = column.field, part, "within"
        if key not in self._readers:
            told = self.context.meanings.get(column.target)
            self._readers[key] = column.kind.within(part, "", told)
        return self._readers[key]

    def row(self, sheet, number, cells, row_place, above=None):
        """`cells`: [(column, raw, its reader)]; `above`: what stands above the row, with {field: value} as its "said"."""
        above = above or {}
        if part := above.get("part"):
            cells = [(column, raw, self._within(column, read, part)) for column, raw, read in cells]
        values, typed, compared, problems, hints = self._cells(cells, above.get("said", {}), row_place)
        hints += [hint(field.partition(".")[0], *ditto(mark)) for field, mark in above.get("ditto", {}).items()]
        place = self._place(row_place, values, problems, hints) if self.roster.has_place else Place()
        if self.roster.combine:
            self.roster.combine(values, tuple(values))
        problems += self._missing(values, place, problems)
        if self.roster.check_row:
            problems += _not_repeated(self.roster.check_row(values, values.keys(), self.context), problems)
        return ReadRow(
            sheet,
            number,
            outcome(problems),
            values,
            place.village_code,
            self.pack(typed),
            tuple(problems),
            tuple(hints),
            compared,
            place.township_code,
            above,
        )

    def _cells(self, cells, said, row_place):
        """(values, what was typed, what is only compared, problems, hints) of a row's cells, each by itself."""
        values, typed, compared, problems, hints = dict(said), {}, {}, [], []
        for column, raw, read in cells:
            if raw is not None:
                typed[column.field] = raw
            if column.field in PLACE_FIELDS:
                values[column.field] = None
                continue
            if type(raw) is str and "清" in raw and self._clears(column, raw):
                values[column.field] = column.kind.empty
                values.setdefault(CLEARED, []).append(column.target)
                continue
            value, found = read(raw)
            if found and column.kind.of_place and isinstance(raw, str):
                value, found = self._without_place(raw, read, row_place) or (value, found)
            if column.compared_only:
                compared[column.field] = value
                continue
            values[column.field] = value
            if value is False and self._says_nothing(column, raw):
                values.setdefault(SILENT, []).append(column.target)
            if found:
                told, tell = (hints, hint) if found.code == MEANT else (problems, problem)
                told.append(tell(column.target, *found))
        return values, typed, compared, problems, hints

    def _without_place(self, raw, read, row_place):
        """What a cell is without the name of the row's own village in it (茶富村党支部书记); None when that does not help."""
        place = self._resolve(row_place)
        if not place.village:
            return None
        bare = next((place.village.removesuffix(end) for end in ("社区", "村") if place.village.endswith(end)), "")
        if len(bare) < 2:
            return None
        above = f"(?:.{{0,6}}{re.escape(self.context.gazetteer.county_name or '')})?(?:{re.escape(place.township)})?"
        text = re.sub(f"{above}{re.escape(bare)}", "", raw)
        value, found = read(text)
        return None if found and found.code != MEANT else (value, found)

    @staticmethod
    def _says_nothing(column, raw):
        """A blank yes/no. A blank among ticks is a no: they are one statement together."""
        return column.kind.name == "yes_no" and not squeeze(as_text(raw))

    def _clears(self, column, raw):
        """清空 empties what is kept; a field that a row cannot be without has no such word."""
        return (
            squeeze(raw).strip("（）()[]【】") == CLEAR
            and column.target not in self.roster.required
            and not column.compared_only
        )

    def _place(self, row_place, values, problems, hints):
        place, told = self._told_place(self._resolve(row_place), as_text(row_place.village))
        for name in row_place.in_values:
            values[name] = getattr(place, name)
        problems.extend(problem(name, *found) for name, found in place.found)
        hints.extend(hint("village", *found) for found in told)
        return place

    def _told_place(self, place, village):
        """The place, with the village that the office told of a name nobody knows; and the note that says so."""
        codes = [found.code for _, found in place.found]
        if not ASKED_VILLAGES.intersection(codes):
            return place, []
        word = f"{place.township}／{squeeze(village)}" if place.township else squeeze(village)
        code = self.context.meanings.get("village", {}).get(word)
        told = self.resolve("", code) if code else None
        if told and told.village_code:
            return told, [meant({word: code}, {code: f"{told.township}{told.village}"})]
        asked = tuple((name, found._replace(texts=unknown_words(word))) for name, found in place.found)
        return replace(place, found=asked), []

    def _resolve(self, row_place):
        township, village = as_text(row_place.township), as_text(row_place.village)
        if row_place.unit and (named := self._named_in(as_text(row_place.unit), row_place.assumed)):
            return self.resolve(*named)
        if not row_place.has_township_column:
            return self.resolve("", village, row_place.assumed)
        place = self.resolve(township, village)
        # The column is there but the cell is empty: the title may only decide what the village leaves open.
        if row_place.assumed and is_blank(township) and not place.village_code:
            return self.resolve("", village, row_place.assumed)
        return place

    def _named_in(self, text, assumed):
        """(township, village) that a text mentions in full; None when it mentions no village."""
        key = text, assumed
        if key not in self._named:
            gazetteer = self.context.gazetteer
            township = gazetteer.township_mentioned(text) or assumed
            village = gazetteer.village_mentioned(text, township)
            self._named[key] = (township or "", village) if village else None
        return self._named[key]

    def _missing(self, values, place, problems):
        seen = {found.field for found in problems}
        found = []
        for name in self.required:
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
        finished = list(rows)
        for index in repeated.keys() | hints.keys():
            row = rows[index]
            problems = (*row.problems, *repeated.get(index, ()))
            told = (*row.hints, *hints.get(index, ()))
            finished[index] = replace(row, problems=problems, outcome=outcome(problems), hints=told)
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


def row_name(row):
    """How a row is called: 第 3 行, or C 列 where people stand in columns."""
    return place_name(row.above.get("at"), row.excel_row)


def _duplicate_message(earlier, row):
    where = f"“{earlier.sheet}”表" if earlier.sheet != row.sheet else ""
    said = "重复，请只保留一处" if "at" in earlier.above else "重复，请只保留一行"
    return f"与{where}{row_name(earlier)}{said}"


def _not_repeated(found, problems):
    """A cell that could not be read is not also called empty."""
    seen = {entry.field for entry in problems}
    return [entry for entry in found if not (_says_empty(entry.code) and entry.field in seen)]


def _says_empty(code):
    return code.endswith("_missing") or code.startswith("missing_")
