"""REST door to what hangs on people sent in, and to kinship."""

from core.api import ScopedViewSet
from talent import filters
from talent.models import Kinship, Secondment, ServiceVisit, StationingAssessment


class StationingAssessmentViewSet(ScopedViewSet):
    model = StationingAssessment
    filterset_class = filters.AssessmentFilters

    def get_queryset(self):
        return super().get_queryset().select_related("stationing__person", "stationing__village")


class ServiceVisitViewSet(ScopedViewSet):
    model = ServiceVisit
    filterset_class = filters.VisitFilters


class SecondmentViewSet(ScopedViewSet):
    model = Secondment
    filterset_class = filters.SecondmentFilters


class KinshipViewSet(ScopedViewSet):
    model = Kinship
    filterset_class = filters.KinshipFilters
