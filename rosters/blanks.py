"""The blank places of a superior's form: in which rows of a sheet the ledger's go, and of which village or township."""

import re

from rosters.cleaning import as_text
from rosters.reader.tables import SHEET_NAME_FRAME, TITLE_ROWS

FOOTER = {"footnote", "total", "subtotal", "section_heading", "subheading"}
REPEATED = "repeated_header"
END = 10**7  # no sheet has a row as low
EXAMPLE = re.compile("[例样]")
TITLE, SHEET_NAME = "title", "sheet_name"


def blanks(tables, sheet, ignored, gazetteer):
    """[(table, {township, village, source, first, room})] of one sheet's tables, from above; `ignored` {row: reason}.

    The first one is always there; a further one only where it is said whose it is: what is not filled stays as it is and
    is pushed down. `room` is how many rows there are before what stands below, None where nothing does."""
    found = []
    place = {"township": "", "village": "", "source": ""} | _of_sheet_name(sheet.name, gazetteer)
    headers = [(table, rows) for table in _one_below_the_other(tables) for rows in _headers(table, ignored, tables)]
    lead = 1
    for number, (table, rows) in enumerate(headers):
        end = headers[number + 1][1][0] if number + 1 < len(headers) else END
        first = rows[-1] + 1
        said, top = _of_titles(sheet, max(lead, rows[0] - TITLE_ROWS), rows[0], gazetteer, place)
        if found:
            _end_before(found[-1][1], top)
        if not number or top < rows[0]:
            found.append((table, {**said, "first": first, "room": _room(sheet, first, end, ignored)}))
        lead = first
    return found


def _one_below_the_other(tables):
    last, kept = 0, []
    for table in sorted(tables, key=lambda table: table.header_rows[0]):
        if table.header_rows[0] > last:
            kept.append(table)
            last = table.header_rows[-1]
    return kept


def _headers(table, ignored, tables):
    """The rows of a table's header, and of every repetition of it further down, each with the lines of column numbers or of
    instructions right below."""
    end = min((other.header_rows[0] for other in tables if other.header_rows[0] > table.header_rows[-1]), default=END)
    rows = [*table.header_rows, *(row for row, reason in ignored.items() if reason == REPEATED)]
    runs = []
    for row in sorted(row for row in set(rows) if table.header_rows[0] <= row < end):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _room(sheet, first, end, ignored):
    below = [row for row, reason in ignored.items() if first <= row < end and reason in FOOTER]
    below = [row for row in below if not (row == first and _is_example(sheet, row))]
    return min(below) - first if below else (end - first if end < END else None)


def _end_before(blank, row):
    if blank["room"] is None or blank["first"] + blank["room"] > row:
        blank["room"] = row - blank["first"]


def _is_example(sheet, row):
    """An example in the first row of data is called a footnote by the reader; here its place is filled."""
    cells = [cell for cell in sheet.rows[row - 1] if cell is not None]
    return len(cells) > 2 and bool(EXAMPLE.search(as_text(cells[0])))


def _of_sheet_name(name, gazetteer):
    name = SHEET_NAME_FRAME.sub("", name or "")
    if not name:
        return {}
    if (township := gazetteer.township_named(name)) and not gazetteer.is_village(name):
        return {"township": township, "source": SHEET_NAME}
    place = gazetteer.resolve("", name)
    if place.village:
        township = place.township if place.township_in_cell else ""
        return {"township": township, "village": place.village, "source": SHEET_NAME}
    return {"township": township, "source": SHEET_NAME} if township else {}


def _of_titles(sheet, start, end, gazetteer, place):
    """(what the lines above a header say of its place, the uppermost row that says it); the nearest counts."""
    township, village, top = place["township"], place["village"], end
    settled = place["source"] == SHEET_NAME  # of two that differ the title is rather the one that was copied
    texts = {
        row: " ".join(as_text(cell) for cell in sheet.rows[row - 1] if cell is not None) for row in range(start, end)
    }
    for row, text in sorted(texts.items(), reverse=True):
        if not township and (township := gazetteer.township_mentioned(text) or ""):
            top = row
    for row, text in sorted(texts.items(), reverse=True):
        if not village and not settled and (village := gazetteer.village_mentioned(text, township or None) or ""):
            top = min(top, row)
    source = place["source"] or (TITLE if township or village else "")
    return {"township": township, "village": village, "source": source}, top
