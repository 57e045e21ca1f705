"""The last hour before the deadline: everybody at once, workers and sessions killed. Whole or not at all, and never lost."""

import contextlib
import os
import signal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from core import jobs
from core.jobs.worker import Worker
from core.models import AuditEntry, Job, JournalEntry
from rosters import importer
from rosters.importer import delivery
from rosters.models import Upload, UploadRow
from talent.models import Appointment, Education, Person
from tests import factories
from tests.rosters import county
from tests.rosters.test_import_at_once import ALONE, GATE, GATES, NO_GATES, WAITING, at_once, wait_until
from tests.rosters.workbooks import xlsx
from villages.models import Village

HEADER = ["村", "姓名", "身份证号", "职务", "任现职时间", "学历"]
ROWS = 3
TOWNSHIPS = 6
ROWS_EACH = 25


@pytest.fixture
def guangze(committed_db):
    county.load()
    return county.clerk()


@pytest.fixture
def gates(guangze):
    with connection.cursor() as cursor:
        cursor.execute(GATES)
        yield cursor
    # A worker in the test's own process closes the connection: the gates go through one that is open.
    with connection.cursor() as cursor:
        cursor.execute(NO_GATES)


def roster(people, education="大专", village="茶富村"):
    return xlsx([HEADER, *[[village, name, number, "村委委员", "2021.03", education] for name, number in people]])


def people(count=ROWS):
    return [(f"人{at}", factories.id_number()) for at in range(count)]


def as_file(content, filename="名册.xlsx"):
    return {"kind": "committee", "filename": filename, "content": content}


def received(clerk, count=1):
    """Jobs that are to read `count` new files of the clerk."""
    delivery.deliver([as_file(roster(people())) for _ in range(count)], [], by=clerk)
    return list(Job.objects.filter(kind=delivery.READ, status="waiting"))


def to_commit(clerk):
    """A job that is to commit a new upload of the clerk."""
    upload = importer.upload(by=clerk, **as_file(roster(people())))
    return jobs.enqueue(delivery.COMMIT, by=clerk, target_id=upload.pk, size=ROWS)


def in_a_process(work):
    """Run `work` in a forked process with sessions of its own. Returns its pid."""
    inherited = connection.connection  # never closed by the child: that would end the parent's session
    pid = os.fork()
    if pid:
        return pid
    code = 1
    with contextlib.suppress(BaseException):
        connection.connection = None
        work()
        code = 0 if inherited else 2
    os._exit(code)


def worker():
    Worker().run(until_empty=True)


def gate_at(cursor, step):
    """The watched write with this number, counted from now on, waits until `open_gate`."""
    cursor.execute("TRUNCATE import_stop; INSERT INTO import_stop VALUES (%s)", [step])
    cursor.execute("SELECT setval('import_step', 1, false)")
    cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])


def open_gate(cursor):
    cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])


def killed_at(cursor, step, work):
    """kill -9 of a process that does `work`, while its write number `step` waits; returns when its sessions are gone."""
    gate_at(cursor, step)
    pid = in_a_process(work)
    wait_until(cursor, WAITING)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    open_gate(cursor)
    wait_until(cursor, ALONE)
    cursor.execute("TRUNCATE import_stop")


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_worker_killed_while_it_reads_is_followed_by_the_next(guangze, gates, step):
    job = received(guangze)[0]

    killed_at(gates, step, worker)
    assert Upload.objects.get(pk=job.target_id).status == "queued"
    assert not UploadRow.objects.exists()
    worker()

    assert Upload.objects.get(pk=job.target_id).status == "read"
    assert UploadRow.objects.count() == ROWS
    assert AuditEntry.objects.filter(verb="upload").count() == 1
    assert list(Job.objects.values_list("status", "tries")) == [("done", 2)]


@pytest.mark.parametrize("step", [1, 3, 5, 7])
def test_a_worker_killed_while_it_commits_is_followed_by_the_next(guangze, gates, step):
    job = to_commit(guangze)

    killed_at(gates, step, worker)
    assert not Person.objects.exists()
    worker()

    assert (Person.objects.count(), Appointment.objects.count()) == (ROWS, ROWS)
    assert AuditEntry.objects.filter(verb="import").count() == 1
    job.refresh_from_db()
    assert (job.status, job.outcome, job.tries) == ("done", "done", 2)


def test_a_worker_killed_after_the_commit_and_before_it_said_so(guangze):
    job = to_commit(guangze)
    importer.confirm(Upload.objects.get(pk=job.target_id), by=guangze)
    Job.objects.filter(pk=job.pk).update(status="running", tries=1)

    worker()

    job.refresh_from_db()
    assert (job.status, job.outcome) == ("done", "already")
    assert Person.objects.count() == ROWS


def test_a_job_that_kills_every_worker_ends_with_a_plain_message(guangze, gates):
    job = received(guangze)[0]
    for _ in range(3):
        killed_at(gates, 1, worker)
    worker()

    job.refresh_from_db()
    assert (job.status, job.tries) == ("failed", 3)
    assert job.error.startswith("后台程序处理它时中断了 3 次，没有写入任何内容。")


def test_a_session_ended_by_the_database_is_tried_again(guangze, gates):
    job = to_commit(guangze)
    gate_at(gates, 4)
    pid = in_a_process(worker)
    wait_until(gates, WAITING)

    gates.execute(WAITING.replace("count(*)", "pg_terminate_backend(pid)"))
    _, status = os.waitpid(pid, 0)
    open_gate(gates)

    assert os.waitstatus_to_exitcode(status) == 0
    job.refresh_from_db()
    assert (job.status, job.outcome, job.tries) == ("done", "done", 2)
    assert Person.objects.count() == ROWS
    assert AuditEntry.objects.filter(verb="import").count() == 1


def test_a_worker_that_is_told_to_end_finishes_what_it_writes(guangze, gates):
    first, second = to_commit(guangze), to_commit(guangze)
    gate_at(gates, 4)
    pid = in_a_process(lambda: call_command("worker"))
    wait_until(gates, WAITING)

    os.kill(pid, signal.SIGTERM)
    open_gate(gates)
    _, status = os.waitpid(pid, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert [job.status for job in Job.objects.order_by("pk")] == ["done", "waiting"]
    assert (Job.objects.get(pk=first.pk).outcome, Job.objects.get(pk=second.pk).tries) == ("done", 0)


def test_a_worker_that_is_told_to_end_gives_back_what_it_did_not_begin(guangze):
    job = to_commit(guangze)
    told = Worker()
    told.stop()

    told.work_once()
    told._sign_off()

    job.refresh_from_db()
    assert (job.status, job.tries) == ("waiting", 0)
    assert not Person.objects.exists()


def test_two_workers_share_the_work_and_do_nothing_twice(guangze):
    received(guangze, 8)

    at_once(worker, worker)

    assert set(Job.objects.values_list("status", "tries")) == {("done", 1)}
    assert AuditEntry.objects.filter(verb="upload").count() == 8
    assert UploadRow.objects.count() == 8 * ROWS


def test_the_pages_know_whether_a_worker_lives(guangze, gates):
    assert jobs.workers_running() == 0
    received(guangze)
    gate_at(gates, 1)
    pid = in_a_process(worker)
    wait_until(gates, WAITING)
    assert jobs.workers_running() == 1

    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    open_gate(gates)
    wait_until(gates, ALONE)

    assert jobs.workers_running() == 0


def post_upload(user, *contents):
    client = Client()
    client.force_login(user)
    files = [SimpleUploadedFile(f"{at}.xlsx", content) for at, content in enumerate(contents)]
    return client, client.post(reverse("roster_upload"), {"kind": "committee", "file": files})


@pytest.mark.parametrize("files", [1, 2])
@pytest.mark.parametrize("step", [1, 2])
def test_a_web_process_killed_before_it_answered_keeps_a_file_whole_or_not_at_all(guangze, gates, step, files):
    if files > 1 and step > 1:
        step = 1  # the files of a lot are one write
    contents = [roster(people()) for _ in range(files)]

    killed_at(gates, step, lambda: post_upload(guangze, *contents))

    assert not Upload.objects.exists()
    assert not Job.objects.exists()
    post_upload(guangze, *contents)
    worker()
    assert [upload.rows.count() for upload in Upload.objects.all()] == [ROWS] * files


def townships():
    """{clerk: a roster of their own township}."""
    codes = sorted(set(Village.objects.values_list("township_id", flat=True)))[:TOWNSHIPS]
    villages = {code: Village.objects.filter(township_id=code).order_by("code").first() for code in codes}
    return {county.clerk(code): roster(people(ROWS_EACH), village=place.name) for code, place in villages.items()}


def hand_in(user, content):
    """Upload and confirm as a browser does; the statuses of all answers."""
    client, answer = post_upload(user, content)
    said = [answer.status_code, client.get(answer["Location"]).status_code]
    upload = Upload.objects.filter(by=user).latest("pk")
    if upload.status == "read":
        answer = client.post(reverse("roster_confirm", args=[upload.pk]))
        said += [answer.status_code, client.get(answer["Location"]).status_code, client.get("/villages/").status_code]
    return said


def test_all_townships_at_once_are_answered_and_nothing_is_lost(guangze):
    rosters = townships()
    assert len(rosters) == TOWNSHIPS
    pid = in_a_process(lambda: call_command("worker"))

    said = at_once(*[lambda user=user, content=content: hand_in(user, content) for user, content in rosters.items()])
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)
    worker()
    for upload in Upload.objects.filter(status="read"):  # those that were read by the worker
        importer.confirm(upload, by=upload.by)

    assert {status for found in said for status in found} <= {200, 302}
    assert set(Job.objects.values_list("status", flat=True)) <= {"done"}
    assert Upload.objects.filter(status="committed").count() == TOWNSHIPS
    assert Person.objects.count() == TOWNSHIPS * ROWS_EACH


def test_two_clerks_of_one_township_are_one_of_the_two_orders(guangze):
    same = people()
    importer.confirm(importer.upload(by=guangze, **as_file(roster(same, "高中"))), by=guangze)
    uploads = [importer.upload(by=guangze, **as_file(roster(same, education))) for education in ("大专", "本科")]

    ended = at_once(*[lambda upload=upload: importer.confirm(upload, by=guangze).state for upload in uploads])

    assert sorted(ended) == ["changed", "done"]
    levels = set(Education.objects.values_list("level", flat=True))
    assert levels in ({"junior_college"}, {"bachelor"})


def variants():
    """A roster, the same under another name, and the same with its rows in another order."""
    some = people(20)
    return [as_file(roster(some)), as_file(roster(some), "改了名字.xlsx"), as_file(roster(some[::-1]))]


def history():
    return AuditEntry.objects.exclude(model__startswith="rosters.").count(), JournalEntry.objects.count()


def test_the_same_rows_again_change_nothing_and_leave_no_trace(guangze):
    first, renamed, shuffled = variants()
    importer.confirm(importer.upload(by=guangze, **first), by=guangze)
    before = history()

    for again in (first, renamed, shuffled):
        upload = importer.upload(by=guangze, **again)
        assert upload.writes == 0
        importer.confirm(upload, by=guangze)

    assert history() == before


@pytest.mark.parametrize("left", [0, 1])
def test_an_empty_or_shrunken_file_ends_nothing(guangze, left):
    serving = people()
    importer.confirm(importer.upload(by=guangze, **as_file(roster(serving))), by=guangze)
    before = history()

    upload = importer.upload(by=guangze, **as_file(roster(serving[:left])))
    if upload.status == "read":
        importer.confirm(upload, by=guangze)

    assert Appointment.objects.filter(end=None).count() == ROWS
    assert Person.objects.count() == ROWS
    assert history() == before
