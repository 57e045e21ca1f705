"""REST filters of safeguards."""

from django_filters import rest_framework as filters

from awards.models import SafeguardRecord, SafeguardStandard
from core.filters import PersonRowFilters, RowFilters


class SafeguardStandardFilters(RowFilters):
    year = filters.NumberFilter(label="年度")
    post = filters.ChoiceFilter(choices=SafeguardStandard._meta.get_field("post").choices, label="职务")


class SafeguardRecordFilters(PersonRowFilters):
    year = filters.NumberFilter(label="年度")
    pension = filters.ChoiceFilter(choices=SafeguardRecord.Pension.choices, label="养老保险")
    medical = filters.ChoiceFilter(choices=SafeguardRecord.Medical.choices, label="医疗保险")
