"""REST door to the pool of talents, to needs, the matches with their steps, and visits."""

from core.api import ScopedViewSet
from talent import filters
from talent.models import Demand, DemandRound, DemandVisit, Match, RuralTalent, TalentConfirmation


class RuralTalentViewSet(ScopedViewSet):
    model = RuralTalent
    filterset_class = filters.RuralTalentFilters


class TalentConfirmationViewSet(ScopedViewSet):
    model = TalentConfirmation
    filterset_class = filters.TalentConfirmationFilters

    def get_queryset(self):
        return super().get_queryset().select_related("talent__person", "talent__village")


class DemandRoundViewSet(ScopedViewSet):
    model = DemandRound
    filterset_class = filters.DemandRoundFilters


class DemandViewSet(ScopedViewSet):
    model = Demand
    filterset_class = filters.DemandFilters


class MatchViewSet(ScopedViewSet):
    model = Match
    filterset_class = filters.MatchFilters

    def get_queryset(self):
        named = ("talent__person", "talent__village", "demand__township", "demand__village")
        return super().get_queryset().select_related(*named)


class DemandVisitViewSet(ScopedViewSet):
    model = DemandVisit
    filterset_class = filters.DemandVisitFilters

    def get_queryset(self):
        named = ("match__talent__person", "match__demand__township", "match__demand__village")
        return super().get_queryset().select_related(*named)
