"""REST door to divisions, villages and what belongs to them."""

from core.api import ScopedViewSet
from villages import filters
from villages.models import (
    ApprovedSeats,
    Division,
    DivisionName,
    Term,
    Village,
    VillageFigures,
    VillageLabel,
    VillageName,
)


class DivisionViewSet(ScopedViewSet):
    model = Division
    filterset_class = filters.DivisionFilters
    lookup_field = "code"


class DivisionNameViewSet(ScopedViewSet):
    model = DivisionName
    filterset_class = filters.DivisionNameFilters


class VillageViewSet(ScopedViewSet):
    model = Village
    filterset_class = filters.VillageFilters
    lookup_field = "code"


class VillageNameViewSet(ScopedViewSet):
    model = VillageName
    filterset_class = filters.VillageNameFilters


class ApprovedSeatsViewSet(ScopedViewSet):
    model = ApprovedSeats
    filterset_class = filters.ApprovedSeatsFilters


class VillageLabelViewSet(ScopedViewSet):
    model = VillageLabel
    filterset_class = filters.VillageLabelFilters


class VillageFiguresViewSet(ScopedViewSet):
    model = VillageFigures
    filterset_class = filters.VillageFiguresFilters


class TermViewSet(ScopedViewSet):
    model = Term
    filterset_class = filters.TermFilters
