"""REST door to the mid-term review: read only, since a sheet is written in steps that belong together."""

from core.api import ScopedViewSet
from talent import filters
from talent.models import Adjustment, PersonReview, ReviewRound, ReviewVisit, TeamReview


class ReviewRoundViewSet(ScopedViewSet):
    model = ReviewRound
    filterset_class = filters.ReviewRoundFilters


class TeamReviewViewSet(ScopedViewSet):
    model = TeamReview
    filterset_class = filters.TeamReviewFilters


class PersonReviewViewSet(ScopedViewSet):
    model = PersonReview
    filterset_class = filters.PersonReviewFilters

    def get_queryset(self):
        return super().get_queryset().select_related("team__round", "team__village")


class ReviewVisitViewSet(ScopedViewSet):
    model = ReviewVisit
    filterset_class = filters.ReviewVisitFilters

    def get_queryset(self):
        return super().get_queryset().select_related("team__round", "team__village")


class AdjustmentViewSet(ScopedViewSet):
    model = Adjustment
    filterset_class = filters.AdjustmentFilters

    def get_queryset(self):
        named = ("review__person", "review__team__round", "review__team__village")
        seats = ("appointment__person", "appointment__village")
        return super().get_queryset().select_related(*named, *seats)
