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
from talent.filters.reserves import (
    RecruitmentApplicationFilters,
    RecruitmentFilters,
    RecruitmentQuotaFilters,
    ReserveAssessmentFilters,
)

__all__ = [
    "AppointmentFilters",
    "EducationFilters",
    "FormerIdNumberFilters",
    "NotSamePersonFilters",
    "PersonFilters",
    "RecruitmentApplicationFilters",
    "RecruitmentFilters",
    "RecruitmentQuotaFilters",
    "ReserveAssessmentFilters",
    "ReserveFilters",
    "RuralTalentFilters",
    "StationingFilters",
]
