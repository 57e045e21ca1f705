"""REST filters of what hangs on people sent in: assessments, visits, secondments; and of kinship."""

from django_filters import rest_framework as filters

from core.filters import DatedMixin, PersonRowFilters, RowFilters
from talent.filters.people import choices_of
from talent.models import Kinship, Secondment


class AssessmentFilters(RowFilters):
    stationing = filters.NumberFilter("stationing_id", label="派驻编号")
    year = filters.NumberFilter(label="考核年度")


class VisitFilters(PersonRowFilters):
    since = filters.DateFilter("start", "gte", label="服务日期自（含）")
    until = filters.DateFilter("start", "lte", label="服务日期至（含）")


class SecondmentFilters(DatedMixin, PersonRowFilters):
    kind = filters.ChoiceFilter(choices=choices_of(Secondment, "kind"), label="挂职类型")


class KinshipFilters(RowFilters):
    first = filters.NumberFilter("first_id", label="甲的人员编号")
    second = filters.NumberFilter("second_id", label="乙的人员编号")
    relation = filters.ChoiceFilter(choices=choices_of(Kinship, "relation"), label="亲属关系")
