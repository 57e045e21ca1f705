"""REST filters of villages, one file per subject."""

from villages.filters.party import (
    ActivityFilters,
    AttachmentFilters,
    BranchFilters,
    BranchSizeFilters,
    CultureFilters,
    MeetingFilters,
    ProjectFilters,
    ResolutionFilters,
)
from villages.filters.villages import (
    ApprovedSeatsFilters,
    DivisionFilters,
    DivisionNameFilters,
    TermFilters,
    VillageFiguresFilters,
    VillageFilters,
    VillageLabelFilters,
    VillageNameFilters,
)

__all__ = [
    "ActivityFilters", "ApprovedSeatsFilters", "AttachmentFilters", "BranchFilters", "BranchSizeFilters", "CultureFilters", "DivisionFilters",
    "DivisionNameFilters", "MeetingFilters", "ProjectFilters", "ResolutionFilters", "TermFilters", "VillageFiguresFilters",
    "VillageFilters", "VillageLabelFilters", "VillageNameFilters",
]  # fmt: skip
