"""Filters of the REST lists, one file per subject."""

from talent.filters.people import (
    AppointmentFilters,
    EducationFilters,
    FormerIdNumberFilters,
    NotSamePersonFilters,
    PersonFilters,
    ReserveFilters,
    RuralTalentFilters,
    StationingFilters,
)
from talent.filters.stationed import AssessmentFilters, KinshipFilters, SecondmentFilters, VisitFilters

__all__ = [
    "AppointmentFilters",
    "AssessmentFilters",
    "EducationFilters",
    "FormerIdNumberFilters",
    "KinshipFilters",
    "NotSamePersonFilters",
    "PersonFilters",
    "ReserveFilters",
    "RuralTalentFilters",
    "SecondmentFilters",
    "StationingFilters",
    "VisitFilters",
]
