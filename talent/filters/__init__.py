"""Filters of the REST lists, one file per subject."""

from talent.filters.approval_forms import ApprovalFormFilters, FamilyMemberFilters
from talent.filters.people import (
    AppointmentFilters,
    EducationFilters,
    FormerIdNumberFilters,
    NotSamePersonFilters,
    PersonFilters,
    ReserveFilters,
    StationingFilters,
)
from talent.filters.reserves import (
    RecruitmentApplicationFilters,
    RecruitmentFilters,
    RecruitmentQuotaFilters,
    ReserveAssessmentFilters,
)
from talent.filters.reviews import (
    AdjustmentFilters,
    PersonReviewFilters,
    ReviewRoundFilters,
    ReviewVisitFilters,
    TeamReviewFilters,
)
from talent.filters.stationed import AssessmentFilters, KinshipFilters, SecondmentFilters, VisitFilters
from talent.filters.talents import (
    DemandFilters,
    DemandRoundFilters,
    DemandVisitFilters,
    MatchFilters,
    RuralTalentFilters,
    TalentConfirmationFilters,
)

__all__ = [
    "AdjustmentFilters",
    "AppointmentFilters",
    "ApprovalFormFilters",
    "AssessmentFilters",
    "DemandFilters",
    "DemandRoundFilters",
    "DemandVisitFilters",
    "EducationFilters",
    "FamilyMemberFilters",
    "FormerIdNumberFilters",
    "KinshipFilters",
    "MatchFilters",
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
    "TalentConfirmationFilters",
    "TeamReviewFilters",
    "VisitFilters",
]
