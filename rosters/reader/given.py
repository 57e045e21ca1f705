"""Rows whose columns are told, not found out: one table, each row of it is data, whatever stands in it."""

from rosters.matcher import Evidence, Header, sample
from rosters.reader.layouts import header_names
from rosters.reader.tables import DataRow, SheetReading, Table

TOLD_BY = "由接口写明"


def read_given(grid, roster, fits):
    """The one table of a sheet that came with its `fields`; the names of its columns are its first row."""
    rows = range(1, grid.height)
    headers = [
        Header(index, (title,), sample(grid.raw(row, index) for row in rows))
        for index, title in enumerate(grid.rows[0])
    ]
    told = dict(enumerate(grid.sheet.fields))
    evidence = Evidence(roster, headers, fits)
    matches, names = evidence.read(told, TOLD_BY), header_names(headers)
    table = Table(grid.sheet.name, [0], matches, headers, [], grid, evidence, names, told, TOLD_BY)
    table.rows = [DataRow(row) for row in rows]
    return SheetReading([table], [])
