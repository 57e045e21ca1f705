"""REST filters of the mid-term review."""

from django_filters import rest_framework as filters

from core.filters import RowFilters, VillageRowFilters
from talent.models import Adjustment, PersonReview, ReviewVisit, TeamReview


class ReviewRoundFilters(RowFilters):
    pass


class TeamReviewFilters(VillageRowFilters):
    round = filters.NumberFilter("round_id", label="研判轮次编号")
    status = filters.ChoiceFilter(choices=TeamReview.Status.choices, label="进度")
    team_class = filters.CharFilter(label="班子等次")


class OfTeamFilters(RowFilters):
    """What hangs on a village's sheet."""

    round = filters.NumberFilter("team__round_id", label="研判轮次编号")
    team = filters.NumberFilter("team_id", label="班子研判编号")


class PersonReviewFilters(OfTeamFilters):
    person = filters.NumberFilter("person_id", label="人员编号")
    grade = filters.CharFilter(label="评价等次")
    proposal = filters.ChoiceFilter(choices=PersonReview.Proposal.choices, label="处理建议")
    reason = filters.CharFilter(label="调整原因")


class ReviewVisitFilters(OfTeamFilters):
    way = filters.ChoiceFilter(choices=ReviewVisit.Way.choices, label="方式")


class AdjustmentFilters(RowFilters):
    round = filters.NumberFilter("review__team__round_id", label="研判轮次编号")
    review = filters.NumberFilter("review_id", label="干部研判编号")
    part = filters.ChoiceFilter(choices=Adjustment.Part.choices, label="事项")
