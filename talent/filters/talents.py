"""REST filters of the pool of talents, of needs, matches and visits."""

from django_filters import rest_framework as filters

from core.filters import DatedMixin, PersonRowFilters, RowFilters, VillageRowFilters
from talent.models import Business, Demand, Match, RuralTalent, SubClass, TalentClass


class RuralTalentFilters(DatedMixin, PersonRowFilters):
    business = filters.ChoiceFilter(choices=Business.choices, label="经营类型")
    talent_class = filters.ChoiceFilter(choices=TalentClass.choices, label="人才大类")
    sub_class = filters.ChoiceFilter(choices=SubClass.choices, label="人才小类")
    category = filters.ChoiceFilter(choices=RuralTalent.Category.choices, label="人才类别")
    is_demonstration = filters.BooleanFilter(label="示范户")
    origin = filters.ChoiceFilter(choices=RuralTalent.Origin.choices, label="引育方式")
    tag = filters.CharFilter(method="with_tag", label="身份标签")
    skill = filters.CharFilter(method="with_skill", label="技能关键词、特长或证书里的词")

    def with_tag(self, talents, name, tag):
        return talents.tagged(tag)

    def with_skill(self, talents, name, word):
        return talents.skilled(word)


class TalentConfirmationFilters(RowFilters):
    talent = filters.NumberFilter("talent_id", label="乡村人才编号")
    year = filters.NumberFilter(label="年度")
    is_here = filters.BooleanFilter(label="仍在")


class DemandRoundFilters(RowFilters):
    year = filters.NumberFilter(label="年度")


class DemandFilters(VillageRowFilters):
    round = filters.NumberFilter("round_id", label="需求调查编号")
    talent_class = filters.ChoiceFilter(choices=TalentClass.choices, label="人才大类")
    sub_class = filters.ChoiceFilter(choices=SubClass.choices, label="人才小类")
    manner = filters.ChoiceFilter(choices=Demand._meta.get_field("manner").choices, label="引进方式")
    open_on = filters.DateFilter(method="open_on_day", label="这一天未满足的")
    met_on = filters.DateFilter(method="met_on_day", label="这一天已满足的")

    def open_on_day(self, demands, name, on):
        return demands.open(on)

    def met_on_day(self, demands, name, on):
        return demands.met(on)


class MatchFilters(RowFilters):
    demand = filters.NumberFilter("demand_id", label="人才需求编号")
    talent = filters.NumberFilter("talent_id", label="乡村人才编号")
    grade = filters.ChoiceFilter(choices=Match.Grade.choices, label="评价")


class DemandVisitFilters(RowFilters):
    match = filters.NumberFilter("match_id", label="供需对接编号")
