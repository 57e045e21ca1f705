"""Admin pages of what was decided about files that may be one human."""

from django.contrib import admin

from core.admin import ScopedAdmin
from talent.admin.rows import person_link
from talent.models import FormerIdNumber, NotSamePerson


@admin.register(FormerIdNumber)
class FormerIdNumberAdmin(ScopedAdmin):
    not_returned = "两份档案合并时由系统记下，导出的表供查阅，不传回。"
    list_display = ("holder", "id_masked", "merged_at")
    list_display_links = ("id_masked",)
    list_select_related = ("person",)
    search_fields = ("person__name",)
    search_help_text = "姓名"
    autocomplete_fields = ("person",)
    ordering = ("-pk",)
    empty = "还没有曾登记的身份证号。两份档案合并时，没有留下的那个号码记在这里。"

    @admin.display(description="人员")
    def holder(self, row):
        return person_link(row.person)

    @admin.display(description="曾登记的身份证号")
    def id_masked(self, row):
        return row.id_masked


@admin.register(NotSamePerson)
class NotSamePersonAdmin(ScopedAdmin):
    not_returned = "在“疑似同一人”里核对时记下，导出的表供查阅，不传回。"
    list_display = ("one", "other", "reason", "by", "at")
    list_display_links = ("reason",)
    list_select_related = ("first", "second", "by")
    search_fields = ("first__name", "second__name", "reason")
    search_help_text = "姓名、依据"
    autocomplete_fields = ("first", "second")
    exclude = ("by",)
    readonly_fields = ("written_by",)
    ordering = ("-pk",)
    empty = "还没有认定过。在“疑似同一人”里核对后，认定不是同一人的记在这里。"

    @admin.display(description="甲")
    def one(self, row):
        return person_link(row.first)

    @admin.display(description="乙")
    def other(self, row):
        return person_link(row.second)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.by = request.user
        super().save_model(request, obj, form, change)
