"""The REST door to people and what they do, one file per subject."""

from talent.api.approval_forms import ApprovalFormViewSet, FamilyMemberViewSet
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
    StationingViewSet,
)
from talent.api.reserves import (
    RecruitmentApplicationViewSet,
    RecruitmentQuotaViewSet,
    RecruitmentViewSet,
    ReserveAssessmentViewSet,
)
from talent.api.reviews import (
    AdjustmentViewSet,
    PersonReviewViewSet,
    ReviewRoundViewSet,
    ReviewVisitViewSet,
    TeamReviewViewSet,
)
from talent.api.stationed import KinshipViewSet, SecondmentViewSet, ServiceVisitViewSet, StationingAssessmentViewSet
from talent.api.talents import (
    DemandRoundViewSet,
    DemandViewSet,
    DemandVisitViewSet,
    MatchViewSet,
    RuralTalentViewSet,
    TalentConfirmationViewSet,
)

__all__ = [
    "AdjustmentViewSet",
    "AppointmentViewSet",
    "ApprovalFormViewSet",
    "CandidateViewSet",
    "DemandRoundViewSet",
    "DemandViewSet",
    "DemandVisitViewSet",
    "EducationViewSet",
    "ElectionBallotViewSet",
    "ElectionRoundViewSet",
    "ElectionStepDoneViewSet",
    "ElectionStepViewSet",
    "ElectionVillageViewSet",
    "FamilyMemberViewSet",
    "FormerIdNumberViewSet",
    "HandoverItemViewSet",
    "JointReviewDepartmentViewSet",
    "JointReviewItemViewSet",
    "JointReviewMarkViewSet",
    "KinshipViewSet",
    "MatchViewSet",
    "NotSamePersonViewSet",
    "PersonReviewViewSet",
    "PersonViewSet",
    "RecruitmentApplicationViewSet",
    "RecruitmentQuotaViewSet",
    "RecruitmentViewSet",
    "ReserveAssessmentViewSet",
    "ReserveViewSet",
    "ReviewRoundViewSet",
    "ReviewVisitViewSet",
    "RuralTalentViewSet",
    "SecondmentViewSet",
    "ServiceVisitViewSet",
    "StationingAssessmentViewSet",
    "StationingViewSet",
    "TalentConfirmationViewSet",
    "TeamReviewViewSet",
]
