"""Filters of the admin's lists, drawn as one bar of selects; their choices stop at the user's scope."""

from django.contrib.admin import ChoicesFieldListFilter, RelatedFieldListFilter, SimpleListFilter

from core.periods import in_force
from core.views.figures import townships


class ChoiceFilter(ChoicesFieldListFilter):
    """A select of the field's choices."""


class RelatedFilter(RelatedFieldListFilter):
    """A select of the related rows that the user may see."""

    def field_choices(self, field, request, model_admin):
        related = field.remote_field.model._default_manager.visible_to(request.user)
        return [(row.pk, str(row)) for row in related.order_by(*field.remote_field.model._meta.ordering)]

    def has_output(self):
        return bool(self.lookup_choices)


class TownshipFilter(SimpleListFilter):
    """Rows below one township; nothing to choose for somebody who has only one."""

    title, parameter_name = "乡镇", "township"

    def lookups(self, request, model_admin):
        return [(township.code, township.name) for township in townships(request.user)]

    def queryset(self, request, queryset):
        return queryset.below(self.value()) if self.value() in dict(self.lookup_choices) else queryset


class InForceFilter(SimpleListFilter):
    """Dated rows in force on the data date, which is what a list shows unless asked otherwise."""

    title, parameter_name = "状态", "state"
    labels = {"": "在任", "ended": "已离任", "all": "全部"}

    def lookups(self, request, model_admin):
        return [(value, label) for value, label in self.labels.items() if value]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        if self.value() == "ended":
            return queryset.filter(end__lt=request.on)
        return queryset.filter(in_force(request.on))

    def choices(self, changelist):
        for value, label in self.labels.items():
            yield {
                "selected": (self.value() or "") == value,
                "query_string": changelist.get_query_string({self.parameter_name: value or None}),
                "display": label,
                "is_default": not value,
            }


def in_force_filter(title, current, ended):
    """An InForceFilter in the words of a model: in_force_filter("状态", "在库", "已出库")."""
    return type(
        "InForceFilter", (InForceFilter,), {"title": title, "labels": {"": current, "ended": ended, "all": "全部"}}
    )
