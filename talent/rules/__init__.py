"""Checks about people and their roles, one file per subject."""

from talent.rules import teams, talents  # isort: skip

__all__ = ["talents", "teams"]
