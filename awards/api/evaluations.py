"""REST door to evaluation and periodic checks."""

from awards import filters
from awards.models import (
    Evaluation,
    EvaluationAppeal,
    EvaluationItem,
    EvaluationScheme,
    EvaluationScore,
    Inspection,
    InspectionFinding,
    InspectionFollowUp,
    InspectionItem,
)
from core.api import ScopedViewSet


class EvaluationSchemeViewSet(ScopedViewSet):
    model = EvaluationScheme
    filterset_class = filters.EvaluationSchemeFilters


class EvaluationItemViewSet(ScopedViewSet):
    model = EvaluationItem
    filterset_class = filters.EvaluationItemFilters


class EvaluationViewSet(ScopedViewSet):
    model = Evaluation
    filterset_class = filters.EvaluationFilters


class OfEvaluationViewSet(ScopedViewSet):
    filterset_class = filters.OfEvaluationFilters

    def get_queryset(self):
        return super().get_queryset().select_related(
            "evaluation__scheme", "evaluation__person", "evaluation__village"
        )  # fmt: skip


class EvaluationScoreViewSet(OfEvaluationViewSet):
    model = EvaluationScore


class EvaluationAppealViewSet(OfEvaluationViewSet):
    model = EvaluationAppeal
    filterset_class = filters.EvaluationAppealFilters


class InspectionViewSet(ScopedViewSet):
    model = Inspection
    filterset_class = filters.InspectionFilters


class InspectionItemViewSet(ScopedViewSet):
    model = InspectionItem
    filterset_class = filters.OfInspectionFilters


class InspectionFindingViewSet(ScopedViewSet):
    model = InspectionFinding
    filterset_class = filters.OfInspectionFilters


class InspectionFollowUpViewSet(ScopedViewSet):
    model = InspectionFollowUp
    filterset_class = filters.InspectionFollowUpFilters

    def get_queryset(self):
        return super().get_queryset().select_related("finding__inspection", "finding__village")
