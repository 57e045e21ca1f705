"""Rosters of villages: the columns that say where a row belongs, yearly figures, records; one file per subject."""

from villages.rosters import records, villages
from villages.rosters.villages import TOWNSHIP, VILLAGE, VILLAGES, place, same_village

__all__ = ["TOWNSHIP", "VILLAGE", "VILLAGES", "place", "records", "same_village", "villages"]
