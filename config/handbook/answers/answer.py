"""An answer to a message, and the limits that messages name."""

from dataclasses import dataclass

from rosters import limits
from rosters.child.xlsx import MAX_MERGES
from rosters.importer import delivery
from rosters.views.pages import MAX_FILES

MEGABYTE = limits.MEGABYTE
NUMBERS = {
    "megabytes": limits.MAX_BYTES // MEGABYTE,
    "inflated": limits.MAX_INFLATED_BYTES // MEGABYTE,
    "times": limits.MAX_INFLATION,
    "entries": f"{limits.MAX_ZIP_ENTRIES:,}",
    "sheets": limits.MAX_SHEETS,
    "rows": f"{limits.MAX_ROWS:,}",
    "columns": limits.MAX_COLUMNS,
    "merges": f"{MAX_MERGES:,}",
    "seconds": limits.MAX_WALL_SECONDS,
    "memory": limits.MAX_MEMORY // MEGABYTE,
    "files": MAX_FILES,
    "folder_files": delivery.MOST_FILES,
    "folder_megabytes": delivery.MOST_BYTES // MEGABYTE,
}


@dataclass(frozen=True)
class Answer:
    """`codes` are those of the problem or refusal in the code, none for a message without one."""

    says: str
    answer: str
    codes: tuple[str, ...] = ()


def answer(says, text, *codes):
    return Answer(says, text, codes)
