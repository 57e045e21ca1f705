"""Who listens on a port of this machine, read from /proc."""

import contextlib
import os
import socket
from dataclasses import dataclass
from pathlib import Path

LISTEN = "0A"  # state column of /proc/net/tcp


@dataclass(frozen=True)
class Listener:
    pid: int
    command: str
    folder: str


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def listeners(port: int) -> list[Listener]:
    """The processes that listen on `port`; empty too when they belong to another user and we may not look."""
    wanted = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        # A process may end while we look, and another user's is closed to us.
        with contextlib.suppress(OSError):
            if wanted & {os.readlink(descriptor) for descriptor in (process / "fd").iterdir()}:
                found.append(_describe(process))
    return found


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        for line in table.read_text().splitlines()[1:] if table.exists() else ():
            columns = line.split()
            if columns[3] == LISTEN and int(columns[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(columns[9])
    return inodes


def _describe(process: Path) -> Listener:
    command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    return Listener(int(process.name), command, os.readlink(process / "cwd"))
