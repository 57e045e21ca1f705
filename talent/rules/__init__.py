"""Checks about people and their roles, one file per subject."""

from talent.rules import teams, reviews  # isort: skip

__all__ = ["reviews", "teams"]
