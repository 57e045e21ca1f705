"""manage.py check_roster: one JSON document, nothing written."""

import io
import json

import pytest
from django.core.management import call_command

from core.models import AuditEntry
from tests.rosters.conftest import DATA

WORKBOOK = "01_寨里镇村“两委”干部花名册"


@pytest.fixture
def county(db):
    call_command("load_divisions", str(DATA / "divisions.csv"), "--county-name", "光泽县", stdout=io.StringIO())


def run(*arguments):
    output = io.StringIO()
    call_command("check_roster", *arguments, stdout=output)
    return json.loads(output.getvalue())


def refused(*arguments):
    output = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_roster", *arguments, stdout=output)
    assert ended.value.code == 2
    return json.loads(output.getvalue())["refused"]


def test_workbook_gives_its_expected_document(county):
    expected = json.loads((DATA / f"{WORKBOOK}.expected.json").read_text(encoding="utf-8"))

    found = run("committee", str(DATA / f"{WORKBOOK}.xlsx"), "--county", "350723", "--as-of", "2026-11-22")

    for key in ("file", "kind", "county_code", "as_of", "layout", "header_rows", "columns", "tables", "totals"):
        assert found[key] == expected[key], key
    assert [row["values"] for row in found["rows"]] == [row["values"] for row in expected["rows"]]


def test_nothing_is_written(county, django_assert_max_num_queries):
    before = AuditEntry.objects.count()

    with django_assert_max_num_queries(4) as queries:
        run("committee", str(DATA / f"{WORKBOOK}.xlsx"), "--county", "350723")

    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nonsense", "x.xlsx", "--county", "350723"), "unknown_kind"),
        (("committee", "x.xlsx", "--county", "999999"), "unknown_county"),
        (("committee", "no/such.xlsx", "--county", "350723"), "no_file"),
        (("committee", "x.xlsx", "--county", "350723", "--as-of", "2024-13-01"), "bad_date"),
        (("committee", str(DATA / "divisions.csv"), "--county", "350723"), "no_table"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(county, arguments, code):
    found = refused(*arguments)

    assert found["code"] == code
    assert found["message"].endswith("。")
