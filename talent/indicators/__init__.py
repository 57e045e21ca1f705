"""Figures about village teams, reserves and people sent in, in the order in which the board shows them."""

from talent.indicators import teams, reserves, stationed, elections  # isort: skip

__all__ = ["elections", "reserves", "stationed", "teams"]
from talent.indicators import teams, reviews, reserves, stationed  # isort: skip

__all__ = ["reserves", "reviews", "stationed", "teams"]
from talent.indicators import teams, reserves, stationed, talents  # isort: skip

__all__ = ["reserves", "stationed", "talents", "teams"]
