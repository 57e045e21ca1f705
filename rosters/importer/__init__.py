"""From a file to committed rows: read, compare, keep for the preview; then, once confirmed, one transaction."""

from rosters.importer.committing import Confirmed, NotNow, confirm
from rosters.importer.leaving import drop, drop_unread, purge
from rosters.importer.taking import county_of, may_upload, path_name, read_received, receive, short_name, upload
from rosters.importer.turns import Busy, patience

__all__ = [
    "Busy", "Confirmed", "NotNow", "confirm", "county_of", "drop", "drop_unread", "may_upload", "path_name", "patience",
    "purge", "read_received", "receive", "short_name", "upload",
]  # fmt: skip
