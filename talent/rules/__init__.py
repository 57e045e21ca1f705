"""Checks about people and their roles, one file per subject."""

from talent.rules import teams, reserves  # isort: skip

__all__ = ["reserves", "teams"]
