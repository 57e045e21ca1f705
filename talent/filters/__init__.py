"""Filters of the REST lists, one file per subject."""

from talent.filters.people import (
    AppointmentFilters,
    EducationFilters,
    FormerIdNumberFilters,
    NotSamePersonFilters,
    PersonFilters,
    ReserveFilters,
    StationingFilters,
)
from talent.filters.talents import (
    DemandFilters,
    DemandRoundFilters,
    DemandVisitFilters,
    MatchFilters,
    RuralTalentFilters,
    TalentConfirmationFilters,
)

__all__ = [
    "AppointmentFilters",
    "DemandFilters",
    "DemandRoundFilters",
    "DemandVisitFilters",
    "EducationFilters",
    "FormerIdNumberFilters",
    "MatchFilters",
    "NotSamePersonFilters",
    "PersonFilters",
    "ReserveFilters",
    "RuralTalentFilters",
    "StationingFilters",
    "TalentConfirmationFilters",
]
