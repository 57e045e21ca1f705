"""The rosters of this app, one file per kind."""

from awards.rosters import evaluations, fund, given, nominees, rounds, safeguards, support

__all__ = ["evaluations", "fund", "given", "nominees", "rounds", "safeguards", "support"]
