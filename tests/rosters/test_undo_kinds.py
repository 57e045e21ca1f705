"""Whatever kind of roster is committed: its journal names every row that it wrote, and its undo leaves the tables as they were."""

import datetime
import json

import pytest

from rosters import importer, spec
from rosters.models import Upload
from tests import factories
from tests.rosters import county
from tests.rosters.clerks import in_journal, tables, touched
from tests.rosters.conftest import DATA

pytestmark = pytest.mark.django_db
IMPORTABLE = {roster.slug for roster in spec.importable()}
EXAMPLES = [
    (path, expected["kind"])
    for path in sorted(DATA.glob("*.expected.json"))
    if (expected := json.loads(path.read_text(encoding="utf-8")))["kind"] in IMPORTABLE
]


@pytest.fixture
def staff(db):
    county.load()
    return county.staff()


def target_of(kind, user):
    """What an upload of the kind is about, where it must be about something."""
    target = spec.get(kind).target
    if target is None:
        return None
    factories.session(county.COUNTY)
    factories.award_round(county.COUNTY)
    factories.demand_round(county.COUNTY)
    held = factories.recruitment(county.COUNTY)
    for township in ("350723100", "350723101", "350723102"):
        factories.recruitment_quota(township, recruitment=held, places=9)
    offered = target.choices(user, datetime.date.today())
    assert offered, f"make something here that a roster of {kind} can be uploaded onto"
    return offered[0][0]


@pytest.mark.parametrize(("path", "kind"), EXAMPLES, ids=[path.name[:2] for path, _ in EXAMPLES])
def test_committed_and_undone_leaves_nothing(staff, path, kind):
    target_id = target_of(kind, staff)
    file = DATA / json.loads(path.read_text(encoding="utf-8"))["file"]
    upload = importer.upload(by=staff, kind=kind, filename=file.name, content=file.read_bytes(), target_id=target_id)
    before = tables()

    upload = importer.confirm(upload, by=staff).upload
    written = touched(before, tables())
    assert written
    assert written == in_journal(upload)

    undone = importer.undo(Upload.objects.get(pk=upload.pk), by=staff)
    assert tables() == before
    assert not undone.upload.rows.exists()
