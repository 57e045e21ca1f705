"""From a file to committed rows: read, compare, keep for the preview; then, once confirmed, one transaction."""

from rosters.importer.committing import Choices, Confirmed, approve, choose, confirm
from rosters.importer.ending import Ending, absent, end_absent, why_not_end
from rosters.importer.leaving import drop, purge
from rosters.importer.rechecking import Rechecked, can_correct, recheck
from rosters.importer.reviewing import may_review, needed, send_back, set_reviewed
from rosters.importer.taking import county_of, may_upload, short_name, upload
from rosters.importer.targets import TARGET_REFUSALS, offered_targets
from rosters.importer.turns import NotNow
from rosters.importer.undoing import look, undo, why_not_undo

__all__ = [
    "TARGET_REFUSALS", "Choices", "Confirmed", "Ending", "NotNow", "Rechecked", "absent", "approve", "can_correct", "choose", "confirm",
    "county_of", "drop", "end_absent", "look", "may_review", "may_upload", "needed", "offered_targets", "purge", "recheck", "send_back",
    "set_reviewed", "short_name", "undo", "upload", "why_not_end", "why_not_undo",
]  # fmt: skip
