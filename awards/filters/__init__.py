"""REST filters of awards and the reward fund, one file per subject."""

from awards.filters.awards import AwardFilters, AwardRoundFilters, AwardSchemeFilters, NominationFilters
from awards.filters.evaluations import (
    EvaluationAppealFilters,
    EvaluationFilters,
    EvaluationItemFilters,
    EvaluationSchemeFilters,
    InspectionFilters,
    InspectionFollowUpFilters,
    OfEvaluationFilters,
    OfInspectionFilters,
)
from awards.filters.flow import AwardObjectionFilters, DepartmentOpinionFilters, OfNominationFilters, OfRoundFilters
from awards.filters.fund import FundBudgetFilters, FundEntryFilters, FundFilters

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
    "FundBudgetFilters",
    "FundEntryFilters",
    "FundFilters",
    "InspectionFilters",
    "InspectionFollowUpFilters",
    "NominationFilters",
    "OfEvaluationFilters",
    "OfInspectionFilters",
    "OfNominationFilters",
    "OfRoundFilters",
]
