"""The admin site's base classes, and the pages of accounts, tokens and the log."""

from core.admin import accounts  # noqa: F401 - registers its pages
from core.admin.base import LookedUpAdmin, ScopedAdmin, ScopedInline
from core.admin.filters import ChoiceFilter, InForceFilter, RelatedFilter, TownshipFilter

__all__ = [
    "ChoiceFilter",
    "InForceFilter",
    "LookedUpAdmin",
    "RelatedFilter",
    "ScopedAdmin",
    "ScopedInline",
    "TownshipFilter",
]
