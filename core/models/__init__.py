from core.models.audit import AuditEntry
from core.models.journal import JournalEntry
from core.models.quota import Quota
from core.models.token import ApiToken
from core.models.user import User

__all__ = ["ApiToken", "AuditEntry", "JournalEntry", "Quota", "User"]
