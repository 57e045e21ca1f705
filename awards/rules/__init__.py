"""Checks of this app, one file per subject."""

from awards.rules import awards, fund, evaluations, safeguards, support  # isort: skip

__all__ = ["awards", "evaluations", "fund", "safeguards", "support"]
