"""An import takes the same statements for 20 rows as for 200."""

import io
import re

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import county
from rosters import importer
from tests import factories

pytestmark = pytest.mark.django_db
CURSOR = re.compile(r'"_django_curs_\w+"')  # each has a number of its own


@pytest.fixture
def staff(tmp_path):
    divisions = tmp_path / "divisions.csv"
    divisions.write_text(county.roster(200).divisions, encoding="utf-8")
    call_command("load_divisions", str(divisions), county_name=county.COUNTY_NAME, stdout=io.StringIO())
    return factories.user("county_staff", county.COUNTY)


def statements(work):
    with CaptureQueriesContext(connection) as sent:
        work()
    told = [CURSOR.sub("cursor", query["sql"]) for query in sent if "SAVEPOINT" not in query["sql"]]
    return [sql.split("(")[0][:60] for sql in told]


def import_first(staff, rows):
    """The statements of reading a file with so many people, and those of committing it."""
    content = county.roster(200, first=rows).content
    kept = []
    read = statements(
        lambda: kept.append(
            importer.upload(by=staff, kind="committee", filename="a.xlsx", content=content, as_of=county.AS_OF)
        )
    )
    return read, statements(lambda: importer.confirm(kept[0], by=staff))


def import_and_forget(staff, rows):
    with transaction.atomic():
        found = import_first(staff, rows)
        transaction.set_rollback(True)
    return found


def test_new_people_take_the_same_statements_however_many(staff):
    few_read, few_committed = import_and_forget(staff, 20)
    many_read, many_committed = import_and_forget(staff, 200)

    assert many_read == few_read
    assert many_committed == few_committed


def test_unchanged_rows_take_the_same_statements_however_many(staff):
    import_first(staff, 200)

    assert import_first(staff, 20)[0] == import_first(staff, 200)[0]
