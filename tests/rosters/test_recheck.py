"""Checking again: whatever a file holds, a check of its stored rows finds what the reading found."""

import pytest

from rosters import importer
from rosters.models import Upload
from tests.rosters import county
from tests.rosters.conftest import DATA

pytestmark = pytest.mark.django_db
WORKBOOKS = sorted(DATA.glob("0[123]*.xlsx"))


def state(upload):
    return [
        (row.values, row.village_code, row.outcome, row.change, row.problems, row.diff)
        for row in upload.rows.order_by("order")
    ]


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name[:2])
def test_a_check_without_corrections_changes_nothing(path):
    county.load()
    staff = county.staff()
    upload = importer.upload(by=staff, kind="committee", filename=path.name, content=path.read_bytes())
    before, fingerprint = state(upload), upload.fingerprint

    checked = importer.recheck(upload, {}, by=staff)

    assert checked.changed == ()
    assert state(upload) == before
    assert Upload.objects.get(pk=upload.pk).fingerprint == fingerprint
