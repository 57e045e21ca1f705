"""The last minute before the deadline, with the real web server: .venv/bin/python bench/deadline.py [TOWNSHIPS] [ROWS]

Twenty townships hand in a roster each at the same moment and commit it, while the county opens pages. Makes a database of its
own under var/deadline, starts gunicorn and one worker as they run in production, and prints what became of everything."""

import datetime
import http.cookiejar
import io
import itertools
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["XIANGCAI_VAR"] = str(ROOT / "var" / "deadline")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
TOWNSHIPS = int(sys.argv[1]) if len(sys.argv) > 1 else 20
ROWS = int(sys.argv[2]) if len(sys.argv) > 2 else 500
COUNTY, PASSWORD = "990121", "Qingyuan-2024"
VILLAGES = 12
PAGES = ("/", "/villages/", "/rosters/", "/findings/")
HEADER = ["村", "姓名", "性别", "身份证号", "职务", "任现职时间", "学历", "政治面貌", "联系电话", "备注"]
PATIENCE = 300  # seconds after which an answer counts as lost
_serial = itertools.count(1)


def id_number():
    from core.identity import id_check_digit

    serial = next(_serial)
    born = datetime.date(1965, 1, 1) + datetime.timedelta(days=serial % 12_000)
    body = f"9901{serial // 400 % 100:02d}{born:%Y%m%d}{serial % 400 * 2 + 1:03d}"
    return body + id_check_digit(body)


def workbook(township):
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append([f"{township}镇村干部花名册"])
    sheet.append(HEADER)
    for row in range(ROWS):
        sheet.append(
            [f"第{row % VILLAGES + 1}村", f"人{township}号{row}", "男", id_number(), "村委委员", "2021.03", "大专", "中共党员",
             f"139{next(_serial) % 10**8:08d}", "某组组长"]
        )  # fmt: skip
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def prepare():
    """A fresh database with the county and its accounts."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from core.models import User
    from villages.models import Division, Village

    call_command("migrate", verbosity=0)
    Division.objects.create(code=COUNTY, name="清源县")
    for number in range(TOWNSHIPS):
        code = f"{COUNTY}{100 + number}"
        Division.objects.create(code=code, name=f"第{number}镇")
        Village.objects.bulk_create(
            Village(code=f"{code}{201 + at}", name=f"第{at + 1}村", start=datetime.date(1949, 10, 1), township_id=code)
            for at in range(VILLAGES)
        )
        User.objects.create_user(
            f"clerk{number}", PASSWORD, name=f"镇{number}", role="township_clerk", division_id=code, must_change_password=False
        )  # fmt: skip
    User.objects.create_user(
        "staff", PASSWORD, name="组织部", role="county_staff", division_id=COUNTY, must_change_password=False
    )
    connections.close_all()


class Browser:
    """Signs in and keeps its cookies; every answer is timed."""

    def __init__(self, site, username):
        self.site, self.seconds, self.bad = site, [], []
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )
        self.get("/login/")
        self.post("/login/", {"username": username, "password": PASSWORD})
        self.seconds.clear()

    def get(self, path):
        return self._ask(urllib.request.Request(self.site + path))

    def post(self, path, fields, file=None):
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        fields = {**fields, "csrfmiddlewaretoken": token}
        if file is None:
            return self._ask(urllib.request.Request(self.site + path, urllib.parse.urlencode(fields).encode()))
        edge = uuid.uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + file + f"\r\n--{edge}--\r\n".encode()
        return self._ask(
            urllib.request.Request(self.site + path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})
        )

    def _ask(self, request):
        began = time.monotonic()
        try:
            with self.opener.open(request, timeout=PATIENCE) as answer:
                return urllib.parse.urlsplit(answer.url).path, answer.read().decode()
        except (urllib.error.HTTPError, OSError) as error:
            self.bad.append(f"{request.selector}: {error}")
            return "", ""
        finally:
            self.seconds.append(time.monotonic() - began)


class Clerk:
    """Uploads and commits one roster, as somebody with a browser does."""

    def __init__(self, site, number):
        self.browser, self.content = Browser(site, f"clerk{number}"), workbook(number)
        self.answered = self.read = self.committed = None  # seconds after the start

    def hand_in(self):
        began = time.monotonic()
        path, page = self.browser.post("/rosters/upload/", {"kind": "committee", "as_of": ""}, self.content)
        self.answered = time.monotonic() - began if path else None
        upload = self._watch(path, page, r'href="/rosters/(\d+)/"') if path else None
        if upload is None:
            return
        self.read = time.monotonic() - began
        path, page = self.browser.post(f"/rosters/{upload}/confirm/", {})
        if self._watch(path, page, r"/rosters/(\d+)/result/"):
            self.committed = time.monotonic() - began

    def _watch(self, path, page, sign):
        """The upload's number when the page, or the progress page asked every second, leads on."""
        deadline = time.monotonic() + PATIENCE
        while path and time.monotonic() < deadline:
            if "/progress/" not in path:
                return re.search(r"/rosters/(\d+)/", path)[1]
            found = re.search(sign, page)
            if found:
                return found[1]
            time.sleep(1)
            path, page = self.browser.get(path)
        return None


def pages_meanwhile(browser, over):
    for path in itertools.cycle(PAGES):
        if over.is_set():
            return
        browser.get(path)
        time.sleep(0.25)


def deadlocks():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def run(site):
    clerks = [Clerk(site, number) for number in range(TOWNSHIPS)]
    county = Browser(site, "staff")
    for path in PAGES:  # once before, as any morning has it
        county.get(path)
    quiet, load = statistics.median(county.seconds), os.getloadavg()[0]
    county.seconds.clear()
    over, began = threading.Event(), time.monotonic()
    looking = threading.Thread(target=pages_meanwhile, args=[county, over])
    handing = [threading.Thread(target=clerk.hand_in) for clerk in clerks]
    for thread in (looking, *handing):
        thread.start()
    for thread in handing:
        thread.join()
    took = time.monotonic() - began
    over.set()
    looking.join()
    report(clerks, county, quiet, took, load)


def _most(values):
    found = [value for value in values if value is not None]
    return f"{statistics.median(found):.1f} / {max(found):.1f} s" if found else "-"


def report(clerks, county, quiet, took, load):
    from core.models import Job
    from talent.models import Person

    seconds = sorted(county.seconds)
    bad = [line for browser in (county, *(clerk.browser for clerk in clerks)) for line in browser.bad]
    lines = [
        ("processors, load of the machine when it began", f"{os.cpu_count()}, {load:.1f}"),
        (f"{TOWNSHIPS} townships × {ROWS} rows, everything committed after", f"{took:.1f} s"),
        ("uploads answered", f"{sum(clerk.answered is not None for clerk in clerks)} of {TOWNSHIPS}"),
        ("upload → answer, median / slowest", _most([clerk.answered for clerk in clerks])),
        ("upload → preview, median / slowest", _most([clerk.read for clerk in clerks])),
        ("upload → committed, median / slowest", _most([clerk.committed for clerk in clerks])),
        ("rosters committed", f"{sum(clerk.committed is not None for clerk in clerks)} of {TOWNSHIPS}"),
        ("people in the ledger (lost)", f"{Person.objects.count()} ({TOWNSHIPS * ROWS - Person.objects.count()})"),
        ("done by the worker / in the request", f"{Job.objects.filter(status='done').count()} / {TOWNSHIPS * 2 - Job.objects.count()}"),
        ("jobs not done", str(Job.objects.exclude(status="done").count())),
        ("answers that were errors, deadlocks", f"{len(bad)}, {deadlocks()}"),
        ("pages opened meanwhile", str(len(seconds))),
        ("page alone before, median", f"{quiet:.2f} s"),
        ("page meanwhile, median / p95 / slowest", f"{statistics.median(seconds):.2f} / {seconds[int(len(seconds) * 0.95)]:.2f} / {seconds[-1]:.2f} s"),
    ]  # fmt: skip
    for name, value in lines:
        print(f"{name:52} {value}")
    for line in bad[:5]:
        print("  ", line)


def main():
    from config import ports, postgres

    clear(postgres)
    try:
        prepare()
        measure(ports)
    finally:
        clear(postgres)


def clear(postgres):
    """Nothing of an earlier run, and nothing left of this one."""
    if postgres.DATA_DIR.exists():
        postgres.stop(postgres.DATA_DIR)
        shutil.rmtree(postgres.DATA_DIR.resolve())
    shutil.rmtree(postgres.VAR_DIR, ignore_errors=True)
    Path(os.environ["XIANGCAI_VAR"]).mkdir(parents=True)


def measure(ports):
    port = next(port for port in range(8900, 9000) if ports.is_free(port))
    environment = os.environ | {"BIND": f"127.0.0.1:{port}"}
    commands = ([sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "config.wsgi"],
                [sys.executable, "manage.py", "worker", "--with-parent"])  # fmt: skip
    programs = [subprocess.Popen(command, cwd=ROOT, env=environment) for command in commands]
    try:
        site = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{site}/healthz", timeout=5)
                break
            except OSError:
                time.sleep(0.1)
        run(site)
    finally:
        for program in programs:
            program.terminate()
        for program in programs:
            program.wait()


if __name__ == "__main__":
    main()
