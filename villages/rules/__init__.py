"""Checks of villages, one file per subject."""

from villages.rules import party, villages

__all__ = ["party", "villages"]
