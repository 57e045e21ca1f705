"""REST door to award schemes and awards."""

from awards import filters
from awards.models import Award, AwardScheme
from core.api import ScopedViewSet


class AwardSchemeViewSet(ScopedViewSet):
    model = AwardScheme
    filterset_class = filters.AwardSchemeFilters


class AwardViewSet(ScopedViewSet):
    model = Award
    filterset_class = filters.AwardFilters
