"""REST door to elections: rounds, plans, villages, candidates, joint review, results. All of it is read here."""

from core.api import ScopedViewSet
from talent.filters import elections as filters
from talent.models import (
    Candidate,
    ElectionBallot,
    ElectionRound,
    ElectionStep,
    ElectionStepDone,
    ElectionVillage,
    HandoverItem,
    JointReviewDepartment,
    JointReviewItem,
    JointReviewMark,
)


class ElectionRoundViewSet(ScopedViewSet):
    model = ElectionRound
    filterset_class = filters.ElectionRoundFilters


class ElectionStepViewSet(ScopedViewSet):
    model = ElectionStep
    filterset_class = filters.ElectionStepFilters


class ElectionVillageViewSet(ScopedViewSet):
    model = ElectionVillage
    filterset_class = filters.ElectionVillageFilters


class _OfPlace(ScopedViewSet):
    """Rows of a village in a round; what names them needs both."""

    filterset_class = filters.OfPlaceFilters

    def get_queryset(self):
        return super().get_queryset().select_related("place__round", "place__village")


class ElectionStepDoneViewSet(_OfPlace):
    model = ElectionStepDone


class ElectionBallotViewSet(_OfPlace):
    model = ElectionBallot
    filterset_class = filters.ElectionBallotFilters


class HandoverItemViewSet(_OfPlace):
    model = HandoverItem


class CandidateViewSet(ScopedViewSet):
    model = Candidate
    filterset_class = filters.CandidateFilters


class JointReviewDepartmentViewSet(ScopedViewSet):
    model = JointReviewDepartment
    filterset_class = filters.OfRoundFilters


class JointReviewItemViewSet(ScopedViewSet):
    model = JointReviewItem
    filterset_class = filters.JointReviewItemFilters


class JointReviewMarkViewSet(ScopedViewSet):
    model = JointReviewMark
    filterset_class = filters.JointReviewMarkFilters

    def get_queryset(self):
        return super().get_queryset().select_related("item__department")
