"""The rosters of this app, one file per kind."""

from awards.rosters import evaluations, findings, items, nominees, safeguards, standards, support

__all__ = ["evaluations", "findings", "items", "nominees", "safeguards", "standards", "support"]
