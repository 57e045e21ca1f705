"""Admin pages of villages, one file per subject."""

from villages.admin import party, villages
from villages.admin.villages import VillageRowAdmin, village_matches

__all__ = ["VillageRowAdmin", "party", "village_matches", "villages"]
