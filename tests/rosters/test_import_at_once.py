"""Two at once, and killed in the middle: an import is whole or it is not there."""

import contextlib
import os
import signal
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections

from core.models import AuditEntry
from rosters import importer
from rosters.models import Upload
from talent.models import Appointment, Education, Person
from tests.rosters import county

WATCHED = (
    "rosters_upload", "rosters_uploadrow", "core_auditentry", "talent_person", "talent_education", "talent_appointment",
)  # fmt: skip
GATE = 420_420  # the advisory lock at which the watched writes stop
POINTS = 10
# Every write of the import counts one up in a sequence (which no rollback takes back); the chosen one waits at the gate.
GATES = f"""
CREATE SEQUENCE import_step;
CREATE TABLE import_stop (step bigint);
CREATE FUNCTION import_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('import_step') = (SELECT step FROM import_stop) THEN
        PERFORM pg_advisory_xact_lock_shared({GATE});
    END IF;
    RETURN NULL;
END $$;
""" + "".join(
    f"CREATE TRIGGER import_gate BEFORE INSERT OR UPDATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION import_gate();"
    for table in WATCHED
)
NO_GATES = "DROP FUNCTION import_gate CASCADE; DROP SEQUENCE import_step; DROP TABLE import_stop;"


@pytest.fixture
def guangze(committed_db):
    county.load()
    return county.clerk()


@pytest.fixture
def gates(guangze):
    with connection.cursor() as cursor:
        cursor.execute(GATES)
        yield cursor
        cursor.execute(NO_GATES)


def read(clerk):
    return importer.upload(by=clerk, kind="committee", filename="a.xlsx", content=county.FIRST.read_bytes())


def at_once(*calls):
    """Run the calls in threads that start together; returns their results in order."""
    results, start = [None] * len(calls), threading.Barrier(len(calls))

    def run(place, call):
        try:
            start.wait()
            results[place] = call()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=found) for found in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_double_click_makes_one_batch(guangze):
    upload = read(guangze)

    results = at_once(*[lambda: importer.confirm(upload, by=guangze)] * 4)

    assert sorted(result.state for result in results) == ["already", "already", "already", "done"]
    assert AuditEntry.objects.filter(verb="import").count() == 1
    assert Person.objects.count() == 45


def test_two_clerks_with_the_same_roster_come_one_after_the_other(guangze):
    first, second = read(guangze), read(guangze)

    results = at_once(lambda: importer.confirm(first, by=guangze), lambda: importer.confirm(second, by=guangze))

    assert sorted(result.state for result in results) == ["changed", "done"]
    assert Person.objects.count() == 45
    renewed = next(result.upload for result in results if result.state == "changed")
    assert (renewed.writes, renewed.counts["unchanged"]) == (0, 46)


def business():
    return [
        Person.objects.count(),
        Appointment.objects.count(),
        Education.objects.count(),
        AuditEntry.objects.filter(model__startswith="talent.").count(),
        Upload.objects.filter(status="committed").count(),
    ]


def begin_import(clerk):
    """The import in a process of its own, as `manage.py import_roster --commit` does it. Returns its pid."""
    inherited = connection.connection  # never closed by the child: that would end the parent's session
    pid = os.fork()
    if pid:
        return pid
    with contextlib.suppress(BaseException):
        connection.connection = None
        connection.ensure_connection()
        call_command(
            "import_roster", "committee", str(county.FIRST), user=clerk.username, commit=True, stdout=StringIO(), stderr=StringIO()
        )  # fmt: skip
    os._exit(0 if inherited else 1)


def wait_until(cursor, sql):
    """Ask until the count that `sql` gives is not 0; PostgreSQL itself waits between two questions."""
    for _ in range(600):
        cursor.execute(sql)
        if cursor.fetchone()[0]:
            return
        cursor.execute("SELECT pg_sleep(0.05)")
    raise AssertionError(f"never came true: {sql}")


WAITING = f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = {GATE} AND NOT granted"
ALONE = "SELECT (count(*) = 1)::int FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"


def steps_of_an_import(cursor, clerk):
    """How many watched writes one whole import makes: counted by one that is rolled back in the end."""
    from django.db import transaction

    with transaction.atomic():
        importer.confirm(read(clerk), by=clerk)
        transaction.set_rollback(True)
    cursor.execute("SELECT last_value FROM import_step")
    return cursor.fetchone()[0]


def test_killed_at_ten_points_leaves_nothing_half(guangze, gates):
    cursor = gates
    total = steps_of_an_import(cursor, guangze)
    assert total >= POINTS
    before = business()

    for step in range(total - POINTS + 1, total + 1):
        cursor.execute("TRUNCATE import_stop; INSERT INTO import_stop VALUES (%s)", [step])
        cursor.execute("SELECT setval('import_step', 1, false)")
        cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])
        pid = begin_import(guangze)
        wait_until(cursor, WAITING)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])
        wait_until(cursor, ALONE)

        assert business() == before, f"killed at write {step} of {total}"
        assert not Upload.objects.filter(status="committed").exists()

    cursor.execute("TRUNCATE import_stop")
    assert importer.confirm(Upload.objects.latest("pk"), by=guangze).state == "done"
    assert Person.objects.count() == 45
