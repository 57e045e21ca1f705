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
from talent.filters.reviews import (
    AdjustmentFilters,
    PersonReviewFilters,
    ReviewRoundFilters,
    ReviewVisitFilters,
    TeamReviewFilters,
from talent.filters.reserves import (
    RecruitmentApplicationFilters,
    RecruitmentFilters,
    RecruitmentQuotaFilters,
    ReserveAssessmentFilters,
)
from talent.filters.stationed import AssessmentFilters, KinshipFilters, SecondmentFilters, VisitFilters

__all__ = [
    "AdjustmentFilters",
    "AppointmentFilters",
    "AssessmentFilters",
    "EducationFilters",
    "FormerIdNumberFilters",
    "KinshipFilters",
    "NotSamePersonFilters",
    "PersonFilters",
    "PersonReviewFilters",
    "RecruitmentApplicationFilters",
    "RecruitmentFilters",
    "RecruitmentQuotaFilters",
    "ReserveAssessmentFilters",
    "ReserveFilters",
    "ReviewRoundFilters",
    "ReviewVisitFilters",
    "RuralTalentFilters",
    "SecondmentFilters",
    "StationingFilters",
    "TeamReviewFilters",
    "VisitFilters",
]
