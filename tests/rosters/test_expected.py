"""Every example workbook of a declared kind comes out exactly as its expected file says."""

import json

import pytest

from rosters import spec
from rosters.reading import read
from tests.rosters.conftest import DATA

DECLARED = {roster.slug for roster in spec.all()}
EXPECTED = sorted(DATA.glob("*.expected.json"))


def normal(row):
    """Posts are a set, problems come in no order."""
    values = {name: sorted(value) if isinstance(value, list) else value for name, value in row["values"].items()}
    problems = sorted((problem["field"], problem["code"]) for problem in row["problems"])
    return {**row, "values": values, "problems": problems}


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name[:2])
def test_workbook_reads_as_expected(path, context):
    expected = json.loads(path.read_text(encoding="utf-8"))
    file = DATA / expected["file"]

    found = read(spec.get(expected["kind"]), file.read_bytes(), file.name, context).as_json()

    assert found["tables"] == expected["tables"]
    assert [normal(row) for row in found["rows"]] == [normal(row) for row in expected["rows"]]
    for key in ("kind", "layout", "context", "header_rows", "columns", "ignored_sheets", "totals"):
        assert found[key] == expected[key], key
    assert [(row["sheet"], row["excel_row"], row["reason"]) for row in found["ignored_rows"]] == [
        (row["sheet"], row["excel_row"], row["reason"]) for row in expected["ignored_rows"]
    ]


def test_every_kind_of_the_clerks_files_is_among_them():
    kinds = [json.loads(path.read_text(encoding="utf-8"))["kind"] for path in EXPECTED]

    assert kinds.count("committee") == 3
    assert {"reserve", "stationed", "talent", "trainees", "degree", "nominees", "villages"} <= set(kinds) <= DECLARED
