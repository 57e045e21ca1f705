"""What an upload may be, and the refusal that names the limit it broke. Imported by the child process: no Django here."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024

MAX_BYTES = 10 * MEGABYTE
MAX_INFLATED_BYTES = 100 * MEGABYTE
MAX_INFLATION = 200
# Below this an extreme ratio is harmless: a sheet of equal rows packs very well.
INFLATION_FLOOR = 20 * MEGABYTE
MAX_ZIP_ENTRIES = 1_000
MAX_SHEETS = 100
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_MEMORY = 768 * MEGABYTE
# A refusal is to be on the page within ten seconds, the rest of the request included.
MAX_CPU_SECONDS = 6
MAX_WALL_SECONDS = 7


@dataclass(frozen=True)
class Limits:
    """The limits of one reading; larger rows for jobs from the shell, where nobody waits at a page."""

    rows: int = MAX_ROWS
    columns: int = MAX_COLUMNS
    cpu_seconds: int = MAX_CPU_SECONDS
    wall_seconds: int = MAX_WALL_SECONDS


SHELL = Limits(rows=100_000, cpu_seconds=60, wall_seconds=90)


class Refused(Exception):
    """A file that is not read at all: `code` for machines, `message` for the clerk."""

    def __init__(self, code, message):
        super().__init__(code, message)
        self.code = code
        self.message = message


def too_many_rows(limit):
    return Refused("too_many_rows", f"表格超过 {limit:,} 行，请按乡镇分成几个文件再上传。")


def too_many_columns(limit, place=""):
    where = f"（{place} 处还有内容）" if place else ""
    return Refused("too_many_columns", f"表格超过 {limit} 列{where}，请删去右侧多余的内容再上传。")
