"""REST filters of what happens in a round of awards."""

from django_filters import rest_framework as filters

from awards.models import AwardObjection, DepartmentOpinion
from core.filters import RowFilters


class OfRoundFilters(RowFilters):
    round = filters.NumberFilter("round_id", label="表彰轮次编号")


class OfNominationFilters(RowFilters):
    round = filters.NumberFilter("nomination__round_id", label="表彰轮次编号")
    nomination = filters.NumberFilter("nomination_id", label="推荐编号")


class DepartmentOpinionFilters(OfNominationFilters):
    opinion = filters.ChoiceFilter(choices=DepartmentOpinion.Opinion.choices, label="意见")


class AwardObjectionFilters(OfNominationFilters):
    finding = filters.ChoiceFilter(choices=AwardObjection.Finding.choices, label="调查结论")
