"""The keys of an installation."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import secrets

ROOT = Path(__file__).resolve().parents[2]
LOAD = "import sys, pathlib; from config import secrets; print(secrets.load_or_create(pathlib.Path(sys.argv[1])))"


@pytest.fixture(autouse=True)
def _nothing_in_the_environment(monkeypatch):
    for name in secrets.NAMES:
        monkeypatch.delenv(name, raising=False)


def test_made_once_and_readable_by_nobody_else(tmp_path):
    first = secrets.load_or_create(tmp_path)

    assert secrets.load_or_create(tmp_path) == first
    assert len(set(first.values())) == len(secrets.NAMES)
    assert (tmp_path / "secrets.env").stat().st_mode & 0o777 == 0o600


def test_six_first_starts_at_once_agree(tmp_path):
    command = [sys.executable, "-c", LOAD, str(tmp_path)]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(6)]

    assert len({process.communicate()[0] for process in started}) == 1


def test_the_environment_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("FIELD_KEY", "from outside")

    assert secrets.load_or_create(tmp_path)["FIELD_KEY"] == "from outside"


def test_with_all_keys_in_the_environment_no_file_is_made(tmp_path, monkeypatch):
    for name in secrets.NAMES:
        monkeypatch.setenv(name, name)

    secrets.load_or_create(tmp_path)

    assert not list(tmp_path.iterdir())


def test_a_lost_key_is_never_replaced(tmp_path):
    secrets.load_or_create(tmp_path)
    path = tmp_path / "secrets.env"
    path.write_text(path.read_text().replace("FIELD_KEY", "OTHER_KEY"))

    with pytest.raises(SystemExit, match="缺少 FIELD_KEY：请从备份恢复"):
        secrets.load_or_create(tmp_path)


def test_a_file_cut_while_it_was_written_does_not_count(tmp_path):
    (tmp_path / "secrets.env.making").write_text("SECRET_KEY=ha")

    keys = secrets.load_or_create(tmp_path)

    assert len(keys["SECRET_KEY"]) == 64
    assert os.listdir(tmp_path).count("secrets.env.making") == 0
