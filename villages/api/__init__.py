"""REST door to villages, one file per subject."""

from villages.api.party import (
    BranchSizeViewSet,
    CulturalActivityViewSet,
    MeetingAttachmentViewSet,
    MeetingRecordViewSet,
    PartyActivityViewSet,
    PartyBranchViewSet,
    ResolutionViewSet,
    VillageProjectViewSet,
)
from villages.api.villages import (
    ApprovedSeatsViewSet,
    DivisionNameViewSet,
    DivisionViewSet,
    TermViewSet,
    VillageFiguresViewSet,
    VillageLabelViewSet,
    VillageNameViewSet,
    VillageViewSet,
)

__all__ = [
    "ApprovedSeatsViewSet", "BranchSizeViewSet", "CulturalActivityViewSet", "DivisionNameViewSet", "DivisionViewSet", "MeetingAttachmentViewSet",
    "MeetingRecordViewSet", "PartyActivityViewSet", "PartyBranchViewSet", "ResolutionViewSet", "TermViewSet",
    "VillageFiguresViewSet", "VillageLabelViewSet", "VillageNameViewSet", "VillageProjectViewSet", "VillageViewSet",
]  # fmt: skip
