"""Figures about awards and the reward fund, in the order in which the board shows them."""

from awards.indicators import awards, fund, evaluations  # isort: skip

__all__ = ["awards", "evaluations", "fund"]
