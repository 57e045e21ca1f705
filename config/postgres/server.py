"""Starting and stopping the embedded server."""

import contextlib
import errno
import fcntl
import os
import shlex
import time
from collections.abc import Iterator
from pathlib import Path

from config.postgres import cluster
from config.postgres.account import Account, EmbeddedPostgresError, account_for, programs
from config.postgres.address import (
    DATABASE,
    PORT,
    ROLE,
    answers,
    connect,
    make_socket_dir,
    socket_dir,
    socket_exists,
    url,
)

START_TIMEOUT = 120  # seconds; replaying the log after a power cut may take a while
LOG_LIMIT = 10 * 1024 * 1024  # bytes, then the log of one earlier time is kept beside it

SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    # With LIMIT, Memoize is sized for every estimated key: a page of 100 took 24 ms instead of 0.5.
    "enable_memoize": "off",
    "max_connections": 100,
    "shared_buffers": "128MB",
    "log_min_messages": "warning",
    # No name and no number of a person in the log: neither the statement nor the row that broke a constraint.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_line_prefix": "%m [%p] ",
}


def ensure(data_dir: Path, database: str = DATABASE) -> str:
    """Returns the URL (Unix socket) of a running server on `data_dir`, made and started when needed.

    About 5 ms when it runs already. Any number of processes may call it at once.
    """
    data_dir = Path(os.path.abspath(data_dir))
    try:
        if not answers(data_dir):
            data_dir.parent.mkdir(parents=True, exist_ok=True)
            with _locked(data_dir):
                if not answers(data_dir):
                    _start(data_dir)
    except OSError as error:
        raise EmbeddedPostgresError(_why_refused(error, data_dir)) from None
    return url(data_dir, database)


def running(data_dir: Path) -> bool:
    return answers(Path(os.path.abspath(data_dir)))


def others_connected(data_dir: Path) -> bool:
    """Whether anybody but us is connected."""
    question = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    connection = connect(data_dir, role="postgres", database="postgres")
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0] > 0


def stop(data_dir: Path) -> bool:
    """Ends the server on `data_dir`, rolling back what is unfinished; False when none was running."""
    if not cluster.postmaster_alive(data_dir):
        return False
    account = account_for(data_dir)
    command = [programs(account) / "pg_ctl", "-D", ".", "-m", "fast", "-w", "-t", 60, "stop"]
    done = account.run(command, cwd=data_dir)
    if done.returncode:
        raise EmbeddedPostgresError(f"内置数据库没有停下来：\n{done.stdout.strip()}")
    return True


@contextlib.contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    with open(f"{data_dir}.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start(data_dir: Path) -> None:
    account = account_for(data_dir)
    if not data_dir.exists():
        cluster.create(data_dir, account)
    cluster.check(data_dir, account)
    data_dir = data_dir.resolve()
    make_socket_dir(data_dir, account)
    if not cluster.postmaster_alive(data_dir):
        cluster.clear_traces_of_a_dead_server(data_dir)
        _keep_log_short(data_dir)
    elif not socket_exists(data_dir):
        stop(data_dir)  # a cleaner of /tmp took its socket: only a restart makes a new one
    _launch(data_dir, account)
    _create_role_and_database(data_dir)


def _launch(data_dir: Path, account: Account) -> None:
    settings = SETTINGS | {"unix_socket_directories": socket_dir(data_dir)}
    options = shlex.join(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
    command = [programs(account) / "pg_ctl", "-D", ".", "-l", "server.log", "-w", "-t", START_TIMEOUT]
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        if not cluster.postmaster_alive(data_dir):
            account.run([*command, "-o", options, "start"], cwd=data_dir, start_new_session=True)
        if answers(data_dir, role="postgres", database="postgres"):
            return
        if not cluster.postmaster_alive(data_dir) and not _memory_still_held(data_dir):
            break
        time.sleep(0.1)
    raise EmbeddedPostgresError(_why_not_started(data_dir))


def _memory_still_held(data_dir: Path) -> bool:
    """What was killed gives its memory back a moment later; until then no new server may start."""
    return "pre-existing shared memory block" in _log_tail(data_dir)


def _create_role_and_database(data_dir: Path) -> None:
    """The application is no superuser here either, as it is none on a real server. Safe to repeat."""
    connection = connect(data_dir, role="postgres", database="postgres")
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")


# ---- what went wrong ---------------------------------------------------------------------------------------------


def _why_refused(error: OSError, data_dir: Path) -> str:
    place = error.filename or data_dir
    if isinstance(error, PermissionError):
        return f"没有权限使用 {place}：请用建立它的那个用户来运行，或换一个文件夹。"
    if error.errno == errno.ENOSPC:
        return f"磁盘满了，内置数据库无法启动：请在 {place} 所在的磁盘上腾出空间再试。"
    return f"启动内置数据库时出错：{error.strerror}（{place}）。"


def _why_not_started(data_dir: Path) -> str:
    tail = _log_tail(data_dir)
    if "No space left on device" in tail:
        return f"磁盘满了，内置数据库无法启动：请在 {data_dir} 所在的磁盘上腾出空间再试。"
    if cluster.postmaster_alive(data_dir):
        return f"内置数据库仍在恢复数据（上次可能断电或被强行结束），请过几分钟再试；进度见 {data_dir}/server.log"
    return f"内置数据库无法启动，日志 {data_dir}/server.log 的最后几行是：\n{tail}"


def _log_tail(data_dir: Path) -> str:
    log = data_dir / "server.log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-6:]) if log.exists() else ""


def _keep_log_short(data_dir: Path) -> None:
    log = data_dir / "server.log"
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(data_dir / "server.log.1")
