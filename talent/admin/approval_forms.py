"""Admin pages of the cadre appointment forms: looked up here, filled in on the person's own page."""

from django.contrib import admin

from core.admin import LookedUpAdmin, TownshipFilter
from talent.admin.rows import person_link
from talent.models import ApprovalForm, FamilyMember


@admin.register(ApprovalForm)
class ApprovalFormAdmin(LookedUpAdmin):
    list_display = ("holder", "current_post", "proposed_post", "removed_post", "updated_at")
    list_display_links = ("updated_at",)
    list_filter = (TownshipFilter,)
    list_select_related = ("person",)
    ordering = ("person__village_id", "person_id")
    empty = "还没有人填过任免审批表。在人员档案里按“任免审批表”填写或读入。"

    @admin.display(description="姓名")
    def holder(self, row):
        return person_link(row.person)


@admin.register(FamilyMember)
class FamilyMemberAdmin(LookedUpAdmin):
    list_display = ("holder", "title", "name", "born", "political_status", "post")
    list_display_links = ("name",)
    list_filter = (TownshipFilter,)
    list_select_related = ("form__person",)
    ordering = ("form__person__village_id", "form_id", "position")
    empty = "还没有登记家庭主要成员。在人员档案里按“任免审批表”填写或读入。"

    @admin.display(description="本人")
    def holder(self, row):
        return person_link(row.form.person)
