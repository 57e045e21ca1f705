"""Checks about people and their roles, one file per subject."""

from talent.rules import teams, elections  # isort: skip

__all__ = ["elections", "teams"]
from talent.rules import teams, reviews  # isort: skip

__all__ = ["reviews", "teams"]
from talent.rules import teams, reserves  # isort: skip

__all__ = ["reserves", "teams"]
from talent.rules import teams, stationed  # isort: skip

__all__ = ["stationed", "teams"]
from talent.rules import teams, talents  # isort: skip

__all__ = ["talents", "teams"]
