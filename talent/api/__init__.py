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
from talent.api.reviews import (
    AdjustmentViewSet,
    PersonReviewViewSet,
    ReviewRoundViewSet,
    ReviewVisitViewSet,
    TeamReviewViewSet,
)

__all__ = [
    "AdjustmentViewSet",
    "AppointmentViewSet",
    "EducationViewSet",
    "FormerIdNumberViewSet",
    "NotSamePersonViewSet",
    "PersonReviewViewSet",
    "PersonViewSet",
    "ReserveViewSet",
    "ReviewRoundViewSet",
    "ReviewVisitViewSet",
    "RuralTalentViewSet",
    "StationingViewSet",
    "TeamReviewViewSet",
]
