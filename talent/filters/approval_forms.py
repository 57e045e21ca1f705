"""REST filters of the cadre appointment forms and their family lines."""

from django_filters import rest_framework as filters

from core.filters import RowFilters


class ApprovalFormFilters(RowFilters):
    person = filters.NumberFilter("person_id", label="人员编号")


class FamilyMemberFilters(RowFilters):
    form = filters.NumberFilter("form_id", label="任免审批表编号")
    person = filters.NumberFilter("form__person_id", label="人员编号")
