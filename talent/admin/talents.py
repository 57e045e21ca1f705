"""Admin pages of confirmations, needs, matches and visits."""

from django.contrib import admin

from core.admin import ChoiceFilter, RelatedFilter, ScopedAdmin, TownshipFilter
from rosters.onto import UploadOntoMixin
from talent.admin.rows import person_link
from talent.models import Demand, DemandRound, DemandVisit, Match, TalentConfirmation


@admin.register(TalentConfirmation)
class TalentConfirmationAdmin(ScopedAdmin):
    roster = "confirmations"
    list_display = ("person_name", "year", "is_here", "confirmed_on", "by", "remarks")
    list_display_links = ("year",)
    list_filter = ("year", "is_here", TownshipFilter)
    list_select_related = ("talent__person", "talent__village", "by")
    search_fields = ("talent__person__name",)
    search_help_text = "姓名"
    ordering = ("-year", "talent_id", "pk")
    autocomplete_fields = ("talent",)
    exclude = ("by",)
    readonly_fields = ("written_by",)
    empty = "还没有确认过。在“人才库”的“年度确认”里逐村点一下。"

    @admin.display(description="姓名")
    def person_name(self, row):
        return person_link(row.talent.person)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("talent__person", "talent__village")

    def save_model(self, request, obj, form, change):
        if not change:
            obj.by = request.user
        super().save_model(request, obj, form, change)


@admin.register(DemandRound)
class DemandRoundAdmin(UploadOntoMixin, ScopedAdmin):
    roster = "demand_rounds"
    upload_onto = ("demands", "上传人才需求汇总表")
    list_display = ("name", "year", "opens_on", "closes_on", "document_no")
    list_filter = ("year",)
    search_fields = ("name", "document_no")
    ordering = ("-year", "name", "pk")
    fields = ("division", "year", "name", "opens_on", "closes_on", "document_no", "remarks")
    empty = "还没有人才需求调查。点右上角新建，乡镇才能填报需求。"


@admin.register(Demand)
class DemandAdmin(ScopedAdmin):
    roster = "demands"
    list_display = (
        "post", "asker_shown", "township", "class_shown", "number", "manner", "start", "end", "stated_on", "published_on",
        "closed_on",
    )  # fmt: skip
    list_filter = (
        ("round", RelatedFilter), TownshipFilter, ("asker", ChoiceFilter), ("talent_class", ChoiceFilter), ("manner", ChoiceFilter),
    )  # fmt: skip
    list_select_related = ("round", "township", "village")
    search_fields = ("post", "unit", "village__name")
    search_help_text = "岗位、单位、村"
    ordering = ("-round_id", "township_id", "village_id", "pk")
    autocomplete_fields = ("round", "township", "village")
    empty = "还没有人才需求。在“需求与对接”里登记，或从“花名册”上传。"

    def get_readonly_fields(self, request, obj=None):
        """The county alone lets the search begin, here as on the page."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.has_perm("talent.add_demandround") else (*fixed, "published_on")

    @admin.display(description="需求单位")
    def asker_shown(self, row):
        return row.asker_text

    @admin.display(description="类别")
    def class_shown(self, row):
        return row.class_text

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("round", "township", "village")


@admin.register(Match)
class MatchAdmin(ScopedAdmin):
    roster = "matches"
    list_display = (
        "person_name", "need", "score", "proposed_on", "invited_on", "accepted_on", "declined_on", "agreed_on", "arrived_on", "grade",
        "ended_on",
    )  # fmt: skip
    list_display_links = ("need",)
    list_filter = (TownshipFilter, ("grade", ChoiceFilter))
    list_select_related = ("talent__person", "talent__village", "demand__township", "demand__village")
    search_fields = ("demand__post", "talent__person__name")
    search_help_text = "岗位、姓名"
    ordering = ("-proposed_on", "pk")
    autocomplete_fields = ("demand", "talent")
    empty = "还没有推荐过人。打开一项需求，在系统建议的人选里打勾推荐。"

    @admin.display(description="人选")
    def person_name(self, row):
        return row.talent.person.name

    @admin.display(description="人才需求")
    def need(self, row):
        return str(row.demand)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.list_select_related)


@admin.register(DemandVisit)
class DemandVisitAdmin(ScopedAdmin):
    roster = "demand_visits"
    list_display = ("visited_on", "served", "days", "done")
    list_filter = (TownshipFilter,)
    list_select_related = ("match__talent__person", "match__demand__township", "match__demand__village")
    ordering = ("-visited_on", "pk")
    autocomplete_fields = ("match",)
    empty = "还没有上门服务的记录。打开一项需求，在“上门服务”里记。"

    @admin.display(description="供需对接")
    def served(self, row):
        return str(row.match)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.list_select_related)
