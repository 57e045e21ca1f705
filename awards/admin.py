"""Admin pages of award schemes and awards."""

from django.contrib import admin

from awards.models import Award, AwardScheme
from core.admin import ChoiceFilter, RelatedFilter, ScopedAdmin, TownshipFilter
from talent.admin import PersonRowAdmin


@admin.register(AwardScheme)
class AwardSchemeAdmin(ScopedAdmin):
    list_display = ("name", "level", "division", "approval_no")
    list_filter = (("level", ChoiceFilter),)
    list_select_related = ("division",)
    search_fields = ("name", "approval_no")
    ordering = ("division_id", "name", "pk")
    empty = "还没有表彰项目。点右上角新建。"


@admin.register(Award)
class AwardAdmin(PersonRowAdmin):
    list_display = ("scheme", "year", "winner", "township", "village_link", "category", "document_no", "decided_on")
    list_filter = ("year", ("scheme", RelatedFilter), ("category", ChoiceFilter), TownshipFilter)
    list_select_related = ("scheme", "person", "village__township")
    ordering = ("-year", "scheme_id", "village_id", "pk")
    fields = (
        "scheme", "year", "village", "person", "collective", "category", "document_no", "decided_on", "remarks",
    )  # fmt: skip
    empty = "还没有表彰。点右上角新建。"

    @admin.display(description="获奖个人（集体）")
    def winner(self, award):
        return self.person_name(award) if award.person_id else award.collective
