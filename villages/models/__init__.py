from villages.models.activities import ActivityKind, IntegrityRecord, PartyActivity
from villages.models.division import Division, DivisionName
from villages.models.figures import VillageFigures
from villages.models.party import (
    BranchSize,
    MeetingAttachment,
    MeetingKind,
    MeetingRecord,
    PartyBranch,
    Resolution,
)
from villages.models.projects import CulturalActivity, VillageProject
from villages.models.term import Term
from villages.models.village import ApprovedSeats, Village, VillageLabel, VillageName

__all__ = [
    "ActivityKind", "ApprovedSeats", "BranchSize", "CulturalActivity", "Division", "DivisionName", "IntegrityRecord", "MeetingAttachment",
    "MeetingKind", "MeetingRecord", "PartyActivity", "PartyBranch", "Resolution", "Term", "Village", "VillageFigures",
    "VillageLabel", "VillageName", "VillageProject",
]  # fmt: skip
