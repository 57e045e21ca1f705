"""The REST door to awards and the reward fund, one file per subject."""

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
]
