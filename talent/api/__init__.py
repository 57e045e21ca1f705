"""The REST door to people and what they do, one file per subject."""

from talent.api.people import (
    AppointmentViewSet,
    EducationViewSet,
    FormerIdNumberViewSet,
    NotSamePersonViewSet,
    PersonViewSet,
    ReserveViewSet,
    RuralTalentViewSet,
    StationingViewSet,
)
from talent.api.reserves import (
    RecruitmentApplicationViewSet,
    RecruitmentQuotaViewSet,
    RecruitmentViewSet,
    ReserveAssessmentViewSet,
)

__all__ = [
    "AppointmentViewSet",
    "EducationViewSet",
    "FormerIdNumberViewSet",
    "NotSamePersonViewSet",
    "PersonViewSet",
    "RecruitmentApplicationViewSet",
    "RecruitmentQuotaViewSet",
    "RecruitmentViewSet",
    "ReserveAssessmentViewSet",
    "ReserveViewSet",
    "RuralTalentViewSet",
    "StationingViewSet",
]
