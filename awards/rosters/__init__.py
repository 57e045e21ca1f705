"""The rosters of this app, one file per kind."""

from awards.rosters import evaluations, nominees, safeguards, support

__all__ = ["evaluations", "nominees", "safeguards", "support"]
