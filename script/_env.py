"""Keeps .venv in step with a requirements file, then becomes a command run by it. Standard library only.

Usage: _env.py requirements.txt ARGUMENTS-FOR-PYTHON…
"""

import contextlib
import errno
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / os.environ.get("XIANGCAI_VENV", ".venv")
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / ".unfinished"  # there while packages are written: a killed run leaves it
INSTALLED = VENV / ".installed.json"  # requirements file -> fingerprint of what is installed for it
LOG = ROOT / "var" / "pip.log"
NEEDED_BYTES = 800 * 1024 * 1024
DISK_FULL = "No space left on device"
NO_NETWORK = ("NewConnectionError", "No matching distribution", "timed out", "ProxyError", "SSLError", "Connection")


def main() -> None:
    requirements, *command = sys.argv[1:]
    umask = os.umask(0o022)  # the account that runs the database reads what is installed here
    try:
        prepare(requirements)
    except KeyboardInterrupt:
        sys.exit("\n已中断；再运行一次会接着来。")
    except OSError as error:
        sys.exit(_in_words(error))
    os.umask(umask)
    os.execv(PYTHON, [str(PYTHON), *command])


def prepare(requirements: str) -> None:
    (ROOT / "var").mkdir(exist_ok=True)
    with _alone():
        if not _usable():
            _make()
        if _installed().get(requirements) != _fingerprint(requirements):
            _install(requirements)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    with open(ROOT / "var" / "env.lock", "a") as lock:
        os.set_inheritable(lock.fileno(), True)  # a pip that outlives a killed run keeps the next one waiting
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("另一个程序正在准备运行环境，等它完成…", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _usable() -> bool:
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    probe = "import sys, importlib.util as u; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13) and u.find_spec('pip')))"
    return subprocess.run([PYTHON, "-I", "-c", probe], check=False, capture_output=True).returncode == 0


def _make() -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(f"这个 Python 缺少 venv 组件。Debian/Ubuntu 请运行：apt install python{version}-venv，然后再试。")
    _require_space()
    repaired = "修复上次没有完成的" if VENV.exists() else "建立"
    print(f"{repaired}运行环境 .venv（Python {sys.version.split()[0]}）…", flush=True)
    if VENV.is_symlink() or VENV.is_file():
        sys.exit(f"{VENV} 不是文件夹，没有动它。请移开它再试。")
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    UNFINISHED.touch()
    done = subprocess.run(
        [sys.executable, "-m", "venv", VENV], check=False, capture_output=True, text=True, close_fds=False
    )
    if done.returncode:
        sys.exit(f"建立 .venv 失败：\n{(done.stdout + done.stderr).strip()[-800:]}")


def _install(requirements: str) -> None:
    _require_space()
    UNFINISHED.touch()
    INSTALLED.unlink(missing_ok=True)
    packages = _packages(requirements)
    print(f"安装 {len(packages)} 个组件（第一次约一分钟，需要联网）…", flush=True)
    command = [PYTHON, "-m", "pip", "install", "--no-input", "--no-deps", "--disable-pip-version-check"]
    command += ["--retries", "2", "--timeout", "20", "--progress-bar", "off", "-r", ROOT / requirements]
    failed = _run_with_progress(command, len(packages)) != 0
    log = LOG.read_text(errors="replace")
    if not (failed and DISK_FULL in log):  # pip takes back what it could not finish, but not on a full disk
        UNFINISHED.unlink()
    if failed:
        sys.exit(_why_pip_failed(log))
    INSTALLED.write_text(json.dumps({name: _fingerprint(name) for name in _closure(requirements)}))


def _run_with_progress(command: list, total: int) -> int:
    environment = os.environ | {"PIP_USER": "0", "PYTHONPATH": "", "PIP_REQUIRE_VIRTUALENV": "0"}
    found = 0
    with open(LOG, "w") as log:
        pip = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            close_fds=False,
        )
        for line in pip.stdout:
            log.write(line)
            if line.startswith(("Collecting", "Processing", "Requirement already satisfied")):
                found += 1
                _show(f"  {found}/{total}")
            elif line.startswith("Installing collected"):
                _show(f"  {total}/{total} 写入磁盘")
    _show("")
    return pip.wait()


def _show(text: str) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="", flush=True)


def _why_pip_failed(log: str) -> str:
    if DISK_FULL in log:
        return f"磁盘满了，组件没有装完：请在 {ROOT} 所在的磁盘上腾出空间再试。"
    if any(word in log for word in NO_NETWORK):
        return (
            f"组件没有下载下来：请检查网络后再试；内网请先设置软件源，例如 PIP_INDEX_URL=http://内网地址/simple script/demo\n"
            f"详情见 {LOG}"
        )
    return f"组件没有装上，详情见 {LOG}，最后几行是：\n" + "\n".join(log.splitlines()[-5:])


def _require_space() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES:
        needed, left = NEEDED_BYTES // 2**20, free // 2**20
        sys.exit(f"磁盘空间不够：{ROOT} 所在的磁盘还剩 {left} MB，需要 {needed} MB。腾出空间后再运行一次。")


def _installed() -> dict[str, str]:
    try:
        return json.loads(INSTALLED.read_text())
    except (FileNotFoundError, ValueError):
        return {}


def _fingerprint(requirements: str) -> str:
    content = b"".join((ROOT / name).read_bytes() for name in _closure(requirements))
    return hashlib.sha256(content).hexdigest()


def _closure(requirements: str) -> list[str]:
    lines = (ROOT / requirements).read_text(encoding="utf-8").splitlines()
    included = [line.removeprefix("-r ").strip() for line in lines if line.startswith("-r ")]
    return [requirements, *(name for line in included for name in _closure(line))]


def _packages(requirements: str) -> list[str]:
    lines = [line for name in _closure(requirements) for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if "==" in line.partition("#")[0]]


def _in_words(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"磁盘满了：请在 {ROOT} 所在的磁盘上腾出空间再试。"
    if isinstance(error, PermissionError):
        return f"没有权限写 {error.filename}：请用这个文件夹的主人来运行，或把它复制到自己的文件夹里。"
    return f"准备运行环境时出错：{error.strerror}（{error.filename}）"


if __name__ == "__main__":
    main()
