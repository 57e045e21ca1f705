"""The data folder of the embedded server: how it is made, checked, and cleaned of what a dead server left."""

import contextlib
import os
import secrets
import shutil
import signal
from pathlib import Path

from config.postgres.account import Account, EmbeddedPostgresError, programs, system_home
from config.postgres.address import path_digest, remove_socket

MARKER = "xiangcai.txt"  # tells our clusters from anybody else's
MAJOR_VERSION = "18"


def create(data_dir: Path, account: Account) -> None:
    """Made beside its place and moved there whole: a cut in the middle leaves no half cluster behind.

    Root's own folders are closed to the account that runs the server: then the data lie below /var/lib, and `data_dir`
    is a link to them. The name there is new each time, so a second installation on this path never meets old data.
    """
    if data_dir.is_symlink():
        raise EmbeddedPostgresError(
            f"{data_dir} 指向的数据目录 {os.readlink(data_dir)} 不见了：请从备份恢复；"
            f"确实不要旧数据时，删除 {data_dir} 再启动。"
        )
    home = data_dir.parent if account.can_enter(data_dir.parent) else system_home()
    making = home / f"{path_digest(data_dir)}.making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    account.take(making, 0o700)
    _initdb(making, account)
    if home == data_dir.parent:
        making.rename(data_dir)
    else:
        data_dir.symlink_to(making.rename(home / f"{data_dir.name}-{secrets.token_hex(6)}"))
    _sync_folder(home)


def _initdb(folder: Path, account: Account) -> None:
    command = [programs(account) / "initdb", "-D", ".", "-U", "postgres", "--auth-local=trust", "--auth-host=reject"]
    command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = account.run(command, cwd=folder)
    if done.returncode:
        shutil.rmtree(folder)
        reason = "磁盘满了。" if "No space left" in done.stdout else done.stdout.strip()[-600:]
        raise EmbeddedPostgresError(f"无法建立内置数据库：{reason}")
    (folder / MARKER).write_text("此文件夹是乡才的数据库，请勿改动。\n", encoding="utf-8")
    account.take(folder / MARKER, 0o600)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check(data_dir: Path, account: Account) -> None:
    """Refuses a folder that is not ours before anything in it is touched."""
    if not account.can_enter(data_dir.resolve()):
        raise EmbeddedPostgresError(f"运行数据库的用户进不了 {data_dir.resolve()}：请检查上级文件夹的权限。")
    version = data_dir / "PG_VERSION"
    if not (data_dir / MARKER).exists() or not version.exists():
        raise EmbeddedPostgresError(
            f"{data_dir} 里不是乡才建立的数据库，没有动它。请移开这个文件夹，或设置 DATABASE_URL。"
        )
    found = version.read_text().strip()
    if found != MAJOR_VERSION:
        raise EmbeddedPostgresError(
            f"{data_dir} 是 PostgreSQL {found} 的数据，本程序自带的是 {MAJOR_VERSION}：请先用旧版本导出，再导入。"
        )


def postmaster_alive(data_dir: Path) -> bool:
    """Whether the process in postmaster.pid lives, is no zombie, and is the server of this very folder."""
    return _serves(_recorded_pid(data_dir), data_dir)


def _serves(pid: int | None, data_dir: Path) -> bool:
    try:
        return os.path.samefile(f"/proc/{pid}/cwd", data_dir) and os.readlink(f"/proc/{pid}/exe").endswith("postgres")
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return False


def clear_traces_of_a_dead_server(data_dir: Path) -> None:
    """PostgreSQL itself gives up on an empty pid file, and on a pid that another process or a zombie has now.

    A worker that was busy when its server was killed goes on unsupervised, and no new server starts beside it.
    """
    for process in Path("/proc").glob("[0-9]*"):
        if _serves(int(process.name), data_dir):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(process.name), signal.SIGKILL)
    pid = _recorded_pid(data_dir)
    if pid is None or Path(f"/proc/{pid}").exists():
        (data_dir / "postmaster.pid").unlink(missing_ok=True)
    remove_socket(data_dir)


def _recorded_pid(data_dir: Path) -> int | None:
    try:
        return int((data_dir / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None
