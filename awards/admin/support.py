"""Admin lists of support policies, to look things up: everything is written on the pages of 扶持政策."""

from django.contrib import admin

from awards.models import (
    SupportApplication,
    SupportBudget,
    SupportCondition,
    SupportExclusion,
    SupportPayment,
    SupportPolicy,
    SupportResult,
)
from core.admin import ChoiceFilter, LookedUpAdmin, RelatedFilter, TownshipFilter


@admin.register(SupportPolicy)
class SupportPolicyAdmin(LookedUpAdmin):
    list_display = ("name", "kind", "document_no", "start", "end", "formula", "rate", "cap", "exclusion_group")
    list_filter = (("kind", ChoiceFilter),)
    search_fields = ("name", "document_no")
    ordering = ("division_id", "-start", "name", "pk")
    empty = "还没有扶持政策。在“扶持政策”里登记。"


class OfPolicyAdmin(LookedUpAdmin):
    list_filter = (("policy", RelatedFilter),)
    list_select_related = ("policy",)


@admin.register(SupportCondition)
class SupportConditionAdmin(OfPolicyAdmin):
    list_display = ("policy", "kind", "least", "most", "words")
    ordering = ("policy_id", "kind", "pk")
    empty = "还没有条件。在“扶持政策”里登记。"


@admin.register(SupportExclusion)
class SupportExclusionAdmin(LookedUpAdmin):
    list_display = ("first", "second", "span")
    list_filter = (("first", RelatedFilter), ("span", ChoiceFilter))
    list_select_related = ("first", "second")
    ordering = ("first_id", "second_id")
    empty = "还没有互斥的政策。在“扶持政策”里登记。"


@admin.register(SupportBudget)
class SupportBudgetAdmin(OfPolicyAdmin):
    list_display = ("policy", "year", "amount", "granted", "document_no")
    ordering = ("policy_id", "-year", "pk")
    empty = "还没有预算。在“扶持政策”里登记。"


@admin.register(SupportApplication)
class SupportApplicationAdmin(LookedUpAdmin):
    list_display = ("person", "policy", "village", "applied_on", "project", "state", "amount", "decided_on")
    list_filter = (("policy", RelatedFilter), ("state", ChoiceFilter), TownshipFilter)
    list_select_related = ("person", "policy", "village")
    fields = (
        "policy", "person", "village", "applied_on", "business", "project", "base", "bank", "loan", "loan_rate", "loan_start",
        "loan_end", "state", "amount", "decided_on", "decision_no", "reason", "remarks",
    )  # fmt: skip
    search_fields = ("person__name", "project")
    ordering = ("-applied_on", "-pk")
    empty = "还没有扶持申请。在“扶持政策”里申请，或上传扶持申请表。"


class OfApplicationAdmin(LookedUpAdmin):
    list_select_related = ("application__person", "application__policy")
    search_fields = ("application__person__name",)


@admin.register(SupportPayment)
class SupportPaymentAdmin(OfApplicationAdmin):
    list_display = ("application", "on", "amount", "basis", "state", "checked_on")
    list_filter = (("state", ChoiceFilter),)
    fields = ("application", "on", "amount", "basis", "state", "checked_on", "note")
    ordering = ("-on", "-pk")
    empty = "还没有支付。在申请的页面登记。"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("application__person", "application__policy")


@admin.register(SupportResult)
class SupportResultAdmin(OfApplicationAdmin):
    list_display = ("application", "after_years", "checked_on", "in_business", "jobs", "people_led")
    ordering = ("application_id", "after_years", "pk")
    empty = "还没有回访。在申请的页面登记。"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("application__person", "application__policy")
