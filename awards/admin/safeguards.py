"""Admin lists of safeguards, to look things up: everything is written on the pages of 保障."""

from django.contrib import admin

from awards.models import SafeguardRecord, SafeguardStandard
from core.admin import ChoiceFilter, LookedUpAdmin, TownshipFilter


@admin.register(SafeguardStandard)
class SafeguardStandardAdmin(LookedUpAdmin):
    list_display = ("post", "year", "basic", "performance", "allowance", "document_no", "division")
    list_filter = ("year", ("post", ChoiceFilter))
    list_select_related = ("division",)
    ordering = ("division_id", "-year", "post", "pk")
    empty = "还没有报酬标准。在“保障”里填。"


@admin.register(SafeguardRecord)
class SafeguardRecordAdmin(LookedUpAdmin):
    list_display = ("person", "year", "village", "pension", "medical", "accident", "checkup_on", "housing")
    list_filter = ("year", ("pension", ChoiceFilter), ("medical", ChoiceFilter), TownshipFilter)
    list_select_related = ("person", "village")
    search_fields = ("person__name",)
    ordering = ("-year", "village_id", "pk")
    empty = "还没有保障记录。在“保障”里登记，或上传保障名册。"
