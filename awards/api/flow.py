"""REST door to what happens in a round of awards."""

from awards import filters
from awards.models import (
    AwardJudge,
    AwardObjection,
    AwardPublicity,
    AwardQuota,
    AwardScore,
    DepartmentOpinion,
    NominationAttachment,
)
from core.api import ScopedViewSet


class AwardQuotaViewSet(ScopedViewSet):
    model = AwardQuota
    filterset_class = filters.OfRoundFilters

    def get_queryset(self):
        return super().get_queryset().select_related("round__scheme")


class OfNominationViewSet(ScopedViewSet):
    filterset_class = filters.OfNominationFilters

    def get_queryset(self):
        return super().get_queryset().select_related("nomination__round__scheme", "nomination__person")


class NominationAttachmentViewSet(OfNominationViewSet):
    model = NominationAttachment

    def get_queryset(self):
        return super().get_queryset().defer("content")


class DepartmentOpinionViewSet(OfNominationViewSet):
    model = DepartmentOpinion
    filterset_class = filters.DepartmentOpinionFilters


class AwardJudgeViewSet(ScopedViewSet):
    model = AwardJudge
    filterset_class = filters.OfRoundFilters

    def get_queryset(self):
        return super().get_queryset().select_related("round__scheme")


class AwardScoreViewSet(OfNominationViewSet):
    model = AwardScore


class AwardPublicityViewSet(ScopedViewSet):
    model = AwardPublicity
    filterset_class = filters.OfRoundFilters

    def get_queryset(self):
        return super().get_queryset().select_related("round__scheme")


class AwardObjectionViewSet(OfNominationViewSet):
    model = AwardObjection
    filterset_class = filters.AwardObjectionFilters
