"""From a file to committed rows: read, compare, keep for the preview; then, once confirmed, one transaction."""

from rosters.importer.committing import Choices, Confirmed, approve, choose, confirm
from rosters.importer.ending import Ending, absent, end_absent, why_not_end
from rosters.importer.leaving import drop, drop_unread, purge
from rosters.importer.rechecking import Rechecked, can_correct, recheck
from rosters.importer.remapping import can_remap, read_as, read_as_of, read_with, tell_meanings
from rosters.importer.remembering import forget
from rosters.importer.reviewing import may_review, needed, send_back, set_reviewed
from rosters.importer.settling import Wish, settle
from rosters.importer.taking import county_of, may_upload, path_name, read_received, receive, short_name, upload
from rosters.importer.targets import UNKNOWN_TARGET, offered_targets
from rosters.importer.turns import Busy, NotNow, patience
from rosters.importer.undoing import changes_of, is_large, look, undo, why_not_undo

__all__ = [
    "UNKNOWN_TARGET", "Busy", "Choices", "Confirmed", "Ending", "NotNow", "Rechecked", "Wish", "absent", "approve", "can_correct",
    "can_remap", "changes_of", "choose", "confirm", "county_of", "drop", "drop_unread", "end_absent", "forget", "is_large",
    "look", "may_review", "may_upload", "needed", "offered_targets", "path_name", "patience", "purge", "read_as", "read_as_of",
    "read_received", "read_with", "receive", "recheck", "send_back", "set_reviewed", "settle", "short_name", "tell_meanings", "undo",
    "upload", "why_not_end", "why_not_undo",
]  # fmt: skip
