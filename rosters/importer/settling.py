"""What follows reading where nobody looks at a preview: rows that another system gave are handed in at once, or only tried."""

from dataclasses import dataclass

from rosters.importer.committing import Choices, confirm
from rosters.importer.leaving import drop
from rosters.importer.turns import TRIES
from rosters.models import Upload


@dataclass(frozen=True)
class Wish:
    """What whoever gave the rows wants: write all of them or none, or write nothing and only say what would happen."""

    all_or_nothing: bool = False
    dry_run: bool = False


def settle(upload, wish, *, by, confirm=confirm):
    """Hand in an upload that was just read, as wished. Returns what `confirm` returns; None where nothing is handed in:
    it was refused, only tried (and is put away), or nothing in it can be written. Raises NotNow.

    A comparison that became untrue meanwhile is made anew: nobody looked at the first one."""
    if upload.status != Upload.Status.READ:
        return None
    if wish.dry_run:
        drop(upload, by=by)
        return None
    if not upload.writes and upload.count("error"):
        return None
    for _ in range(TRIES):
        confirmed = confirm(upload, by=by, choices=Choices(all_or_nothing=wish.all_or_nothing), shown="")
        if getattr(confirmed, "state", "") != "changed":
            break
    return confirmed
