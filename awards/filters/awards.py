"""REST filters of award schemes, rounds, nominations and awards."""

from django_filters import rest_framework as filters

from awards.models import Award, AwardScheme, Nomination
from core.filters import PersonRowFilters, RowFilters


class AwardSchemeFilters(RowFilters):
    level = filters.ChoiceFilter(choices=AwardScheme.Level.choices, label="级别")


class AwardFilters(PersonRowFilters):
    scheme = filters.NumberFilter("scheme_id", label="表彰项目编号")
    year = filters.NumberFilter(label="年度")
    category = filters.ChoiceFilter(choices=Award.Category.choices, label="类别")


class AwardRoundFilters(RowFilters):
    scheme = filters.NumberFilter("scheme_id", label="表彰项目编号")
    year = filters.NumberFilter(label="年度")


class NominationFilters(PersonRowFilters):
    round = filters.NumberFilter("round_id", label="表彰轮次编号")
    nominee_type = filters.ChoiceFilter(choices=Nomination.Type.choices, label="推荐类型")
    category = filters.ChoiceFilter(choices=Award.Category.choices, label="推荐奖项")
