"""The three keys of an installation: from the environment, else from var/secrets.env, which is made at first start."""

import base64
import fcntl
import os
import secrets
from pathlib import Path

NAMES = ("SECRET_KEY", "FIELD_KEY", "INDEX_KEY")
FILE_NAME = "secrets.env"
KEY_BYTES = 48  # 64 characters: Django calls a SECRET_KEY of less than 50 weak
HEADER = "# 乡才的密钥。请另存一份备份：丢失 FIELD_KEY 后，身份证号和电话再也解不开。\n"


def load_or_create(var_dir: Path) -> dict[str, str]:
    """The keys by name, each 64 random characters when made here; the environment wins.

    Raises SystemExit with a Chinese sentence when the file lacks a key or cannot be used: making a new one would lock
    away whatever the old one encrypted.
    """
    from_environment = given()
    if len(from_environment) == len(NAMES):
        return from_environment
    path = Path(var_dir) / FILE_NAME
    try:
        stored = _read(path) if path.exists() else _create(path)
    except PermissionError:
        raise SystemExit(f"没有权限读写 {path}：请用建立它的那个用户来运行。") from None
    except OSError as error:
        raise SystemExit(f"无法读写密钥文件 {path}：{error.strerror}。") from None
    keys = stored | from_environment
    missing = [name for name in NAMES if not keys.get(name)]
    if missing:
        raise SystemExit(f"{path} 里缺少 {'、'.join(missing)}：请从备份恢复这个文件，不要重新生成。")
    return {name: keys[name] for name in NAMES}


def given() -> dict[str, str]:
    """The keys that the environment names."""
    return {name: os.environ[name] for name in NAMES if os.environ.get(name)}


def _read(path: Path) -> dict[str, str]:
    lines = [line.strip() for line in path.read_text().splitlines()]
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def _create(path: Path) -> dict[str, str]:
    """Written whole beside its place, then moved: neither a race nor a power cut leaves half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_name(f"{FILE_NAME}.lock"), "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return _read(path)
        keys = {name: base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode() for name in NAMES}
        _write_private(path, HEADER + "".join(f"{name}={key}\n" for name, key in keys.items()))
    return keys


def _write_private(path: Path, content: str) -> None:
    making = path.with_name(f"{path.name}.making")
    making.unlink(missing_ok=True)
    with open(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    making.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
