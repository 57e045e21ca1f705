"""REST door to support policies, applications, payments and results."""

from awards import filters
from awards.models import (
    SupportApplication,
    SupportBudget,
    SupportCondition,
    SupportExclusion,
    SupportPayment,
    SupportPolicy,
    SupportResult,
)
from core.api import ScopedViewSet


class SupportPolicyViewSet(ScopedViewSet):
    model = SupportPolicy
    filterset_class = filters.SupportPolicyFilters


class OfPolicyViewSet(ScopedViewSet):
    filterset_class = filters.OfPolicyFilters

    def get_queryset(self):
        return super().get_queryset().select_related("policy")


class SupportConditionViewSet(OfPolicyViewSet):
    model = SupportCondition


class SupportExclusionViewSet(ScopedViewSet):
    model = SupportExclusion
    filterset_class = filters.SupportExclusionFilters

    def get_queryset(self):
        return super().get_queryset().select_related("first", "second")


class SupportBudgetViewSet(OfPolicyViewSet):
    model = SupportBudget


class SupportApplicationViewSet(ScopedViewSet):
    model = SupportApplication
    filterset_class = filters.SupportApplicationFilters

    def get_queryset(self):
        return super().get_queryset().select_related("policy")


class OfApplicationViewSet(ScopedViewSet):
    filterset_class = filters.OfApplicationFilters

    def get_queryset(self):
        return super().get_queryset().select_related("application__person", "application__policy")


class SupportPaymentViewSet(OfApplicationViewSet):
    model = SupportPayment
    filterset_class = filters.SupportPaymentFilters

    def get_queryset(self):
        return super().get_queryset().select_related("made_by", "checked_by")


class SupportResultViewSet(OfApplicationViewSet):
    model = SupportResult
