from rosters.models.collection import CollectionNotice, CollectionRequest, CollectionRound
from rosters.models.reconciliation import ReconciledRow, Reconciliation
from rosters.models.superior import SuperiorForm
from rosters.models.upload import Upload, UploadRow, keep_until

__all__ = [
    "CollectionNotice",
    "CollectionRequest",
    "CollectionRound",
    "ReconciledRow",
    "Reconciliation",
    "SuperiorForm",
    "Upload",
    "UploadRow",
    "keep_until",
]
