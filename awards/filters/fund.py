"""REST filters of the reward fund."""

from django_filters import rest_framework as filters

from awards.models import FundEntry
from core.filters import RowFilters


class FundFilters(RowFilters):
    pass


class FundBudgetFilters(RowFilters):
    year = filters.NumberFilter(label="年度")


class FundEntryFilters(RowFilters):
    kind = filters.ChoiceFilter(choices=FundEntry.Kind.choices, label="类型")
    state = filters.ChoiceFilter(choices=FundEntry.State.choices, label="状态")
    award = filters.NumberFilter("award_id", label="表彰编号")
    since = filters.DateFilter("on", lookup_expr="gte", label="从这一天起")
    until = filters.DateFilter("on", lookup_expr="lte", label="到这一天止")
