"""按上级表样导出: a superior's empty form is understood like a roster and comes back filled from the ledger."""

import re

from django.db import transaction

from core import audit
from core.identity import mask_text
from rosters import spec
from rosters.child.sheet import column_letter
from rosters.cleaning import as_text
from rosters.importer.taking import context_of, short_name
from rosters.limits import Limits, Refused
from rosters.models import SuperiorForm
from rosters.places import gazetteer_of
from rosters.reader.tables import SHEET_NAME_FRAME
from rosters.reading import read_workbook
from rosters.sandbox import fill_cells, read_cells

# Writing takes longer than reading, and what was read once is no bomb.
LIMITS = Limits(cpu_seconds=40, wall_seconds=50)
NUMBERED, NUMBER_HEADERS = "#", {"序号", "编号", "序", "顺序", "顺序号"}
OUR_COUNTY = "@county"  # the office's own county, in no row of the ledger
COUNTY_HEADERS = {"县", "县市区", "县区", "区县", "县市", "市县", "市县区", "区市县", "县级"}
COUNTY_FRAME = re.compile(r"^(所在|所属)|[（）()、/／\s]|(名称|名)$")
FOOTER = {"footnote", "total", "subtotal", "section_heading", "subheading"}
LACKING = 2  # what a required field without a column weighs when the kind is guessed
NUMERIC = "number"
COUNTY_DIGITS = 6
NO_LIST = Refused("form_is_no_list", "这是一人一张的登记表，或一人一列的表，不能按表样成批导出。请换成一人一行的空表。")


def fillable(user):
    """The kinds that can be filled from the ledger by this user."""
    return [roster for roster in spec.importable() if roster.export and user.has_perm(roster.export_permission)]


@transaction.atomic
def take(*, by, content, filename, on, kind=""):
    """Keep a form with what was understood of it. Without a `kind` the one whose columns fit best. Raises Refused."""
    workbook = read_cells(content, filename)
    context = context_of(by.division, on)
    rosters = [roster for roster in fillable(by) if kind in ("", roster.slug)]
    roster, reading = _best(rosters, workbook, context)
    return SuperiorForm.objects.create(
        by=by,
        division_id=by.division_id,
        kind=roster.slug,
        filename=short_name(filename),
        content=content,
        on=on,
        tables=understood(reading, workbook, context.gazetteer),
    )


def _best(rosters, workbook, context):
    found, refused = [], Refused("no_kind", "现在没有可以按表样导出的名册。")
    for roster in rosters:
        try:
            reading = read_workbook(roster, workbook, context)
        except Refused as error:
            refused = refused if refused is NO_LIST else error
            continue
        if any(table.shape for table in reading.tables):
            refused = NO_LIST
            continue
        fields = {name for table in reading.tables for name in (*table.columns, *table.compared)}
        lacking = set(roster.required) - {name.partition(".")[0] for name in fields} - {"village"}
        found.append((len(fields) - LACKING * len(lacking), roster, reading))
    if not found:
        raise refused
    return max(found, key=lambda one: one[0])[1:]


def understood(reading, workbook, gazetteer):
    """[{sheet, township, first, room, stale, columns: [{letter, header, field, why}]}], a table each; headers masked."""
    ignored = {}
    for row in reading.ignored_rows:
        ignored.setdefault(row["sheet"], []).append((row["excel_row"], row["reason"]))
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    tables, seen = [], set()
    for table in reading.tables:
        if (
            table.sheet in seen
        ):  # further tables of a sheet stay as they are: what stands below the first is pushed down
            continue
        seen.add(table.sheet)
        first, room = _place(table, ignored.get(table.sheet, ()), sheets[table.sheet])
        stale = [row.excel_row for row in reading.rows if row.sheet == table.sheet and row.excel_row >= first]
        columns = _columns(table, sheets[table.sheet])
        township = gazetteer.township_named(SHEET_NAME_FRAME.sub("", table.sheet or "")) or ""
        tables.append(
            {
                "sheet": table.sheet,
                "township": township,
                "first": first,
                "room": room,
                "stale": stale,
                "columns": columns,
            }
        )
    return tables


def _place(table, ignored, sheet):
    """(first row of data, how many rows there are before what stands below, None where nothing does)."""
    first = table.header_rows[-1] + 1
    reasons = dict(ignored)
    while reasons.get(first) == "repeated_header":  # a line of column numbers or of instructions
        first += 1
    below = [row for row, reason in ignored if row >= first and reason in FOOTER]
    below = [row for row in below if not (row == first and _is_example(sheet, row))]
    return first, (min(below) - first if below else None)


def _is_example(sheet, row):
    """An example in the first row of data is called a footnote by the reader; here its place is filled."""
    cells = [cell for cell in sheet.rows[row - 1] if cell is not None]
    return len(cells) > 2 and any(word in as_text(cells[0]) for word in ("例", "样"))


def _columns(table, sheet):
    fields = {letter: name for name, letter in {**table.columns, **table.compared}.items()}
    headers = _headers(table, sheet)
    headers |= dict(table.unmapped)
    found = []
    for letter in sorted({*fields, *headers}, key=lambda letter: (len(letter), letter)):
        header = " ".join(headers.get(letter, "").split())
        field = fields.get(letter) or _said_by(header)
        why = table.reasons.get(letter, "")
        found.append({"letter": letter, "header": mask_text(header), "field": field, "why": mask_text(why)})
    return [column for column in found if column["header"] or column["field"]]


def _said_by(header):
    """What a column that no field of the roster has is filled with."""
    if COUNTY_FRAME.sub("", header) in COUNTY_HEADERS:
        return OUR_COUNTY
    return NUMBERED if header in NUMBER_HEADERS else ""


def _headers(table, sheet):
    """{letter: text} of the lowest header row that has one, for the columns that were matched."""
    found = {}
    for row in table.header_rows:
        for index, cell in enumerate(sheet.rows[row - 1]):
            if cell is not None:
                found[column_letter(index)] = as_text(cell)
    return found


def options(roster):
    """[(field, label)] that a column of a form may be filled with."""
    told = [(column.field, column.label) for column in roster.columns if not column.compared_only or column.derive]
    return [("", "留空"), (NUMBERED, "序号"), (OUR_COUNTY, "县（市、区）"), *told]


def correct(form, chosen):
    """Take the fields that the page chose, {(table index, letter): field}; unknown ones leave the column empty."""
    known = {field for field, _ in options(spec.get(form.kind))}
    for index, table in enumerate(form.tables):
        for column in table["columns"]:
            field = chosen.get((index, column["letter"]), column["field"])
            column["field"] = field if field in known else ""
    form.save(update_fields=["tables"])


def rows_of(form, code, target_id=None):
    """What the ledger has for the form, of the division `code`, about the target where the kind has one."""
    return spec.get(form.kind).rows_to_export(code, form.on, target_id)


@transaction.atomic
def filled(form, *, code, place, by, reason, target_id=None):
    """The bytes of the form filled with the ledger of the division `code`; noted in the log. Raises Refused."""
    roster = spec.get(form.kind)
    rows = rows_of(form, code, target_id)
    asked = {"rebuild": False, "sheets": [_sheet(roster, table, rows, form) for table in _to_fill(form.tables)]}
    content = _written(bytes(form.content), asked)
    told = [f"{roster.title}（按表样“{form.filename}”）", roster.target_text(target_id), place, str(form.on)]
    about = " ".join(filter(None, told))
    audit.record(by=by, verb="export", about=about, after={"rows": len(rows)}, reason=reason)
    return content


def _written(content, asked):
    try:
        return fill_cells(content, asked, LIMITS)
    except Refused as refused:
        if refused.code == "timeout":
            raise
    # An .xlsx that openpyxl cannot open: made anew from what was read, like any other format.
    return fill_cells(content, {**asked, "rebuild": True}, LIMITS)


def _to_fill(tables):
    """With a sheet per township only those; a summary beside them is not a roster."""
    per_township = [table for table in tables if table["township"]]
    return per_township or tables


def _sheet(roster, table, rows, form):
    fields = list(
        dict.fromkeys(column["field"] for column in table["columns"] if column["field"] not in ("", NUMBERED))
    )
    place = {field: at for at, field in enumerate(fields)}
    columns = {
        column["letter"]: -1 if column["field"] == NUMBERED else place[column["field"]]
        for column in table["columns"]
        if column["field"]
    }
    shown = [row for row in rows if table["township"] in ("", row.get("township"))]
    compiled = [_reads(roster, field, form) for field in fields]
    return {
        "name": table["sheet"],
        "first": table["first"],
        "room": table["room"],
        "stale": table["stale"],
        "columns": columns,
        "rows": [[read(row) for read in compiled] for row in shown],
    }


def _reads(roster, field, form):
    if field != OUR_COUNTY:
        return _reader(roster.column(field), form.on)
    name = gazetteer_of(form.division_id[:COUNTY_DIGITS], form.on).county_name
    return lambda row: name


def _reader(column, on):
    """row → the text of one column: as kept, else derived from what is; figures as numbers, so that they add up."""

    def read(row):
        value = row.get(column.field)
        if value in (None, "") and column.derive:
            value = column.derive(row, on)
        if value is None or isinstance(value, int | float):
            return value
        text = str(value)
        if column.kind.name == NUMERIC and text.replace(".", "", 1).isdecimal():
            return float(text) if "." in text else int(text)
        return text

    return read


def empty_columns(form):
    """[(sheet, letter, header)] of what stays empty, told before the form is filled."""
    return [
        (table["sheet"], column["letter"], column["header"])
        for table in _to_fill(form.tables)
        for column in table["columns"]
        if not column["field"]
    ]


def purge(on):
    """Let go of forms whose day has come. Returns how many."""
    return SuperiorForm.objects.filter(expires_at__lt=on).delete()[0]
