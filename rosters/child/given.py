"""Rows that another system gave: a document of our own making, with the field that each column is."""

import json

from rosters.child.sheet import RawSheet, check_extent
from rosters.child.sniff import GIVEN_START, corrupt
from rosters.child.values import convert


def document(fields, headers, rows):
    """The bytes that `read` takes: the fields of the columns, what the columns are called, and the cells row by row."""
    given = {"fields": fields, "headers": headers, "rows": rows}
    content = json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    assert content.startswith(GIVEN_START)
    return content


def read(content, limits):
    fields, headers, rows = _parts(content)
    check_extent(len(rows) - 1, len(fields) - 1, limits)
    cells = [[convert(value, None) for value in row[: len(fields)]] for row in rows]
    return [RawSheet(None, rows=[headers, *cells], fields=fields)]


def _parts(content):
    try:
        given = json.loads(content)
        fields, headers, rows = given["fields"], given["headers"], given["rows"]
    except (ValueError, KeyError):
        raise corrupt() from None
    texts = all(isinstance(text, str) for part in (fields, headers) for text in part)
    if not texts or len(fields) != len(headers) or not all(isinstance(row, list) for row in rows):
        raise corrupt()
    return fields, headers, rows
