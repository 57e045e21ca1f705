"""REST door to half-yearly assessments and to open recruitment; read only, written on the pages and by roster."""

from core.api import ScopedViewSet
from talent import filters
from talent.models import Recruitment, RecruitmentApplication, RecruitmentQuota, ReserveAssessment


class ReserveAssessmentViewSet(ScopedViewSet):
    model = ReserveAssessment
    filterset_class = filters.ReserveAssessmentFilters

    def get_queryset(self):
        """What an assessment is called names the candidate and the village."""
        return super().get_queryset().select_related("candidate__person", "candidate__village")


class RecruitmentViewSet(ScopedViewSet):
    model = Recruitment
    filterset_class = filters.RecruitmentFilters


class RecruitmentQuotaViewSet(ScopedViewSet):
    model = RecruitmentQuota
    filterset_class = filters.RecruitmentQuotaFilters


class RecruitmentApplicationViewSet(ScopedViewSet):
    model = RecruitmentApplication
    filterset_class = filters.RecruitmentApplicationFilters
