from rosters.models.collection import CollectionNotice, CollectionRequest, CollectionRound
from rosters.models.memory import LONGEST_TEXT, LayoutMemory, ValueMeaning
from rosters.models.reconciliation import ReconciledRow, Reconciliation
from rosters.models.setting import RosterSetting
from rosters.models.superior import SuperiorForm
from rosters.models.upload import Upload, UploadRow, keep_until

__all__ = [
    "LONGEST_TEXT",
    "CollectionNotice",
    "CollectionRequest",
    "CollectionRound",
    "LayoutMemory",
    "ReconciledRow",
    "Reconciliation",
    "RosterSetting",
    "SuperiorForm",
    "Upload",
    "UploadRow",
    "ValueMeaning",
    "keep_until",
]
