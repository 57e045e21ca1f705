"""The base classes of the REST filters: by division, by village, by date; none of them can name what is out of scope."""

from django.core.validators import RegexValidator
from django_filters import rest_framework as filters

from core.periods import in_force

CODE = RegexValidator(r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$", "区划代码应为 2、4、6、9 或 12 位数字。")
VILLAGE_CODE = RegexValidator(r"^[0-9]{12}$", "村级代码应为 12 位数字。")


class RowFilters(filters.FilterSet):
    """What every list can be narrowed by."""

    division = filters.CharFilter(method="below", validators=[CODE], label="区划代码：该区划（或村）及以下")

    def below(self, rows, name, code):
        return rows.below(code)


class VillageRowFilters(RowFilters):
    village = filters.CharFilter("village_id", validators=[VILLAGE_CODE], label="村级代码")


class PersonRowFilters(VillageRowFilters):
    person = filters.NumberFilter("person_id", label="人员编号")


class DatedMixin(filters.FilterSet):
    """`on`: rows in force on a date, the last day included."""

    on = filters.DateFilter(method="in_force_on", label="时点：这一天有效的（最后一天在内）")

    def in_force_on(self, rows, name, on):
        return rows.filter(in_force(on))
