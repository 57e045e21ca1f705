"""Figures of this app, in the order in which the board shows them."""

from awards.indicators import awards, fund, evaluations, safeguards, support  # isort: skip

__all__ = ["awards", "evaluations", "fund", "safeguards", "support"]
