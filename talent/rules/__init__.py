"""Checks about people and their roles, one file per subject."""

from talent.rules import teams  # isort: skip

__all__ = ["teams"]
