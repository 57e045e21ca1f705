"""REST door to award schemes, rounds, nominations and awards."""

from awards import filters
from awards.models import Award, AwardRound, AwardScheme, Nomination
from core.api import ScopedViewSet


class AwardSchemeViewSet(ScopedViewSet):
    model = AwardScheme
    filterset_class = filters.AwardSchemeFilters


class AwardViewSet(ScopedViewSet):
    model = Award
    filterset_class = filters.AwardFilters


class AwardRoundViewSet(ScopedViewSet):
    model = AwardRound
    filterset_class = filters.AwardRoundFilters


class NominationViewSet(ScopedViewSet):
    model = Nomination
    filterset_class = filters.NominationFilters

    def get_queryset(self):
        return super().get_queryset().select_related("round__scheme", "publicity__round__scheme")
