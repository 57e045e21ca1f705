"""Award schemes, rounds and nominations, the way to an award, the reward fund, safeguards and support policies."""

from awards.models.award import Award
from awards.models.evaluation import (
    Evaluation,
    EvaluationAppeal,
    EvaluationItem,
    EvaluationScheme,
    EvaluationScore,
    Grade,
)
from awards.models.evaluation_basis import BallotCorrection, EvidenceFile
from awards.models.fund import FundBudget, FundEntry, RewardFund
from awards.models.inspection import Inspection, InspectionFinding, InspectionFollowUp, InspectionItem
from awards.models.judging import AwardJudge, AwardScore
from awards.models.nomination import DepartmentOpinion, Nomination, NominationAttachment
from awards.models.publicity import AwardObjection, AwardPublicity
from awards.models.round import AwardQuota, AwardRound
from awards.models.safeguards import SafeguardRecord, SafeguardStandard
from awards.models.scheme import AwardScheme
from awards.models.support import SupportBudget, SupportCondition, SupportExclusion, SupportPolicy
from awards.models.support_application import SupportApplication, SupportPayment, SupportResult

__all__ = [
    "Award",
    "AwardJudge",
    "AwardObjection",
    "AwardPublicity",
    "AwardQuota",
    "AwardRound",
    "AwardScheme",
    "AwardScore",
    "BallotCorrection",
    "DepartmentOpinion",
    "Evaluation",
    "EvaluationAppeal",
    "EvaluationItem",
    "EvaluationScheme",
    "EvaluationScore",
    "EvidenceFile",
    "FundBudget",
    "FundEntry",
    "Grade",
    "Inspection",
    "InspectionFinding",
    "InspectionFollowUp",
    "InspectionItem",
    "Nomination",
    "NominationAttachment",
    "RewardFund",
    "SafeguardRecord",
    "SafeguardStandard",
    "SupportApplication",
    "SupportBudget",
    "SupportCondition",
    "SupportExclusion",
    "SupportPayment",
    "SupportPolicy",
    "SupportResult",
]
