"""Checks about awards and the reward fund, one file per subject."""

from awards.rules import awards, fund, safeguards  # isort: skip

__all__ = ["awards", "fund", "safeguards"]
