"""Whatever a workbook looks like, it is never surely taken for another kind than its own."""

import pytest
from hypothesis import HealthCheck, given, settings

from core.rail import ENTRIES
from rosters import offered, spec
from rosters.recognition import recognise
from rosters.sandbox import read_cells
from tests.rosters.kinds import usual, value, workbooks
from tests.rosters.layouts import samples


@pytest.mark.parametrize("roster", spec.all(), ids=lambda roster: roster.slug)
def test_the_generator_has_something_to_write_in_every_column(roster):
    """Deterministic: what it could draw is known before it draws it."""
    empty = {column.field for column in roster.columns if usual(column) and value(roster, column.field, 1) is None}

    assert empty <= {"remarks"}


@pytest.mark.parametrize("roster", spec.all(), ids=lambda roster: roster.slug)
def test_every_kind_is_offered_under_a_page_of_the_rail(roster):
    assert roster.page in {entry.label for entry in ENTRIES}


def test_kinds_are_offered_page_by_page():
    groups = offered.grouped(spec.all())

    assert groups[0][0] == "常用"
    assert [roster.slug for roster in groups[0][1]] == ["committee", "reserve", "stationed", "talent"]
    assert [label for label, _ in groups[1:]] == [
        entry.label for entry in ENTRIES if entry.label in {label for label, _ in groups[1:]}
    ]
    assert sum(len(rosters) for _, rosters in groups) == len(spec.all())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=workbooks())
def test_generated_workbook_of_any_kind_is_recognised(context, made):
    found = recognise(made.workbook, context)

    assert found is not None
    assert made.kind in {found.roster.slug, *(roster.slug for roster in found.close)}
    if made.telling:
        assert (found.roster.slug, found.close) == (made.kind, ())


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(sample=samples())
def test_generated_committee_layout_is_recognised(context, sample):
    found = recognise(read_cells(sample.content), context)

    assert "committee" in {found.roster.slug, *(roster.slug for roster in found.close)}
