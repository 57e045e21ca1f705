"""Opens an uploaded file in a child process that may be killed: no file can hang or end the web worker."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from core.collecting import sharing
from core.identity import mask_text
from rosters.child.sheet import column_letter
from rosters.limits import MAX_BYTES, MEGABYTE, Limits, Refused
from rosters.ours import without_our_column

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT = Limits()
LONGEST_NAME = 100  # of a sheet; Excel allows 31, other formats anything


@dataclass(frozen=True)
class Sheet:
    """Cell values row by row from A1 on (ragged); `merges` are (top, left, bottom, right), all 0-based and inclusive."""

    name: str | None
    hidden: bool = False
    rows: list = field(default_factory=list)
    merges: list = field(default_factory=list)
    hidden_columns: frozenset = frozenset()
    hidden_rows: frozenset = frozenset()
    fields: tuple = ()  # of the columns, where whoever gave the rows said so
    shape = ""  # of the sheet in the file, where this is made of it (rosters.reader.shapes)

    def letter(self, column):
        """How a column is called in the file."""
        return column_letter(column)

    def head(self, column):
        """What stands before the value in its cell: its label, where the two share one."""
        return ""

    def further(self, row):
        """[(sheet, number of the row)] where the further parts of a row stand."""
        return ()

    def number(self, row):
        return row + 1

    def at(self, row):
        """Where in the file that stands which is not a row of it; "" for a row."""
        return ""


@dataclass(frozen=True)
class Workbook:
    """What was in a file; `format` is xlsx, xls, ods, html, xml2003, text or given, by content. `mark` as in rosters.marks."""

    format: str
    sheets: list
    mark: str = ""


def read_cells(content, filename="", limits=DEFAULT):
    """The cells of a file. Its name is not looked at: the content decides. Raises Refused."""
    if len(content) > MAX_BYTES:
        raise Refused("too_large", f"文件超过 {MAX_BYTES // MEGABYTE} MB，请删去图片或分成几个文件再上传。")
    document = json.loads(_output("rosters.child", content, limits))
    if "refused" in document:
        raise Refused(*document["refused"])
    return Workbook(document["format"], [_sheet(found) for found in document["sheets"]], document["mark"])


def _sheet(found):
    if found["name"]:  # kept with every row, in clear
        found["name"] = mask_text(found["name"])[:LONGEST_NAME]
    found["rows"] = rows = found["rows"] if found["fields"] else without_our_column(found["rows"])
    found["fields"] = tuple(found["fields"])
    share = sharing()
    for number, row in enumerate(rows):
        rows[number] = share(row)
    found["merges"] = [tuple(merge) for merge in found["merges"]]
    found["hidden_columns"] = frozenset(found["hidden_columns"])
    found["hidden_rows"] = frozenset(found["hidden_rows"])
    return Sheet(**found)


def mark_cells(content, asked, limits):
    """The .xlsx file of `content` with the marks that `asked` describes (see rosters.child.mark). Raises Refused."""
    return _rewritten("rosters.child.mark", content, asked, limits)


def fill_cells(content, asked, limits):
    """The .xlsx file of the form `content` with the rows that `asked` holds (see rosters.child.fill). Raises Refused."""
    return _rewritten("rosters.child.fill", content, asked, limits)


def _rewritten(module, content, asked, limits):
    document = json.dumps(asked, ensure_ascii=False).encode()
    output = _output(module, len(document).to_bytes(8, "big") + document + content, limits)
    if not output.startswith(b"PK"):
        raise Refused(*json.loads(output)["refused"])
    return output


def _output(module, given, limits):
    """What a child process that runs `module` answers to `given`."""
    command = [sys.executable, "-s", "-m", module, str(limits.rows), str(limits.columns), str(limits.cpu_seconds)]
    # The file goes in through a pipe and is never on the disk; the child gets none of our environment (no keys, no database).
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PROJECT,
        env={"PATH": os.defpath, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    with child:
        try:
            output, _ = child.communicate(given, timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired:
            raise _timed_out(limits) from None
        finally:
            _end(child)
    return _checked(child.returncode, output, limits)


def _end(child):
    """Whatever happened, nothing of the child's session is left running."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)


def _checked(returncode, output, limits):
    if returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise _timed_out(limits)
    if returncode != 0:
        raise Refused("too_complex", "表格的结构异常，打开它超出了允许的内存。请把内容复制到新表格里另存，再上传。")
    return output


def _timed_out(limits):
    return Refused(
        "timeout", f"文件太复杂，{limits.wall_seconds} 秒内没有读完，未予读取。请删去多余的工作表和格式再上传。"
    )
