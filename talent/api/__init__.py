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
from talent.api.stationed import KinshipViewSet, SecondmentViewSet, ServiceVisitViewSet, StationingAssessmentViewSet

__all__ = [
    "AppointmentViewSet",
    "EducationViewSet",
    "FormerIdNumberViewSet",
    "KinshipViewSet",
    "NotSamePersonViewSet",
    "PersonViewSet",
    "ReserveViewSet",
    "RuralTalentViewSet",
    "SecondmentViewSet",
    "ServiceVisitViewSet",
    "StationingAssessmentViewSet",
    "StationingViewSet",
]
