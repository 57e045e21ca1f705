"""REST door to the reward fund."""

from awards import filters
from awards.models import FundBudget, FundEntry, RewardFund
from core.api import ScopedViewSet


class RewardFundViewSet(ScopedViewSet):
    model = RewardFund
    filterset_class = filters.FundFilters


class FundBudgetViewSet(ScopedViewSet):
    model = FundBudget
    filterset_class = filters.FundBudgetFilters


class FundEntryViewSet(ScopedViewSet):
    model = FundEntry
    filterset_class = filters.FundEntryFilters

    def get_queryset(self):
        return super().get_queryset().select_related("award__scheme", "award__person")
