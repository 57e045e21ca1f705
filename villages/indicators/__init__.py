"""Figures about villages, in the order in which the board shows them."""

from villages.indicators import villages, projects, party  # isort: skip
from villages.indicators.villages import TEAMS, existing_villages, village_rows

__all__ = ["TEAMS", "existing_villages", "party", "projects", "village_rows", "villages"]
