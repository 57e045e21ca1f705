from core.models.audit import AuditEntry
from core.models.job import Job
from core.models.journal import JournalEntry
from core.models.parameter import ParameterValue
from core.models.quota import Quota
from core.models.report import ReportTemplate
from core.models.special_day import SpecialDay
from core.models.token import ApiToken
from core.models.user import User

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Job",
    "JournalEntry",
    "ParameterValue",
    "Quota",
    "ReportTemplate",
    "SpecialDay",
    "User",
]
