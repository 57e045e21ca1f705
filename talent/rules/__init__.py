"""Checks about people and their roles, one file per subject."""

from talent.rules import teams, elections, reviews, reserves, stationed, talents  # isort: skip

__all__ = [
    "elections",
    "reserves",
    "reviews",
    "stationed",
    "talents",
    "teams",
]
