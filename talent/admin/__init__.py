"""Admin pages of people and their roles."""

from talent.admin import (  # noqa: F401 - they register their pages
    approval_forms,
    elections,
    people,
    reserves,
    reviews,
    roles,
    same_people,
    stationed,
    talents,
)
from talent.admin.rows import PersonRowAdmin

__all__ = ["PersonRowAdmin"]
