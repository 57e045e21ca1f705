"""Admin pages of people and their roles."""

from talent.admin import elections, people, roles, same_people  # noqa: F401 - they register their pages
from talent.admin import people, reviews, roles, same_people  # noqa: F401 - they register their pages
from talent.admin import people, reserves, roles, same_people  # noqa: F401 - they register their pages
from talent.admin import people, roles, same_people, stationed  # noqa: F401 - they register their pages
from talent.admin import people, roles, same_people, talents  # noqa: F401 - they register their pages
from talent.admin.rows import PersonRowAdmin

__all__ = ["PersonRowAdmin"]
