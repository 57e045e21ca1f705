"""REST door to evaluation and periodic checks."""

from django.utils import timezone

from awards import filters
from awards.models import (
    BallotCorrection,
    Evaluation,
    EvaluationAppeal,
    EvaluationItem,
    EvaluationScheme,
    EvaluationScore,
    EvidenceFile,
    Inspection,
    InspectionFinding,
    InspectionFollowUp,
    InspectionItem,
)
from awards.models.evaluation import TOWNSHIP_DIGITS
from core.api import ScopedViewSet, row_serializer
from core.scope import scope_code


class EvaluationSchemeViewSet(ScopedViewSet):
    model = EvaluationScheme
    filterset_class = filters.EvaluationSchemeFilters


class EvaluationItemViewSet(ScopedViewSet):
    model = EvaluationItem
    filterset_class = filters.EvaluationItemFilters


class EvaluationSerializer(row_serializer(Evaluation)):
    """年度考核"""

    def to_representation(self, row):
        """What the county decided is told to a township once it is announced."""
        shown = super().to_representation(row)
        if len(scope_code(self.context["request"].user) or "") < TOWNSHIP_DIGITS or row.scheme.was_published(
            timezone.localdate()
        ):
            return shown
        return shown | {"grade": "", "graded_on": None, "opinion": ""}


class EvaluationViewSet(ScopedViewSet):
    model = Evaluation
    filterset_class = filters.EvaluationFilters
    serializer_class = EvaluationSerializer

    def get_serializer_class(self):
        return self.serializer_class


class OfEvaluationViewSet(ScopedViewSet):
    filterset_class = filters.OfEvaluationFilters

    def get_queryset(self):
        return super().get_queryset().select_related(
            "evaluation__scheme", "evaluation__person", "evaluation__village"
        )  # fmt: skip


class EvaluationScoreViewSet(OfEvaluationViewSet):
    model = EvaluationScore
    filterset_class = filters.EvaluationScoreFilters


class EvidenceFileViewSet(OfEvaluationViewSet):
    model = EvidenceFile

    def get_queryset(self):
        return super().get_queryset().defer("content")


class BallotCorrectionViewSet(OfEvaluationViewSet):
    model = BallotCorrection


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
