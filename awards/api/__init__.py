"""The REST door to awards, the reward fund, safeguards and support, one file per subject."""

from awards.api.awards import AwardRoundViewSet, AwardSchemeViewSet, AwardViewSet, NominationViewSet
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
    "DepartmentOpinionViewSet",
    "FundBudgetViewSet",
    "FundEntryViewSet",
    "NominationAttachmentViewSet",
    "NominationViewSet",
    "RewardFundViewSet",
    "SafeguardRecordViewSet",
    "SafeguardStandardViewSet",
    "SupportApplicationViewSet",
    "SupportBudgetViewSet",
    "SupportConditionViewSet",
    "SupportPaymentViewSet",
    "SupportPolicyViewSet",
    "SupportResultViewSet",
]
