"""Figures about villages, one file per subject."""

from villages.indicators import party, projects, villages
from villages.indicators.villages import TEAMS, existing_villages, village_rows

__all__ = ["TEAMS", "existing_villages", "party", "projects", "village_rows", "villages"]
