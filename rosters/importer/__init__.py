"""From a file to committed rows: read, compare, keep for the preview; then, once confirmed, one transaction."""

from rosters.importer.committing import Confirmed, NotNow, confirm
from rosters.importer.leaving import drop, purge
from rosters.importer.rechecking import Rechecked, can_correct, recheck
from rosters.importer.taking import county_of, may_upload, short_name, upload

__all__ = [
    "Confirmed",
    "NotNow",
    "Rechecked",
    "can_correct",
    "confirm",
    "county_of",
    "drop",
    "may_upload",
    "purge",
    "recheck",
    "short_name",
    "upload",
]
