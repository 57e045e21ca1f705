"""The REST door to the cadre appointment forms; the photograph goes out in Word and .lrmx only."""

from core.api import ScopedViewSet
from talent import filters
from talent.models import ApprovalForm, FamilyMember


class ApprovalFormViewSet(ScopedViewSet):
    model = ApprovalForm
    filterset_class = filters.ApprovalFormFilters


class FamilyMemberViewSet(ScopedViewSet):
    model = FamilyMember
    filterset_class = filters.FamilyMemberFilters

    def get_queryset(self):
        return super().get_queryset().select_related("form__person")
