"""The data folder of the embedded server: how it is made, checked, and cleaned of what a dead server left."""

import contextlib
import hashlib
import os
import re
import secrets
import shutil
from pathlib import Path

from config.postgres.account import Account, EmbeddedPostgresError, binaries, system_home

MARKER = "xiangcai.txt"  # tells our clusters from anybody else's
PORT = 5432  # only part of the socket's file name: nothing listens on the network


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


