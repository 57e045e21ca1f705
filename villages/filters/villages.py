"""REST filters of divisions, villages and what belongs to them."""

from django_filters import rest_framework as filters

from core.filters import DatedMixin, RowFilters, VillageRowFilters
from villages.models import Village, VillageLabel


class DivisionFilters(RowFilters):
    name = filters.CharFilter(label="名称")


class DivisionNameFilters(RowFilters):
    name = filters.CharFilter(label="曾用名")


class VillageFilters(DatedMixin, RowFilters):
    name = filters.CharFilter(lookup_expr="contains", label="名称（含）")
    kind = filters.ChoiceFilter(choices=Village.Kind.choices, label="类型")


class VillageNameFilters(VillageRowFilters):
    name = filters.CharFilter(label="曾用名")


class ApprovedSeatsFilters(VillageRowFilters):
    since = filters.DateFilter("start", "gte", label="从哪一天起，自（含）")
    until = filters.DateFilter("start", "lte", label="从哪一天起，至（含）")


class VillageLabelFilters(DatedMixin, VillageRowFilters):
    label = filters.ChoiceFilter(choices=VillageLabel.Label.choices, label="类别")


class VillageFiguresFilters(VillageRowFilters):
    year = filters.NumberFilter(label="年度")


class TermFilters(DatedMixin, RowFilters):
    name = filters.CharFilter(label="届次")
