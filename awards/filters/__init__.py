"""REST filters of awards and the reward fund, one file per subject."""

from awards.filters.awards import AwardFilters, AwardRoundFilters, AwardSchemeFilters, NominationFilters
from awards.filters.evaluations import (
    EvaluationAppealFilters,
    EvaluationFilters,
    EvaluationItemFilters,
    EvaluationSchemeFilters,
    EvaluationScoreFilters,
    InspectionFilters,
    InspectionFollowUpFilters,
    OfEvaluationFilters,
    OfInspectionFilters,
)
from awards.filters.flow import AwardObjectionFilters, DepartmentOpinionFilters, OfNominationFilters, OfRoundFilters
from awards.filters.fund import FundBudgetFilters, FundEntryFilters, FundFilters
from awards.filters.safeguards import SafeguardRecordFilters, SafeguardStandardFilters
from awards.filters.support import (
    OfApplicationFilters,
    OfPolicyFilters,
    SupportApplicationFilters,
    SupportExclusionFilters,
    SupportPaymentFilters,
    SupportPolicyFilters,
)

__all__ = [
    "AwardFilters",
    "AwardObjectionFilters",
    "AwardRoundFilters",
    "AwardSchemeFilters",
    "DepartmentOpinionFilters",
    "EvaluationAppealFilters",
    "EvaluationFilters",
    "EvaluationItemFilters",
    "EvaluationSchemeFilters",
    "EvaluationScoreFilters",
    "FundBudgetFilters",
    "FundEntryFilters",
    "FundFilters",
    "InspectionFilters",
    "InspectionFollowUpFilters",
    "NominationFilters",
    "OfApplicationFilters",
    "OfEvaluationFilters",
    "OfInspectionFilters",
    "OfNominationFilters",
    "OfPolicyFilters",
    "OfRoundFilters",
    "SafeguardRecordFilters",
    "SafeguardStandardFilters",
    "SupportApplicationFilters",
    "SupportExclusionFilters",
    "SupportPaymentFilters",
    "SupportPolicyFilters",
]
