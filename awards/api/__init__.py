"""The REST door to awards, the reward fund, safeguards and support, one file per subject."""

from awards.api.awards import AwardRoundViewSet, AwardSchemeViewSet, AwardViewSet, NominationViewSet
from awards.api.evaluations import (
    BallotCorrectionViewSet,
    EvaluationAppealViewSet,
    EvaluationItemViewSet,
    EvaluationSchemeViewSet,
    EvaluationScoreViewSet,
    EvaluationViewSet,
    EvidenceFileViewSet,
    InspectionFindingViewSet,
    InspectionFollowUpViewSet,
    InspectionItemViewSet,
    InspectionViewSet,
)
from awards.api.flow import (
    AwardJudgeViewSet,
    AwardObjectionViewSet,
    AwardPublicityViewSet,
    AwardQuotaViewSet,
    AwardScoreViewSet,
    DepartmentOpinionViewSet,
    NominationAttachmentViewSet,
)
from awards.api.fund import FundBudgetViewSet, FundEntryViewSet, RewardFundViewSet
from awards.api.safeguards import SafeguardRecordViewSet, SafeguardStandardViewSet
from awards.api.support import (
    SupportApplicationViewSet,
    SupportBudgetViewSet,
    SupportConditionViewSet,
    SupportExclusionViewSet,
    SupportPaymentViewSet,
    SupportPolicyViewSet,
    SupportResultViewSet,
)

__all__ = [
    "AwardJudgeViewSet",
    "AwardObjectionViewSet",
    "AwardPublicityViewSet",
    "AwardQuotaViewSet",
    "AwardRoundViewSet",
    "AwardSchemeViewSet",
    "AwardScoreViewSet",
    "AwardViewSet",
    "BallotCorrectionViewSet",
    "DepartmentOpinionViewSet",
    "EvaluationAppealViewSet",
    "EvaluationItemViewSet",
    "EvaluationSchemeViewSet",
    "EvaluationScoreViewSet",
    "EvaluationViewSet",
    "EvidenceFileViewSet",
    "FundBudgetViewSet",
    "FundEntryViewSet",
    "InspectionFindingViewSet",
    "InspectionFollowUpViewSet",
    "InspectionItemViewSet",
    "InspectionViewSet",
    "NominationAttachmentViewSet",
    "NominationViewSet",
    "RewardFundViewSet",
    "SafeguardRecordViewSet",
    "SafeguardStandardViewSet",
    "SupportApplicationViewSet",
    "SupportBudgetViewSet",
    "SupportConditionViewSet",
    "SupportExclusionViewSet",
    "SupportPaymentViewSet",
    "SupportPolicyViewSet",
    "SupportResultViewSet",
]
