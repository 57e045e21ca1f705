"""The rosters of awards, safeguards and support: declared once each, registered at import."""

from awards.rosters import nominees, safeguards, support

__all__ = ["nominees", "safeguards", "support"]
