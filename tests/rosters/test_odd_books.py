"""The made-up workbooks of kinds without a real one: known for what they are, and read as they should be."""

import json

import pytest

from rosters import spec
from rosters.reading import read
from rosters.recognition import recognise
from rosters.sandbox import read_cells
from tests.rosters.odd_books import BOOKS
from tests.rosters.test_expected import EXPECTED

EACH = pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.kind)


@pytest.fixture(scope="module")
def found(context):
    return {book.kind: read(spec.get(book.kind), book.content, book.filename, context) for book in BOOKS}


@EACH
def test_it_is_known_for_what_it_is(book, context):
    told = recognise(read_cells(book.content, book.filename), context, book.filename)

    assert (told.roster.slug, [other.slug for other in told.close]) == (book.kind, [])


@EACH
def test_its_header_and_columns_are_found(book, found):
    table = found[book.kind].tables[0]

    assert table.header_rows == book.header_rows
    assert frozenset(table.columns) == book.fields
    assert {sheet["sheet"] for sheet in found[book.kind].as_json()["ignored_sheets"]} == book.ignored_sheets


@EACH
def test_its_rows_are_found_and_nothing_else(book, found):
    rows = {(row["sheet"], row["excel_row"]): row for row in found[book.kind].as_json()["rows"]}

    assert set(rows) == set(book.rows)
    for place, (outcome, values, codes) in book.rows.items():
        row = rows[place]
        errors = {problem["code"] for problem in row["problems"]}
        assert (row["outcome"], errors) == (outcome, codes), place
        assert {name: _plain(row["values"].get(name)) for name in values} == values, place


def _plain(value):
    return sorted(value) if isinstance(value, list) else value


# Lists that clerks have no files of their own for: they come as our exports and templates, which go round in
# test_giving_out and test_export_returns, and as generated layouts (kinds.py).
OURS = {
    "approved_seats", "award_rounds", "awards_given", "colleges", "course_marks", "culture", "demand_rounds",
    "election_results", "election_rounds", "evaluation_items", "evaluations", "fund_entries", "inspection_findings",
    "integrity", "joint_review", "party_activities", "party_branches", "party_meetings", "party_resolutions",
    "recruitments", "requirements", "reserve_assessments", "results", "review_rounds", "review_visits",
    "safeguard_standards", "safeguards", "sessions", "stay_grades", "study_terms", "support_applications",
    "support_payments", "teachers", "team_reviews", "village_projects", "village_steps",
}  # fmt: skip


def test_every_kind_that_is_imported_has_a_workbook():
    real = {json.loads(path.read_text(encoding="utf-8"))["kind"] for path in EXPECTED}

    assert real | {book.kind for book in BOOKS} | OURS == {roster.slug for roster in spec.importable()}
