"""The scripts' doors, as somebody with a bare machine meets them. None of these needs a network."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def taken_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture(scope="module")
def bare_folder(tmp_path_factory):
    """A copy of the scripts that needs no package, with the .venv of a run that was killed."""
    folder = tmp_path_factory.mktemp("bare")
    shutil.copytree(ROOT / "script", folder / "script")
    (folder / "requirements.txt").write_text("")
    (folder / ".venv").mkdir()
    (folder / ".venv" / ".unfinished").touch()
    return folder


def run(command, folder=ROOT, **environment):
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=os.environ | environment, capture_output=True, text=True
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def demo(tmp_path, **environment):
    return run([sys.executable, "-m", "config.launch"], XIANGCAI_VAR=str(tmp_path / "var"), **environment)


def test_demo_names_who_has_the_port_and_what_to_do(tmp_path, taken_port):
    done = demo(tmp_path, PORT=str(taken_port))

    assert done.returncode == 1
    assert f"端口 {taken_port} 已被占用：进程 {os.getpid()}" in done.stderr
    assert "PORT=" in done.stderr
    assert not (tmp_path / "var" / "postgres").exists()


@pytest.mark.parametrize("port", ["abc", "80", "70000", "-1", "８０００"])
def test_demo_with_a_port_that_is_none(tmp_path, port):
    assert "PORT 应是 1024 到 65535 之间的整数" in demo(tmp_path, PORT=port).stderr


def test_demo_asked_for_help_says_how_and_starts_nothing(tmp_path):
    done = run([sys.executable, "-m", "config.launch", "--help"], XIANGCAI_VAR=str(tmp_path / "var"))

    assert "PORT=8001 script/demo" in done.stderr
    assert not (tmp_path / "var").exists()


def test_demo_does_not_make_new_keys_for_an_old_database(tmp_path):
    (tmp_path / "var" / "postgres").mkdir(parents=True)

    done = demo(tmp_path, PORT="18769")

    assert "密钥文件" in done.stderr
    assert "请从备份恢复" in done.stderr
    assert not (tmp_path / "var" / "secrets.env").exists()


def test_a_python_that_is_too_old_is_named(tmp_path):
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python"):
        (tmp_path / name).write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2\nexit 1\n')
        (tmp_path / name).chmod(0o755)
    for tool in ("sh", "dirname"):
        (tmp_path / tool).symlink_to(shutil.which(tool))

    done = run([ROOT / "script" / "demo"], PATH=str(tmp_path))

    assert done.returncode == 1
    assert "需要 Python 3.11、3.12 或 3.13，这台机器上是：Python 3.9.2" in done.stderr


def test_env_repairs_what_a_killed_run_left_and_then_leaves_it_alone(bare_folder):
    command = [bare_folder / "script" / "_python", "script/_env.py", "requirements.txt", "-c", "print('ran')"]

    first, second = run(command, bare_folder), run(command, bare_folder)

    assert "修复上次没有完成的运行环境" in first.stdout
    assert first.stdout.endswith("ran\n")
    assert second.stdout == "ran\n"


def test_env_without_a_network_says_so(bare_folder):
    (bare_folder / "network.txt").write_text("django==5.2.19  # the framework\n")
    command = [sys.executable, "script/_env.py", "network.txt", "-c", "pass"]

    done = run(command, bare_folder, PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_FIND_LINKS="")

    assert done.returncode == 1
    assert "请检查网络后再试" in done.stderr
    assert not (bare_folder / ".venv" / ".unfinished").exists()
