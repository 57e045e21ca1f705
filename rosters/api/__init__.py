"""REST door to the rosters: rows of every kind written in bulk, and what became of every batch."""

from rosters.api.kinds import RosterViewSet
from rosters.api.routing import Router
from rosters.api.uploads import UploadViewSet

__all__ = ["RosterViewSet", "Router", "UploadViewSet"]
