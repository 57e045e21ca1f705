"""Rosters of villages: the columns that say where a row belongs, yearly figures, records; one file per subject."""

from villages.rosters import branches, records, villages
from villages.rosters.villages import TOWNSHIP, VILLAGE, VILLAGES, place, same_village

__all__ = ["TOWNSHIP", "VILLAGE", "VILLAGES", "branches", "place", "records", "same_village", "villages"]
