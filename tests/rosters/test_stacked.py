"""Any kind, one to three tables on a sheet: every table and every row is read right."""

import pytest
from hypothesis import HealthCheck, given, settings

from rosters import spec
from rosters.reading import read
from tests.rosters.layouts import person
from tests.rosters.stacked import KINDS, cell, stacks, usable_fields


@pytest.mark.parametrize("kind", KINDS)
def test_the_generator_has_something_to_write_in_every_column(kind):
    """Deterministic: what it could draw is known before it draws it."""
    truth = person(1, "茶富村")

    assert all(cell(kind, name, truth) for name in usable_fields(spec.get(kind)))


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(stack=stacks())
def test_stacked_tables_of_any_kind_are_read_right(context, stack):
    reading = read(spec.get(stack.kind), stack.content, "a.xlsx", context)

    # A header that is much the same as the one before it is read as printed again: no table of its own.
    for table in reading.tables:
        assert table.columns == stack.columns[table.header_rows[0]]
    assert [row.excel_row for row in reading.rows] == list(stack.rows)
    for row in reading.rows:
        truth = stack.rows[row.excel_row]
        assert {name: row.values[name] for name in truth} == truth
        assert [problem.code for problem in row.problems] == []
