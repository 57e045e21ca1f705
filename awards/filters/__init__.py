"""REST filters of awards and the reward fund, one file per subject."""

from awards.filters.awards import AwardFilters, AwardRoundFilters, AwardSchemeFilters, NominationFilters
from awards.filters.flow import AwardObjectionFilters, DepartmentOpinionFilters, OfNominationFilters, OfRoundFilters
from awards.filters.fund import FundBudgetFilters, FundEntryFilters, FundFilters
from awards.filters.safeguards import SafeguardRecordFilters, SafeguardStandardFilters
from awards.filters.support import (
    OfApplicationFilters,
    OfPolicyFilters,
    SupportApplicationFilters,
    SupportPolicyFilters,
)

__all__ = [
    "AwardFilters",
    "AwardObjectionFilters",
    "AwardRoundFilters",
    "AwardSchemeFilters",
    "DepartmentOpinionFilters",
    "FundBudgetFilters",
    "FundEntryFilters",
    "FundFilters",
    "NominationFilters",
    "OfApplicationFilters",
    "OfNominationFilters",
    "OfPolicyFilters",
    "OfRoundFilters",
    "SafeguardRecordFilters",
    "SafeguardStandardFilters",
    "SupportApplicationFilters",
    "SupportPolicyFilters",
]
