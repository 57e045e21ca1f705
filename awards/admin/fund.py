"""Admin lists of the reward fund, to look things up: everything is written on the page of 奖励基金."""

from django.contrib import admin

from awards.models import FundBudget, FundEntry, RewardFund
from core.admin import ChoiceFilter, LookedUpAdmin


@admin.register(RewardFund)
class RewardFundAdmin(LookedUpAdmin):
    list_display = ("name", "division", "document_no", "balance")
    search_fields = ("name", "document_no")
    list_select_related = ("division",)
    ordering = ("division_id", "pk")
    empty = "还没有奖励基金。在“奖励基金”里建立。"


@admin.register(FundBudget)
class FundBudgetAdmin(LookedUpAdmin):
    list_display = ("fund", "year", "amount", "document_no")
    list_filter = ("year",)
    list_select_related = ("fund",)
    ordering = ("fund_id", "-year", "pk")
    empty = "还没有预算。在“奖励基金”里登记。"


@admin.register(FundEntry)
class FundEntryAdmin(LookedUpAdmin):
    list_display = ("on", "fund", "kind", "amount", "party", "basis", "state")
    list_filter = (("kind", ChoiceFilter), ("state", ChoiceFilter))
    fields = ("fund", "kind", "on", "amount", "form", "award", "party", "basis", "state", "checked_on", "note")
    list_select_related = ("fund",)
    search_fields = ("party", "basis")
    ordering = ("-on", "-pk")
    empty = "还没有收支。在“奖励基金”里登记。"
