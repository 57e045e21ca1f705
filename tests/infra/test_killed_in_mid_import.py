"""kill -9 of the whole PostgreSQL server while it writes an upload: nothing half, and the batch goes on."""

import contextlib
import json
import os
import subprocess
import sys

import pytest

from config import postgres
from tests.infra.test_embedded_postgres import ROOT, _reachable, ask, connect, kill_all

COUNTY = [sys.executable, "-m", "tests.infra.county_apart"]
NOTHING = {"people": 0, "posts": 0, "journal": 0, "imports": 0, "audited": 0}
# The commit has written its people by then and waits for the table of posts.
STANDS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'talent_appointment'::regclass"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A server of its own with a county in it."""
    data_dir = _reachable(tmp_path_factory.mktemp("killed")) / "postgres"
    postgres.ensure(data_dir)
    yield data_dir
    postgres.stop(data_dir)


@pytest.fixture(scope="module")
def prepared(cluster):
    """{upload, writes} of an upload that was read, in the database that every test gets a copy of."""
    ask_outside_a_transaction(cluster, "CREATE DATABASE prepared")
    return done(begun(cluster, *COUNTY, "prepare", database="prepared"))


@pytest.fixture
def ready(cluster, prepared):
    ask_outside_a_transaction(cluster, "DROP DATABASE IF EXISTS killed WITH (FORCE)")
    ask_outside_a_transaction(cluster, "CREATE DATABASE killed TEMPLATE prepared")
    return prepared


def ask_outside_a_transaction(data_dir, statement):
    connection = connect(postgres.ensure(data_dir))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)


def address(data_dir, database="killed"):
    return postgres.ensure(data_dir, database)


def begun(data_dir, *command, database="killed"):
    """A process of the product on that server; what it says is for `done`."""
    url = address(data_dir, database)
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def done(process):
    told, problems = process.communicate(timeout=120)
    assert process.returncode == 0, problems
    return json.loads(told.splitlines()[-1])


@contextlib.contextmanager
def posts_locked(data_dir):
    """Within the block nobody writes posts: a commit stops after its people and before them."""
    holder = connect(address(data_dir))
    with contextlib.closing(holder), holder.cursor() as cursor:
        cursor.execute("LOCK TABLE talent_appointment IN SHARE MODE")
        yield


def wait_until_it_stands(data_dir, process):
    while not ask(address(data_dir), STANDS):
        assert process.poll() is None, process.communicate()


def assert_whole(found, ready):
    """The batch is in the ledger once."""
    assert found["upload"] == "committed"
    assert (found["people"], found["posts"], found["imports"]) == (ready["writes"], ready["writes"], 1)
    assert found["journal"] > 0
    assert found["audited"] > 0


def test_the_server_killed_while_a_page_writes(cluster, ready):
    with posts_locked(cluster):
        pressed = begun(cluster, *COUNTY, "hand_in")
        wait_until_it_stands(cluster, pressed)
        kill_all(cluster)

    answer = done(pressed)
    assert answer["status"] == 503
    assert "数据没有改动。请几分钟后再试。" in answer["page"]
    again = done(begun(cluster, *COUNTY, "again"))
    assert again["before"] == {**NOTHING, "upload": "read", "jobs": [], "preview": 200}
    assert again["status"] == 302
    assert_whole(again["after"], ready)


def test_the_server_killed_while_the_worker_writes(cluster, ready):
    """The worker waits for the server to come back and does the batch again, by itself."""
    done(begun(cluster, *COUNTY, "enqueue"))
    with posts_locked(cluster):
        worker = begun(cluster, sys.executable, "manage.py", "worker", "--until-empty")
        wait_until_it_stands(cluster, worker)
        kill_all(cluster)
    address(cluster)  # the server is down until somebody asks for it

    _, problems = worker.communicate(timeout=120)

    assert worker.returncode == 0, problems
    found = done(begun(cluster, *COUNTY, "look"))
    assert_whole(found, ready)
    assert found["jobs"] == [["done", 2]]
