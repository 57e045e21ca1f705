"""Figures about people and their roles, in the order in which the board shows them."""

from talent.indicators import teams, elections, reviews, reserves, stationed, talents  # isort: skip

__all__ = [
    "elections",
    "reserves",
    "reviews",
    "stationed",
    "talents",
    "teams",
]
