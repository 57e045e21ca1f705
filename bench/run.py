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


def figures(way, content, user, folder):
    """What one run took: {seconds, queries, megabytes, …}."""
    from django.db import connection

    from bench import ways

    statements = Statements()
    work = ways.prepared(way, content, user, folder)
    forget()
    idle = memory("VmRSS")
    with connection.execute_wrapper(statements):
        began = time.perf_counter()
        found = work() or {}
        seconds = time.perf_counter() - began
    return {
        "seconds": seconds,
        "queries": statements.count,
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
