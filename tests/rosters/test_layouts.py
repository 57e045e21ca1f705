"""Whatever the layout, the reading is right."""

from hypothesis import HealthCheck, given, settings

from rosters import spec
from rosters.reading import read
from tests.rosters.layouts import POSTS, samples

EDUCATION = {"大专": "junior_college", "高中": "senior_middle", "本科": "bachelor"}


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(sample=samples())
def test_generated_layout_is_read_right(context, sample):
    reading = read(spec.get("committee"), sample.content, "a.xlsx", context)

    assert len(reading.tables) == 1
    table = reading.tables[0]
    assert list(table.header_rows) == sample.header_rows
    assert table.columns == sample.columns
    assert {row.excel_row: row.values["name"] for row in reading.rows} == {
        number: truth["name"] for number, truth in sample.rows.items()
    }
    for row in reading.rows:
        truth = sample.rows[row.excel_row]
        assert row.values["village"] == truth["village"]
        assert row.values["township"] == "寨里镇"
        assert row.values["id_number"] == truth["id_number"]
        assert row.values["posts"] == POSTS[truth["posts"]]
        assert row.values.get("education") in (None, EDUCATION[truth["education"]])
        assert [problem.code for problem in row.problems] == []
