"""按上级表样导出: a superior's empty form is understood like a roster and comes back filled from the ledger."""

import re
from itertools import product

from django.db import transaction

from core import audit
from core.identity import mask_text
from rosters import spec
from rosters.blanks import END, SHEET_NAME, blanks
from rosters.child.sheet import column_letter
from rosters.cleaning import as_text, squeeze
from rosters.importer.taking import context_of, short_name
from rosters.limits import Limits, Refused
from rosters.models import SuperiorForm
from rosters.places import gazetteer_of
from rosters.reading import read_workbook
from rosters.recognition import rank
from rosters.sandbox import fill_cells, read_cells

# Writing takes longer than reading, and what was read once is no bomb.
LIMITS = Limits(cpu_seconds=40, wall_seconds=50)
NUMBERED, NUMBER_HEADERS = "#", {"序号", "编号", "序", "顺序", "顺序号"}
OUR_COUNTY = "@county"  # the office's own county, in no row of the ledger
COUNTY_HEADERS = {"县", "县市区", "县区", "区县", "县市", "市县", "市县区", "区市县", "县级"}
COUNTY_FRAME = re.compile(r"^(所在|所属)|[（）()、/／\s]|(名称|名)$")
NUMERIC = "number"
COUNTY_DIGITS = 6
OF_THE_CORPS = 1.5  # a superior asks for the corps itself before single works: what that is worth beside a title's 2.5
NO_LIST = Refused("form_is_no_list", "这是一人一张的登记表，或一人一列的表，不能按表样成批导出。请换成一人一行的空表。")

NO_HEADER = Refused("no_table", "没有找到表头（如姓名、身份证号、村名等列名），请检查是否选错了文件。")
NO_KIND = Refused("no_kind", "现在没有可以按表样导出的名册。")


def fillable(user):
    """The kinds that can be filled from the ledger by this user."""
    return [roster for roster in spec.importable() if roster.export and user.has_perm(roster.export_permission)]


@transaction.atomic
def take(*, by, content, filename, on, kind=""):
    """Keep a form with what was understood of it. Without a `kind` the one whose columns fit best. Raises Refused."""
    workbook = read_cells(content, filename)
    context = context_of(by.division, on)
    rosters = [roster for roster in fillable(by) if kind in ("", roster.slug)]
    roster, reading = _best(rosters, workbook, context, filename)
    return SuperiorForm.objects.create(
        by=by,
        division_id=by.division_id,
        kind=roster.slug,
        filename=short_name(filename),
        content=content,
        on=on,
        tables=understood(reading, workbook, context.gazetteer),
    )


def _best(rosters, workbook, context, filename):
    """(the kind whose form this is, how it reads the form): by its columns, its titles and the file's name."""
    likely = {guess.roster.slug: guess.score for guess in rank(workbook, context, filename)} if len(rosters) > 1 else {}
    found, refused = [], NO_HEADER if rosters else NO_KIND
    for roster in rosters:
        try:
            reading = read_workbook(roster, workbook, context)
        except Refused as error:
            refused = error if len(rosters) == 1 else refused
            continue
        if any(table.shape for table in reading.tables):
            refused = NO_LIST
            continue
        found.append((likely.get(roster.slug, 0) + OF_THE_CORPS * roster.is_main, roster, reading))
    if not found:
        raise refused
    return max(found, key=lambda one: one[0])[1:]


def understood(reading, workbook, gazetteer):
    """[{sheet, township, village, first, room, stale, columns: [{letter, header, field, why}]}], one for each place where
    rows go; headers masked. `hinted`: the township that the only title names, which is a proposal and no more."""
    ignored = {}
    for row in reading.ignored_rows:
        ignored.setdefault(row["sheet"], {})[row["excel_row"]] = row["reason"]
    places = []
    for sheet in workbook.sheets:
        tables = [table for table in reading.tables if table.sheet == sheet.name]
        for table, blank in blanks(tables, sheet, ignored.get(sheet.name, {}), gazetteer) if tables else ():
            stale = _stale(reading, blank, sheet.name)
            places.append({"sheet": table.sheet, **blank, "stale": stale, "columns": _columns(table, sheet)})
    return _proposed(places)


def _stale(reading, blank, sheet):
    """The rows of examples."""
    first, end = blank["first"], blank["first"] + (END if blank["room"] is None else blank["room"])
    return [row.excel_row for row in reading.rows if row.sheet == sheet and first <= row.excel_row < end]


def _proposed(places):
    """A single township that titles alone name is for who fills the form in to decide."""
    named = {(place["township"], place["village"]) for place in places if place["source"]}
    township = next(iter(named))[0] if len(named) == 1 else ""
    if not township or any(place["village"] or place["source"] == SHEET_NAME for place in places):
        return places
    return [{**place, "township": "", "hinted": township} for place in places]


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
    return NUMBERED if squeeze(header) in NUMBER_HEADERS else ""


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


def groups(tables):
    """[(index of the first of them, tables to fill that have the same columns)]: what is chosen for one holds for all."""
    found, filled = {}, to_fill(tables)
    for index, table in enumerate(tables):
        if table in filled:
            key = tuple((column["letter"], column["header"]) for column in table["columns"])
            found.setdefault(key, (index, []))[1].append(table)
    return list(found.values())


def correct(form, chosen):
    """Take the fields that the page chose, {(table index, letter): field}; unknown ones leave the column empty."""
    known = {field for field, _ in options(spec.get(form.kind))}
    for index, tables in groups(form.tables):
        for column in (column for table in tables for column in table["columns"]):
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
    written = len(with_place(form.tables, rows))
    if not written:
        raise Refused("no_rows", f"{place}在 {form.on} 没有可填的行，没有导出。请看看范围、数据时点和表样写的是哪里。")
    asked = {"rebuild": False, "sheets": [_sheet(roster, table, rows, form) for table in to_fill(form.tables)]}
    content = _written(bytes(form.content), asked)
    told = [f"{roster.title}（按表样“{form.filename}”）", roster.target_text(target_id), place, str(form.on)]
    about = " ".join(filter(None, told))
    audit.record(by=by, verb="export", about=about, after={"rows": written}, reason=reason)
    return content


def _written(content, asked):
    try:
        return fill_cells(content, asked, LIMITS)
    except Refused as refused:
        if refused.code == "timeout":
            raise
    # An .xlsx that openpyxl cannot open: made anew from what was read, like any other format.
    return fill_cells(content, {**asked, "rebuild": True}, LIMITS)


def to_fill(tables):
    """With a place for each village or township only those; a summary beside them is not a roster."""
    return [table for table in tables if place_of(table)] or tables


def place_of(table):
    """Whose rows a table is for, in words; "" for everybody's."""
    return f"{table['township']}{table.get('village', '')}"


def _belongs(row, table):
    township, village = table["township"], table.get("village", "")
    return township in ("", row.get("township")) and village in ("", row.get("village"))


def with_place(tables, rows):
    """The rows that one of the tables is for."""
    places = {(table["township"], table.get("village", "")) for table in to_fill(tables)}
    return [row for row in rows if places & set(product(("", row.get("township")), ("", row.get("village"))))]


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
    shown = [row for row in rows if _belongs(row, table)]
    if table.get("village") and len({row.get("township") for row in shown}) > 1:
        raise Refused("ambiguous_village", f"“{table['village']}”不止一个乡镇有，请先选范围，再导出。")
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
    """[(sheet, letter, header)] of what stays empty, told before the form is filled; once for sheets with the same columns."""
    return [
        (tables[0]["sheet"], column["letter"], column["header"])
        for _, tables in groups(form.tables)
        for column in tables[0]["columns"]
        if not column["field"]
    ]


def untold(form, rows):
    """[(what it is, how many rows, an example)] of what rows have and none of several columns for it takes: a post of another
    body than those that the form asks about."""
    roster, found = spec.get(form.kind), []
    fields = {column["field"] for table in to_fill(form.tables) for column in table["columns"]} - {
        "",
        NUMBERED,
        OUR_COUNTY,
    }
    parts = {}
    for column in filter(None, map(roster.column, fields)):
        parts.setdefault(column.target, []).append(column)
    for target, columns in parts.items():
        if target in fields or not roster.column(target) or not all(column.derive for column in columns):
            continue
        reads = [_reader(column, form.on) for column in columns]
        left = [row[target] for row in rows if row.get(target) and not any(read(row) for read in reads)]
        if left:
            found.append((roster.column(target).label, len(left), left[0]))
    return found


def purge(on):
    """Let go of forms whose day has come. Returns how many."""
    return SuperiorForm.objects.filter(expires_at__lt=on).delete()[0]
