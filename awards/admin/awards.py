"""Admin pages of award schemes, their rounds, nominations and awards."""

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from awards.models import Award, AwardRound, AwardScheme, Nomination
from core.admin import ChoiceFilter, RelatedFilter, ScopedAdmin, TownshipFilter
from rosters.onto import UploadOntoMixin
from talent.admin import PersonRowAdmin
from talent.admin.rows import SEARCH_HELP, PersonColumns
from talent.models import Person


@admin.register(AwardScheme)
class AwardSchemeAdmin(ScopedAdmin):
    roster = "award_rounds"
    list_display = ("name", "level", "division", "approval_no")
    list_filter = (("level", ChoiceFilter),)
    list_select_related = ("division",)
    search_fields = ("name", "approval_no")
    ordering = ("division_id", "name", "pk")
    empty = "还没有表彰项目。点右上角新建。"


@admin.register(Award)
class AwardAdmin(PersonRowAdmin):
    roster = "awards_given"
    list_display = ("scheme", "year", "winner", "township", "village_link", "category", "document_no", "decided_on")
    list_filter = ("year", ("scheme", RelatedFilter), ("category", ChoiceFilter), TownshipFilter)
    list_select_related = ("scheme", "person", "village__township")
    ordering = ("-year", "scheme_id", "village_id", "pk")
    fields = (
        "scheme", "year", "village", "person", "collective", "category", "document_no", "decided_on", "bonus",
        "material", "honours", "remarks",
    )  # fmt: skip
    empty = "还没有表彰。点右上角新建。"

    @admin.display(description="获奖个人（集体）")
    def winner(self, award):
        return self.person_name(award) if award.person_id else award.collective


@admin.register(AwardRound)
class AwardRoundAdmin(UploadOntoMixin, ScopedAdmin):
    roster = "award_rounds"
    upload_onto = ("nominees", "上传推荐汇总表")
    list_display = ("round_text", "scheme", "year", "opens_on", "closes_on", "document_no")
    list_filter = ("year", ("scheme", RelatedFilter))
    list_select_related = ("scheme",)
    search_fields = ("name", "scheme__name", "document_no")
    search_help_text = "表彰项目、期次、文号"
    ordering = ("-year", "scheme_id", "name", "pk")
    fields = ("scheme", "year", "name", "opens_on", "closes_on", "document_no", "remarks")
    empty = "还没有表彰轮次。点右上角新建，乡镇才能上传推荐汇总表。"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("scheme")

    @admin.display(description="轮次")
    def round_text(self, row):
        return str(row)


@admin.register(Nomination)
class NominationAdmin(PersonColumns, ScopedAdmin):
    roster = "nominees"
    autocomplete_fields = ("person", "village")
    list_display = (
        "round_text",
        "township_name",
        "nominee_type",
        "nominee",
        "village_link",
        "unit",
        "category",
        "withdrawn_on",
    )
    list_display_links = ("round_text",)
    list_filter = (("round", RelatedFilter), ("nominee_type", ChoiceFilter), ("category", ChoiceFilter), TownshipFilter)
    list_select_related = ("round__scheme", "person", "village", "township")
    search_fields = ("collective",)
    search_help_text = f"{SEARCH_HELP}、集体名称"
    ordering = ("-round__year", "round_id", "township_id", "-nominee_type", "pk")
    fields = (
        "round", "township", "nominee_type", "person", "collective", "village", "unit", "category", "achievements",
        "leader_name", "member_count", "phone", "remarks",
    )  # fmt: skip
    empty = "还没有推荐。在“表彰轮次”里打开一轮，上传推荐汇总表，或点右上角新建。"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("round__scheme", "person")

    def get_search_results(self, request, queryset, search_term):
        words = "".join(search_term.split())
        if not words:
            return queryset, False
        return queryset.filter(Q(person__in=Person.objects.search(words)) | Q(collective__contains=words)), False

    @admin.display(description="轮次", ordering="round__year")
    def round_text(self, row):
        return str(row.round)

    @admin.display(description="推荐乡镇", ordering="township_id")
    def township_name(self, row):
        return row.township.name

    @admin.display(description="个人（集体）")
    def nominee(self, row):
        return self.person_name(row) if row.person_id else row.collective

    @admin.display(description="村", ordering="village_id")
    def village_link(self, row):
        if not row.village_id:
            return ""
        return format_html('<a href="{}">{}</a>', reverse("village", args=[row.village_id]), row.village.name)

    @admin.display(description="集体的联系电话")
    def phone_masked(self, row):
        return row.phone_masked
