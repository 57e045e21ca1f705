"""REST filters of uploads and of their rows."""

from django_filters import rest_framework as filters

from core.filters import RowFilters
from rosters.models import Upload, UploadRow


class UploadFilters(RowFilters):
    kind = filters.CharFilter(label="名册")
    state = filters.ChoiceFilter(field_name="status", choices=Upload.Status.choices, label="状态")


class UploadRowFilters(filters.FilterSet):
    outcome = filters.ChoiceFilter(choices=UploadRow.Outcome.choices, label="结果")
    change = filters.ChoiceFilter(choices=UploadRow.Change.choices, label="变化")
