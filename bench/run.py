"""python -m bench.run WAY FOLDER: one way in a process of its own, on the database of DATABASE_URL; a JSON line of figures."""

import json
import os
import resource
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
KILOBYTES_A_MEGABYTE = 1024


class Statements:
    """Counts what goes to the database, COPY included."""

    def __init__(self):
        from django.db.backends.utils import CursorWrapper

        self.count = 0

        def copy_expert(cursor, *args):
            self.count += 1
            return cursor.cursor.copy_expert(*args)

        CursorWrapper.copy_expert = copy_expert

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def memory(name):
    """VmRSS (now) or VmHWM (the most since `forget`) of this process, in MB."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(lines[name].split()[0]) / KILOBYTES_A_MEGABYTE


def forget():
    Path("/proc/self/clear_refs").write_text("5")


class Processor:
    """Processor seconds of this process, of its children and of its database session (where that is on this machine):
    what can be compared when other work shares the machine."""

    def __init__(self):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.session = Path(f"/proc/{cursor.fetchone()[0]}/stat")
        self.began = self._now()

    def _now(self):
        spent = [time.process_time()]
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(children.ru_utime + children.ru_stime)
        ticks = self.session.read_text().rpartition(")")[2].split()[11:13] if self.session.exists() else (0, 0)
        return sum(spent) + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    @property
    def seconds(self):
        return self._now() - self.began


def figures(way, content, user, folder):
    """What one run took: {seconds, queries, megabytes, …}."""
    from django.db import connection

    from bench import ways

    statements = Statements()
    work = ways.prepared(way, content, user, folder)
    forget()
    idle = memory("VmRSS")
    with connection.execute_wrapper(statements):
        began, processor = time.perf_counter(), Processor()
        found = work() or {}
        seconds, spent = time.perf_counter() - began, processor.seconds
    return {
        "seconds": seconds,
        "processor": spent,
        "queries": statements.count - 1,  # that for the session's number
        "megabytes": memory("VmHWM") - idle,
        "child_megabytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KILOBYTES_A_MEGABYTE,
        **found,
        "written": ways.written(),
    }


def main():
    django.setup()
    from bench.ways import staff, warm_up

    way, folder = sys.argv[1], Path(sys.argv[2])
    warm_up(way, (folder / "small.xlsx").read_bytes(), staff(), folder)
    print(json.dumps(figures(way, (folder / "roster.xlsx").read_bytes(), staff(), folder)))


if __name__ == "__main__":
    main()
