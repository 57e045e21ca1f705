"""The REST door to people and what they do, one file per subject."""

from talent.api.elections import (
    CandidateViewSet,
    ElectionBallotViewSet,
    ElectionRoundViewSet,
    ElectionStepDoneViewSet,
    ElectionStepViewSet,
    ElectionVillageViewSet,
    HandoverItemViewSet,
    JointReviewDepartmentViewSet,
    JointReviewItemViewSet,
    JointReviewMarkViewSet,
)
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
    "CandidateViewSet",
    "EducationViewSet",
    "ElectionBallotViewSet",
    "ElectionRoundViewSet",
    "ElectionStepDoneViewSet",
    "ElectionStepViewSet",
    "ElectionVillageViewSet",
    "FormerIdNumberViewSet",
    "HandoverItemViewSet",
    "JointReviewDepartmentViewSet",
    "JointReviewItemViewSet",
    "JointReviewMarkViewSet",
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
