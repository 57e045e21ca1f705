"""Checks about people and their roles, one file per subject."""

from talent.rules import teams, stationed  # isort: skip

__all__ = ["stationed", "teams"]
