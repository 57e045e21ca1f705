"""python -m rosters.child ROWS COLUMNS CPU_SECONDS: a file on stdin → one JSON document on stdout, within limits."""

import json
import resource
import sys
import zipfile
from importlib import import_module

from rosters.limits import MAX_MEMORY, Limits, Refused

MAX_OPEN_FILES = 64
READERS = {"text": "delimited"}  # {format: module} where they are not called alike


def confine(limits):
    """No more memory or CPU than allowed, no core dump, no file of any size can be written."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MAX_OPEN_FILES, MAX_OPEN_FILES))


def serve(answer):
    """Be a child that changes a workbook: stdin holds a JSON document behind its length (8 bytes) and then the file;
    `answer(document, content, limits)` gives the bytes for stdout."""
    rows, columns, cpu_seconds = (int(argument) for argument in sys.argv[1:4])
    limits = Limits(rows=rows, columns=columns, cpu_seconds=cpu_seconds)
    confine(limits)
    given = sys.stdin.buffer.read()
    size = int.from_bytes(given[:8], "big")
    asked, content = json.loads(given[8 : 8 + size]), given[8 + size :]
    sys.stdout.buffer.write(answer(asked, content, limits))


def read(content, limits):
    """The sheets of a file, as dictionaries, with the format they were found in."""
    from rosters.child import sniff

    kind = sniff.sniff(content)
    reader = import_module(f"rosters.child.{READERS.get(kind, kind)}")  # only this one: somebody waits
    sheets = [vars(sheet) for sheet in reader.read(content, limits)]
    return {"format": kind, "sheets": sheets, "mark": _mark_of(content) if kind == "xlsx" else ""}


def _mark_of(content):
    from rosters.child import custom

    return custom.mark_of(content)


def answer(content, limits):
    from python_calamine import CalamineError

    try:
        return read(content, limits)
    except Refused as refused:
        return {"refused": [refused.code, refused.message]}
    except (CalamineError, zipfile.BadZipFile):
        from rosters.child.sniff import corrupt

        return {"refused": [corrupt().code, corrupt().message]}
    except (MemoryError, RecursionError):
        return {"refused": ["too_complex", "表格太复杂，超出内存限制，请拆成几个文件再上传。"]}


def main():
    rows, columns, cpu_seconds = (int(argument) for argument in sys.argv[1:4])
    limits = Limits(rows=rows, columns=columns, cpu_seconds=cpu_seconds)
    confine(limits)
    document = answer(sys.stdin.buffer.read(), limits)
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


if __name__ == "__main__":  # the marking of a workbook confines itself and reads by the same functions
    main()
