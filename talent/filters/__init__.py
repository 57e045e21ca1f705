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

__all__ = [
    "AppointmentFilters",
    "EducationFilters",
    "FormerIdNumberFilters",
    "NotSamePersonFilters",
    "PersonFilters",
    "ReserveFilters",
    "RuralTalentFilters",
    "StationingFilters",
]
