"""The rosters of this app, one file per kind."""

from awards.rosters import evaluations, nominees

__all__ = ["evaluations", "nominees"]
