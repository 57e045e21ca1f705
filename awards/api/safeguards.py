"""REST door to safeguards."""

from awards import filters
from awards.models import SafeguardRecord, SafeguardStandard
from core.api import ScopedViewSet


class SafeguardStandardViewSet(ScopedViewSet):
    model = SafeguardStandard
    filterset_class = filters.SafeguardStandardFilters


class SafeguardRecordViewSet(ScopedViewSet):
    model = SafeguardRecord
    filterset_class = filters.SafeguardRecordFilters
