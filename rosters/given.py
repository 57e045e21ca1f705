"""Rows of another system → the content of an upload, read from there on like any file's."""

from rosters.child.given import document
from rosters.cleaning import as_text
from rosters.limits import MAX_BYTES, MEGABYTE
from rosters.problems import problem
from rosters.reader.words import header_key

MOST_PROBLEMS = 20
LARGEST_NUMBER = 10**18  # a larger one is digits, no number
PLAIN = str | int | float | bool | None


class Unfit(Exception):
    """What was given are no rows of this roster: `problems`, none of which is about what a cell says."""

    def __init__(self, problems):
        super().__init__()
        self.problems = problems[:MOST_PROBLEMS]


def content_of(roster, rows):
    """The content for `importer.upload` of `rows` [{column: value}]. A column is called by its field, its label or any
    spelling of its header; what a row does not have stays as it is kept. Raises Unfit."""
    _ensure_rows(rows)
    columns = _columns(roster, dict.fromkeys(name for row in rows for name in row))
    cells = [[_cell(row.get(name)) for name in columns] for row in rows]
    titles = [column.spellings[0] if column.spellings else column.label for column in columns.values()]
    content = document([column.field for column in columns.values()], titles, cells)
    if len(content) > MAX_BYTES:
        raise Unfit([problem("rows", "too_large", f"内容超过 {MAX_BYTES // MEGABYTE} MB，请分几次写入。")])
    return content


def _ensure_rows(rows):
    found = []
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            found.append(problem(f"rows[{place}]", "not_a_row", "每一条应是“列名：值”的对象。"))
            continue
        found += [
            problem(f"rows[{place}].{name}", "bad_value", "值只能是文本、数字、true、false、null，或它们的列表。")
            for name, value in row.items()
            if not _is_value(value)
        ]
    if found:
        raise Unfit(found)


def _is_value(value):
    if isinstance(value, list):
        return all(isinstance(part, PLAIN) for part in value)
    return isinstance(value, PLAIN)


def _columns(roster, names):
    """{name given: Column}; raises Unfit for names that are no column, or the same column twice."""
    columns, found, taken = {}, [], {}
    for name in names:
        fitting = _called(roster, name)
        if len(fitting) != 1:
            words = "请写列的 name" if fitting else "可用的列见这种名册的说明（GET 同一地址）"
            code = "ambiguous_column" if fitting else "unknown_field"
            found.append(
                problem(name, code, f"{roster.quoted}{'有几列都叫这个' if fitting else '没有这一列'}，{words}。")
            )
        elif fitting[0].field in taken:
            found.append(problem(name, "column_twice", f"与“{taken[fitting[0].field]}”是同一列，请只留一个。"))
        else:
            columns[name], taken[fitting[0].field] = fitting[0], name
    if not names:
        found.append(problem("rows", "no_columns", "没有一条写了任何列。"))
    if found:
        raise Unfit(found)
    return columns


def _called(roster, name):
    """The columns that may be meant by a name: one by its field, those of that label, or those whose header it is."""
    if (exact := roster.column(name)) is not None:
        return [exact]
    labelled = [column for column in roster.columns if column.label == name.strip()]
    key = header_key(name)
    return labelled or [column for column in roster.columns if key and key in column.spellings]


def _cell(value):
    if isinstance(value, list):
        return as_text(value)
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        return str(value)
    return value
