"""Whatever a workbook looks like, it is never surely taken for another kind than its own."""

from hypothesis import HealthCheck, given, settings

from rosters.recognition import recognise
from rosters.sandbox import read_cells
from tests.rosters.kinds import workbooks
from tests.rosters.layouts import samples


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
