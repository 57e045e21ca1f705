"""Checking again: whatever a file holds, a check of its stored rows finds what the reading found."""

import json

import pytest

from rosters import importer, spec
from rosters.models import Upload
from tests.rosters import county
from tests.rosters.conftest import DATA

pytestmark = pytest.mark.django_db


def workbooks():
    """(kind, path) of the example workbooks whose kind can be compared with the database."""
    for path in sorted(DATA.glob("*.expected.json")):
        kind = json.loads(path.read_text(encoding="utf-8"))["kind"]
        if kind in {roster.slug for roster in spec.importable()}:
            yield pytest.param(kind, next(DATA.glob(path.name.replace("expected.json", "[xc]*"))), id=path.name[:2])


def state(upload):
    return [
        (row.values, row.village_code, row.outcome, row.change, row.problems, row.diff)
        for row in upload.rows.order_by("order")
    ]


@pytest.mark.parametrize(("kind", "path"), list(workbooks()))
def test_a_check_without_corrections_changes_nothing(kind, path):
    county.load()
    staff = county.staff()
    upload = importer.upload(by=staff, kind=kind, filename=path.name, content=path.read_bytes())
    before, fingerprint = state(upload), upload.fingerprint

    checked = importer.recheck(upload, {}, by=staff)

    assert checked.changed == ()
    assert state(upload) == before
    assert Upload.objects.get(pk=upload.pk).fingerprint == fingerprint
