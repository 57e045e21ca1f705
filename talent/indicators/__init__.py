"""Figures about village teams, reserves and people sent in, in the order in which the board shows them."""

from talent.indicators import teams, reserves, stationed, talents  # isort: skip

__all__ = ["reserves", "stationed", "talents", "teams"]
