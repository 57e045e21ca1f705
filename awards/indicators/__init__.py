"""Figures about awards and the reward fund, in the order in which the board shows them."""

from awards.indicators import awards, fund, safeguards, support  # isort: skip

__all__ = ["awards", "fund", "safeguards", "support"]
