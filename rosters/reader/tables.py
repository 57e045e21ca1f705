"""One sheet → its tables: each header with the rows below it, sorted into data and frame."""

import re
from dataclasses import dataclass, field

from rosters.cleaning import is_blank, squeeze
from rosters.matcher import Evidence, Header, sample
from rosters.reader import abreast, frame
from rosters.reader.headers import FRAME, find_blocks
from rosters.reader.layouts import Choices, header_names
from rosters.reader.words import HeaderWords

NOTHING_CHOSEN = Choices()
SAME_HEADER = 0.8
SHEET_NAME_FRAME = re.compile(r"[(（\[【].*?[)）\]】]|[\d.、·_\-\s]+|表$|^附件")
# 填报单位 tells who fills the form in; 抄送 and the like are not about the rows.
TITLE_ROWS = 12
SAMPLED_ROWS = 300
WELL_FILLED = 4
LONGEST_VACANT = 6
BRACKETED = re.compile(r"[(（【].*[)）】]")
EIGHT_DIGITS = re.compile(r"\d{8}")
# In one of the first cells: 合计, a colon (填表人：), 示例. Without them a well filled row is data.
FRAME_MARKS = re.compile(r"计|[:：]|^[例示样范注备说]")


@dataclass(slots=True)
class DataRow:
    """A row of data: its place and what the headings above it say."""

    index: int
    township: str | None = None
    village: str | None = None
    section: str | None = None


@dataclass
class Table:
    """A header, what its columns mean, and its rows. All indexes are 0-based."""

    sheet: str | None
    header_rows: list
    matches: list
    headers: list
    titles: list
    grid: object
    evidence: Evidence
    # Names of the headers by column index, and the fields of those that were decided before, by whom in words.
    names: dict
    told: dict
    told_why: str
    township: str | None = None
    township_from: str | None = None
    village: str | None = None
    village_from: str | None = None
    section: str | None = None
    rows: list = field(default_factory=list)

    @property
    def fields(self):
        return {found.index: found.column.field for found in self.matches}

    def index_of(self, name):
        return next((found.index for found in self.matches if found.column.field == name), None)


@dataclass(frozen=True)
class SheetReading:
    tables: list
    ignored: list


def read_tables(grid, roster, gazetteer, fits, choices=NOTHING_CHOSEN):
    """The tables of a sheet and its rows that are no data: [(row, reason)]."""
    reader = _Reader(grid, roster, gazetteer, fits, choices)
    blocks = find_blocks(grid, reader.words)
    parts = abreast.split(grid, roster, blocks)
    if len(parts) == 1:
        return reader.read(blocks)
    readings = []
    for part in parts:
        reader = _Reader(part, roster, gazetteer, fits, choices, before=readings[0].tables if readings else ())
        readings.append(reader.read(find_blocks(part, reader.words)))
    return _joined(readings)


def _joined(readings):
    """Tables abreast as one reading: a row is left out where none of them has data in it."""
    kept = {data.index for reading in readings for table in reading.tables for data in table.rows}
    reasons = {}
    for reading in readings:
        for row, reason in reading.ignored:
            if row not in kept and reasons.get(row, "blank") == "blank":
                reasons[row] = reason
    return SheetReading([table for reading in readings for table in reading.tables], sorted(reasons.items()))


class _Reader:
    """`before`: the tables to the left, whose title holds for this one too."""

    def __init__(self, grid, roster, gazetteer, fits, choices, before=()):
        self.grid, self.roster, self.gazetteer, self.fits, self.choices = grid, roster, gazetteer, fits, choices
        self.words, self.before = HeaderWords(roster), before
        self.tables, self.ignored = [], []

    def read(self, blocks):
        if not blocks:
            return SheetReading([], [])
        parts = self._parts(blocks)
        for number, (block, lead, end, repeats) in enumerate(parts):
            titles = self._titles(block, lead, first=number == 0)
            self.tables.append(self._table(block, titles, end, repeats))
        self._place_tables()
        for table, (block, _, end, repeats) in zip(self.tables, parts, strict=True):
            _Rows(self, table, block.last + 1, end, repeats).sort()
        return SheetReading(self.tables, sorted(self.ignored))

    # --- which header begins a table, which only repeats one

    def _parts(self, blocks):
        """[(header, first row of its title, row after its data, repeated headers inside)]."""
        parts = []
        for block in blocks:
            lead = self.lead(block, parts[-1][0].last + 1 if parts else 0)
            if parts and self._repeats(parts[-1][0], block) and not self._new_place(block, lead):
                parts[-1][3].append(block)
                continue
            if parts:
                parts[-1][2] = lead
            parts.append([block, lead, self.grid.height, []])
        return parts

    def lead(self, block, floor):
        """The first of the rows right above a header that are its title: single texts, units, empty lines."""
        row = block.first
        while row > floor and self._is_lead(row - 1):
            row -= 1
        while row < block.first and not self.grid.filled[row]:
            row += 1
        return row

    def _is_lead(self, row):
        texts = self.grid.texts(row)
        if not texts:
            return True
        if frame.total_reason(texts):
            return False
        if frame.is_footnote(texts):
            return bool(re.match(r"填报单位|填表单位|报送单位|单位", texts[0][1]))
        return len([text for _, text in texts if not frame.COUNT.fullmatch(text)]) == 1

    def _repeats(self, before, block):
        """The same header again: no column means something else in it, and hardly any is missing."""
        ours, theirs = before.leaf_keys(), block.leaf_keys()
        same = sum(1 for column, key in theirs.items() if ours.get(column) == key)
        if same < SAME_HEADER * max(len(ours), len(theirs)):
            return False
        return all(self._same_meaning(ours.get(column, ""), key) for column, key in theirs.items())

    def _same_meaning(self, ours, theirs):
        """Equal, or two spellings of one column, or a header that means nothing to us either way."""
        known = [[column.field for column in self.roster.columns if key in column.spellings] for key in (ours, theirs)]
        return ours == theirs or known[0] == known[1]

    def _new_place(self, block, lead):
        """A title above a repeated header that names another township than the first title began a table of its own."""
        for row in range(lead, block.first):
            found = frame.lone_text(self.grid, row)
            if found and len(found[1]) > 8 and self.gazetteer.township_mentioned(found[1]):
                known = {squeeze(text) for table_row in range(lead) for _, text in self.grid.texts(table_row)}
                return found[1] not in known
        return False

    # --- a table

    def _titles(self, block, lead, first):
        start = max(0, block.first - TITLE_ROWS) if first else lead
        titles = []
        for row in range(start, block.first):
            texts = self.grid.texts(row)
            titles.extend((row, text) for _, text in texts)
            if not first and texts:
                self.ignored.append((row, self._lead_reason(texts[0][1])))
            elif not first:
                self.ignored.append((row, "blank"))
        return titles

    def _lead_reason(self, text):
        seen = {known for table in self.tables for _, known in table.titles}
        if text in seen:
            return "repeated_title"
        return "footnote" if re.match(r".{0,4}单位.{0,6}[:：]", text) else "section_heading"

    def _table(self, block, titles, end, repeats):
        skip = {row for repeat in repeats for row in range(repeat.first, repeat.last + 1)}
        rows = [row for row in range(block.last + 1, end) if row not in skip and len(self.grid.filled[row]) > 1]
        rows = rows[:SAMPLED_ROWS] + rows[SAMPLED_ROWS :: max(1, len(rows) // SAMPLED_ROWS)]
        rows = [row for row in rows if not frame.total_reason(self.grid.texts(row))]
        headers = []
        for column in self.grid.columns:
            values = sample(self.grid.down(row, column) for row in rows)
            path = block.paths.get(column, ())
            if path or values:
                headers.append(Header(column, path or ("",), values))
        header_rows = list(range(block.first, block.last + 1))
        return self._matched(header_rows, headers, titles)

    def _matched(self, header_rows, headers, titles):
        evidence, names = Evidence(self.roster, headers, self.fits), header_names(headers)
        fields, why = self.choices.of(list(names.values()))
        told = {index: fields[name] for index, name in names.items() if name in fields}
        matches = evidence.read(told, why)
        return Table(self.grid.sheet.name, header_rows, matches, headers, titles, self.grid, evidence, names, told, why)

    # --- places that hold for a whole table

    def _place_tables(self):
        for number, table in enumerate(self.tables):
            self._from_sheet_name(table)
            self._from_titles(table)
            if number or self.before:
                _inherit(table, self.tables[number - 1] if number else self.before[0])
            headings = [text for _, text in table.titles]
            table.section = headings[-1] if headings else None

    def _from_sheet_name(self, table):
        name = SHEET_NAME_FRAME.sub("", table.sheet or "")
        if not name:
            return
        township = self.gazetteer.township_named(name)
        if township and not (table.index_of("village") is None and self.gazetteer.is_village(name)):
            table.township, table.township_from = township, "sheet_name"
            return
        place = self.gazetteer.resolve("", name)
        if place.village and table.index_of("village") is None:
            table.village, table.village_from = place.village, "sheet_name"
            if place.township_in_cell:
                table.township, table.township_from = place.township, "sheet_name"
        elif township := self.gazetteer.township_mentioned(name):
            table.township, table.township_from = township, "sheet_name"

    def _from_titles(self, table):
        if not self.roster.has_place:
            return
        texts = [text for _, text in table.titles]
        named = {found for text in texts if (found := self.gazetteer.township_mentioned(text))}
        # Where the two differ, the title is rather the one that was copied from another sheet.
        if len(named) == 1 and table.township in (None, *named):
            table.township, table.township_from = named.pop(), "title"
        if table.village is None and table.index_of("village") is None:
            named = {found for text in texts if (found := self.gazetteer.village_mentioned(text, table.township))}
            if len(named) == 1:
                table.village, table.village_from = named.pop(), "title"


class _Rows:
    """Sorts the rows below one header."""

    def __init__(self, reader, table, start, end, repeats):
        self.reader, self.table, self.grid = reader, table, reader.grid
        self.start, self.end = start, end
        self.repeated = {row for block in repeats for row in range(block.first, block.last + 1)}
        self.leads = {row for block in repeats for row in range(reader.lead(block, start), block.first)}
        self.mapped = {found.index: found.column.field for found in table.matches if not found.column.compared_only}
        self.name = table.index_of("name")
        self.titles = {text for _, text in table.titles}
        self.footer = self._footer_start()
        self.township, self.village, self.section = table.township, None, table.section

    def _footer_start(self):
        """The row after the last one that could be data: a line below it is a footer whatever it looks like."""
        for row in range(self.end - 1, self.start - 1, -1):
            texts = self.grid.texts(row)
            filled = [column for column, _ in texts if column in self.mapped]
            if len(filled) >= 2 and not frame.total_reason(texts) and not frame.is_footnote(texts):
                return row + 1
        return self.start

    def sort(self):
        for row in range(self.start, self.end):
            reason = self.reason(row) or self._is_about_nobody(row) or self._is_vacant(row)
            if reason:
                self.reader.ignored.append((row, reason))
            else:
                self.table.rows.append(DataRow(row, self.township, self.village, self.section))

    def _is_about_nobody(self, row):
        """A row whose own group of columns is empty: the village has nobody in that post."""
        own = self.grid.own
        vacant = own and all(column not in own or is_blank(cell) for column, cell in self.grid.filled[row])
        return "blank" if vacant else None

    def _is_vacant(self, row):
        """空缺 in the place of a name, and no ID number: the post is listed, nobody has it."""
        if self.name is None:
            return None
        cell = self.grid.raw(row, self.name)
        if type(cell) is not str or len(cell) > LONGEST_VACANT or not frame.VACANT.fullmatch(squeeze(cell)):
            return None
        return None if self._is_person(self.grid.filled[row]) else "vacant"

    def reason(self, row):
        """Why the row is no data; None when it is. Headings change what holds for the rows below."""
        if row in self.repeated:
            return "repeated_header"
        cells = self.grid.filled[row]
        if not cells:
            return "blank"
        if heading := self._place_heading(row, cells):
            return self._heading(row, heading)
        well_filled = self._is_well_filled(cells) and not _has_frame_mark(cells)
        if row > self.start + 1 and well_filled:
            return None
        filled = [column for column, cell in cells if column in self.mapped and not is_blank(cell)]
        texts = self.grid.texts(row)
        if (reason := frame.total_reason(texts)) and not self._is_person(cells):
            return reason
        if (texts[0][1] in self.titles and len(texts) <= 3) or self._is_lead(row):
            return "repeated_title"
        if len(filled) <= 1 and frame.is_head_count(texts):
            return "total"
        if frame.is_footnote(texts) or frame.is_example(texts):
            return "footnote"
        if row <= self.start + 1 and (frame.is_column_numbers(cells) or frame.is_guidance(texts)):
            return "repeated_header"
        if well_filled:  # a name and nothing but counts behind it is no heading, be it the first row or a later one
            return None
        heading = self._said_heading(row) or frame.read_heading(
            self.grid, row, self.reader.gazetteer, self.township, self.mapped
        )
        if heading:
            return self._heading(row, heading)
        if row >= self.footer and self._is_closing_line(row):
            return "footnote"
        return None if filled else "blank"

    def _place_heading(self, row, cells):
        """村名 | 太银村 in cells of their own, or a line above a header printed again that names a place of its own."""
        first = cells[0][1]
        if not isinstance(first, str):
            return None
        gazetteer, township = self.reader.gazetteer, self.township
        if len(cells) > 1 and frame.LABEL.fullmatch(squeeze(first)):
            return frame.labelled_place(self.grid.texts(row), gazetteer, township)
        if ("：" in first or ":" in first) and (found := frame.named_place(first, gazetteer, township)):
            return found
        lone = frame.lone_text(self.grid, row) if row in self.leads else None
        return frame.place_above_header(lone[1], gazetteer, township) if lone and lone[1] not in self.titles else None

    def _is_lead(self, row):
        """附件2, 第2页, （内部资料） right above a header that is printed again."""
        found = frame.lone_text(self.grid, row) if row in self.leads else None
        return bool(found and (FRAME.search(found[1]) or BRACKETED.fullmatch(found[1])))

    def _said_heading(self, row):
        """A lone text in the first column that tells the roster something of the rows below: 二、先进集体."""
        found = frame.lone_text(self.grid, row)
        if not found or found[0] != self.grid.columns[0]:
            return None
        asked = filter(None, (self.reader.roster.heading, self.reader.roster.part_said))
        return frame.Heading("section_heading", found[1]) if any(ask(found[1]) for ask in asked) else None

    def _is_well_filled(self, cells):
        count = 0
        for column, cell in cells:
            if column in self.mapped and not is_blank(cell):
                count += 1
                if count == WELL_FILLED:
                    return True
        return False

    def _is_closing_line(self, row):
        """A lone line below all data that is no name and no village: 以上情况属实 in whatever column."""
        found = frame.lone_text(self.grid, row)
        if found is None or not self.table.rows or frame.continues_a_person(self.grid, row, self.mapped):
            return False
        column, text = found
        field = self.mapped.get(column)
        if field == "name":
            return len(text) > frame.LONGEST_NAME
        return field != "village" or not self.reader.gazetteer.is_village(text)

    def _is_person(self, cells):
        """A row with an ID number is data, even if 合计 stands somewhere."""
        return any(
            self.mapped.get(column) == "id_number" and EIGHT_DIGITS.search(squeeze(cell)) for column, cell in cells
        )

    def _heading(self, row, heading):
        if row >= self.footer and heading.reason != "subheading":
            return "footnote"
        if row >= self.footer and not self.grid.across(row, self.grid.filled[row][0][0]) > 1:
            return "footnote"
        if heading.reason == "subheading":
            if heading.township:
                self.township, self.village = heading.township, heading.village
            else:
                self.village = heading.village
        elif heading.reason == "section_heading":
            self.section = heading.text
            if named := self.reader.gazetteer.township_mentioned(heading.text):
                self.township, self.village = named, None
        return heading.reason


def _inherit(table, before):
    """A further table of the sheet whose own title names no place stands under the title of the one before."""
    if table.township is None:
        table.township, table.township_from = before.township, before.township_from
    if table.village is None and table.township == before.township:
        table.village, table.village_from = before.village, before.village_from


def _has_frame_mark(cells):
    return any(isinstance(cell, str) and FRAME_MARKS.search(cell) for _, cell in cells[:6])
