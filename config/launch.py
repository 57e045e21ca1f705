"""What script/demo does once .venv stands: one step after the other, each said aloud, then the worker and the web server.

Nothing here ends in a trace: an error that has no sentence of its own goes to var/demo.log and is named.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from config import ports, postgres, secrets

ROOT = Path(__file__).resolve().parent.parent
SERVER = ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "config.wsgi"]
WORKER = ["manage.py", "worker", "--with-parent"]
MB = 1024 * 1024
LITTLE_SPACE = 50  # MB; with less PostgreSQL fails in ways that do not name the disk
START_TIMEOUT = 60  # seconds until the first page answers
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
USAGE = "用法：script/demo（不带参数）。换端口：PORT=8001 script/demo；停止：Ctrl-C。"
WATCH = 5  # seconds between two looks at the worker
STOP_TIMEOUT = 35  # gunicorn's graceful_timeout and a little


def main() -> None:
    for sign in ENDING:
        signal.signal(sign, _interrupt)
    try:
        run()
    except KeyboardInterrupt:
        sys.exit("\n已停止。")
    except Exception:  # the last resort: a person who tries the product gets a sentence, the trace goes to the log
        sys.exit(_what_failed(traceback.format_exc()))


def run() -> None:
    if sys.argv[1:]:  # all that can be set is in the environment; a word here is a question
        sys.exit(USAGE)
    port = _port()
    with _only_one(port):
        _free_the_port(port)
        say("[1/5] 密钥 …")
        _prepare_keys()
        say("[2/5] 数据库 …")
        embedded = not os.environ.get("DATABASE_URL")  # asked before the settings are loaded, which name one themselves
        ours = _prepare_database()
        try:
            _prepare_content()
            _serve(port, postgres.DATA_DIR if embedded else None)
        finally:
            _stop_database(ours)


def _what_failed(trace: str) -> str:
    places = [place for place in (postgres.VAR_DIR, postgres.DATA_DIR) if place.exists()]
    left = min((shutil.disk_usage(place).free // MB for place in places), default=LITTLE_SPACE)
    if left < LITTLE_SPACE:
        place = postgres.DATA_DIR.resolve()
        return f"磁盘满了（只剩 {left} MB）：请在 {place} 所在的磁盘上腾出空间再运行一次，已有的数据还在。"
    log = postgres.VAR_DIR / "demo.log"
    said = f"启动没有完成：{trace.strip().splitlines()[-1]}"
    try:
        log.write_text(trace)
    except OSError:  # the folder itself is what failed
        return said
    return f"{said}\n详情见 {log}"


def say(text: str) -> None:
    print(text, flush=True)


def _interrupt(*_) -> None:
    for sign in ENDING:  # once is enough: an impatient second Ctrl-C must not leave half of it running
        signal.signal(sign, signal.SIG_IGN)
    raise KeyboardInterrupt


# ---- the port ----------------------------------------------------------------------------------------------------


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 1024 <= int(text) <= 65535:
        sys.exit(f"PORT 应是 1024 到 65535 之间的整数，现在是“{text}”。例如：PORT=8001 script/demo")
    return int(text)


@contextlib.contextmanager
def _only_one(port: int) -> Iterator[None]:
    """Held until we end, however we end: so a second start knows whether a server belongs to a living demo."""
    postgres.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with open(postgres.VAR_DIR / "demo.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            sys.exit(f"演示已经在运行：{lock.read().strip() or '正在启动'}。要停止它，在那个终端按 Ctrl-C。")
        lock.truncate(0)
        lock.write(f"http://127.0.0.1:{port}/ （进程 {os.getpid()}）")
        lock.flush()
        yield


def _free_the_port(port: int) -> None:
    if ports.is_free(port):
        return
    found = ports.listeners(port)
    if not found or not all(_is_our_server(listener) for listener in found):
        sys.exit(_who_has_the_port(port, found))
    say(f"上次的服务没有正常结束，还占着端口 {port}，现在收回…")
    for sign in (signal.SIGTERM, signal.SIGKILL):
        for listener in ports.listeners(port):
            with contextlib.suppress(ProcessLookupError):
                os.kill(listener.pid, sign)
        if _wait_until(lambda: ports.is_free(port), STOP_TIMEOUT):
            return
    sys.exit(f"端口 {port} 没有收回来。换一个端口：PORT={_free_port(port)} script/demo")


def _is_our_server(listener: ports.Listener) -> bool:
    return "config.wsgi" in listener.command and os.path.realpath(listener.folder) == str(ROOT)


def _who_has_the_port(port: int, found: list[ports.Listener]) -> str:
    who = "、".join(f"进程 {listener.pid}（{listener.command[:60]}）" for listener in found) or "另一个用户的程序"
    return f"端口 {port} 已被占用：{who}。\n请结束它，或换一个端口：PORT={_free_port(port)} script/demo"


def _free_port(after: int) -> int:
    return next((port for port in range(after + 1, after + 100) if ports.is_free(port)), after + 1)


# ---- keys, database, content -------------------------------------------------------------------------------------


def _prepare_keys() -> None:
    path = postgres.VAR_DIR / secrets.FILE_NAME
    if os.path.lexists(postgres.DATA_DIR) and not path.exists() and not secrets.given():
        sys.exit(
            f"数据库还在，但密钥文件 {path} 不见了：没有它，身份证号和电话再也解不开。\n"
            f"请从备份恢复这个文件；确实不要旧数据时，先运行 python -m config.postgres stop，再删除 {postgres.VAR_DIR}。"
        )
    secrets.load_or_create(postgres.VAR_DIR)


def _prepare_database() -> bool:
    """True when the embedded server was started by us, and so is ours to stop."""
    if os.environ.get("DATABASE_URL"):
        return False
    if postgres.running(postgres.DATA_DIR):
        return False
    if not postgres.DATA_DIR.exists():
        say("      第一次启动，建立内置 PostgreSQL…")
    postgres.database_url()
    return True


def _prepare_content() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import CommandError, call_command
    from django.db import OperationalError, connections

    django.setup()
    try:
        say("[3/5] 数据库结构、静态文件 …")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        say("[4/5] 演示数据 …")
        call_command("load_demo")
    except OperationalError as error:
        sys.exit(f"连不上数据库：{str(error).strip()}\n请检查 DATABASE_URL，或不设置它而使用内置数据库。")
    except CommandError as error:
        sys.exit(str(error))
    finally:
        connections.close_all()


def _stop_database(ours: bool) -> None:
    if not ours:
        return
    if postgres.others_connected(postgres.DATA_DIR):
        say("内置数据库还有别的程序在用，让它继续运行；要停止：.venv/bin/python -m config.postgres stop")
    elif postgres.stop(postgres.DATA_DIR):
        say("内置数据库已停止。")


# ---- the web server ----------------------------------------------------------------------------------------------


def _serve(port: int, data_dir: Path | None) -> None:
    say("[5/5] 网页服务、后台程序 …")
    server = _begin(SERVER, BIND=f"127.0.0.1:{port}")
    worker = _begin(WORKER)
    try:
        if not _wait_until(lambda: server.poll() is not None or _answers(port), START_TIMEOUT):
            sys.exit(f"网页服务 {START_TIMEOUT} 秒内没有应答。")
        if server.poll() is None:
            say(f"\n乡才已启动：http://127.0.0.1:{port}/（读取大文件、文件夹的后台程序也已启动）\n按 Ctrl-C 停止。")
        while server.poll() is None:
            _keep_database(data_dir)
            worker = _keep_working(worker)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(WATCH)
        sys.exit("网页服务自己停下了，原因见上面的输出。")
    except KeyboardInterrupt:
        say("\n正在停止网页服务和后台程序…")
    finally:
        for program in (server, worker):
            with contextlib.suppress(ProcessLookupError):
                program.terminate()
        for program in (server, worker):
            _end(program)


def _begin(command: list[str], **environment: str) -> subprocess.Popen:
    # In a session of its own: Ctrl-C reaches only us, and we end it in good order.
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=os.environ | environment, start_new_session=True)


def _keep_database(data_dir: Path | None) -> None:
    """Starts the embedded server again when it is gone: what was committed is there, the rest is taken up again."""
    if data_dir is None or postgres.running(data_dir):
        return
    say("内置数据库停下了，重新启动…")
    try:
        postgres.ensure(data_dir)
    except postgres.EmbeddedPostgresError as error:
        say(f"{error}")  # the pages say that it is away, and we try again


def _keep_working(worker: subprocess.Popen) -> subprocess.Popen:
    """The worker, begun anew when it is gone: what it had in hand is taken up again."""
    if worker.poll() is None:
        return worker
    say("后台程序停下了，重新启动…")
    return _begin(WORKER)


def _answers(port: int) -> bool:
    direct = urllib.request.build_opener(
        urllib.request.ProxyHandler({})
    )  # an office's proxy is not asked for ourselves
    try:
        with direct.open(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def _end(server: subprocess.Popen) -> None:
    if server.poll() is not None:
        return
    server.terminate()
    try:
        server.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _wait_until(happened, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


if __name__ == "__main__":
    main()
