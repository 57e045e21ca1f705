"""Two at once: an undo is one batch, and comes wholly before or wholly after any other write of the county."""

import pytest

from core.models import AuditEntry
from rosters import importer
from rosters.models import Upload
from talent.models import Appointment, Person
from tests.rosters import county
from tests.rosters.test_import_at_once import at_once, read


@pytest.fixture
def guangze(committed_db):
    county.load()
    return county.clerk()


def test_a_double_click_makes_one_undo(guangze):
    upload = importer.confirm(read(guangze), by=guangze).upload

    results = at_once(*[lambda: importer.undo(upload, by=guangze)] * 4)

    assert sorted(result.state for result in results) == ["already", "already", "already", "done"]
    assert len({result.upload.pk for result in results}) == 1
    assert AuditEntry.objects.filter(verb="undo").count() == 1
    assert not Person.objects.exists()


def test_an_undo_and_the_same_roster_again_come_one_after_the_other(guangze):
    first = importer.confirm(read(guangze), by=guangze).upload
    again = read(guangze)

    undone, confirmed = at_once(lambda: importer.undo(first, by=guangze), lambda: importer.confirm(again, by=guangze))

    assert undone.state == "done"
    assert confirmed.state in {"done", "changed"}  # nothing to write while it was there, shown anew after it had gone
    assert (Person.objects.count(), Appointment.objects.count()) == (0, 0)


def test_two_reviewers_approve_once(guangze):
    importer.set_reviewed({"committee"}, ["committee"], by=county.staff())
    waiting = importer.confirm(read(guangze), by=guangze).upload
    seen = {"shown": waiting.fingerprint, "submitted_at": waiting.submitted_at}
    reviewers = county.staff(), county.user("second_staff")

    results = at_once(*[lambda who=who: importer.approve(waiting, by=who, **seen) for who in reviewers])

    assert sorted(result.state for result in results) == ["already", "done"]
    assert AuditEntry.objects.filter(verb="import").count() == 1
    assert Upload.objects.get(pk=waiting.pk).status == "committed"
