"""Checks about awards and the reward fund, one file per subject."""

from awards.rules import awards, fund, evaluations  # isort: skip

__all__ = ["awards", "evaluations", "fund"]
