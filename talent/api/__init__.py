"""The REST door to people and what they do, one file per subject."""

from talent.api.people import (
    AppointmentViewSet,
    EducationViewSet,
    FormerIdNumberViewSet,
    NotSamePersonViewSet,
    PersonViewSet,
    ReserveViewSet,
    StationingViewSet,
)
from talent.api.talents import (
    DemandRoundViewSet,
    DemandViewSet,
    DemandVisitViewSet,
    MatchViewSet,
    RuralTalentViewSet,
    TalentConfirmationViewSet,
)

__all__ = [
    "AppointmentViewSet",
    "DemandRoundViewSet",
    "DemandViewSet",
    "DemandVisitViewSet",
    "EducationViewSet",
    "FormerIdNumberViewSet",
    "MatchViewSet",
    "NotSamePersonViewSet",
    "PersonViewSet",
    "ReserveViewSet",
    "RuralTalentViewSet",
    "StationingViewSet",
    "TalentConfirmationViewSet",
]
