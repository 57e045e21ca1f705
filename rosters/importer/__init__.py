"""From a file to committed rows: read, compare, keep for the preview; then, once confirmed, one transaction."""

from rosters.importer.committing import Confirmed, NotNow, confirm
from rosters.importer.leaving import drop, purge
from rosters.importer.rechecking import Rechecked, can_correct, recheck
from rosters.importer.remapping import can_remap, read_as, read_with, tell_meanings
from rosters.importer.remembering import forget
from rosters.importer.taking import county_of, may_upload, short_name, upload

__all__ = [
    "Confirmed",
    "NotNow",
    "Rechecked",
    "can_correct",
    "can_remap",
    "confirm",
    "county_of",
    "drop",
    "forget",
    "may_upload",
    "purge",
    "read_as",
    "read_with",
    "recheck",
    "short_name",
    "tell_meanings",
    "upload",
]
