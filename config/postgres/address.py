"""Where the embedded server is reached: a Unix socket in a private folder, never the network."""

import contextlib
import hashlib
import os
import re
from pathlib import Path
from urllib.parse import quote

import psycopg2

from config.postgres.account import Account, EmbeddedPostgresError

DATABASE = ROLE = "xiangcai"
PORT = 5432  # only part of the socket's file name


def url(data_dir: Path, database: str = DATABASE) -> str:
    return f"postgresql://{ROLE}@/{quote(database, safe='')}?host={quote(str(socket_dir(data_dir)), safe='/')}"


def connect(data_dir: Path, *, role: str = ROLE, database: str = DATABASE):
    host = str(socket_dir(data_dir))
    return psycopg2.connect(host=host, port=PORT, user=role, dbname=database, connect_timeout=10)


def answers(data_dir: Path, *, role: str = ROLE, database: str = DATABASE) -> bool:
    folder = socket_dir(data_dir)
    if not socket_exists(data_dir) or folder.lstat().st_uid != data_dir.stat().st_uid:
        return False
    try:
        connect(data_dir, role=role, database=database).close()
    except psycopg2.OperationalError as error:
        # A server without a free place runs; to start it again would end everybody's work.
        return "too many clients" in str(error) or "connection slots" in str(error)
    return True


def socket_dir(data_dir: Path) -> Path:
    """The data folder itself, or a short one: a socket's path ends at 107 bytes, and odd characters need quotes."""
    real = str(data_dir.resolve())
    if len(real) < 85 and re.fullmatch(r"[\w./+-]+", real, re.ASCII):
        return Path(real)
    return Path(f"/tmp/xiangcai-{path_digest(data_dir)}")


def path_digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]


def socket_exists(data_dir: Path) -> bool:
    return (socket_dir(data_dir) / f".s.PGSQL.{PORT}").exists()


def remove_socket(data_dir: Path) -> None:
    for left in socket_dir(data_dir).glob(f".s.PGSQL.{PORT}*"):
        left.unlink()


def make_socket_dir(data_dir: Path, account: Account) -> None:
    folder = socket_dir(data_dir)
    if folder == data_dir:
        return
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        account.take(folder, 0o700)
    # Anybody may have put something under this name in /tmp, and who owns the folder could pose as the database.
    if folder.is_symlink() or not account.owns(folder) or folder.stat().st_mode & 0o077:
        raise EmbeddedPostgresError(f"{folder} 不是本程序建立的：请核实后删除它再启动。")
