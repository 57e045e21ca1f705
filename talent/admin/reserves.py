"""Admin pages of half-yearly assessments and open recruitment."""

from django.contrib import admin

from core.admin import ChoiceFilter, RelatedFilter, ScopedAdmin
from core.admin.base import ScopedInline
from talent.admin.rows import person_link
from talent.models import Recruitment, RecruitmentApplication, RecruitmentQuota, ReserveAssessment


@admin.register(ReserveAssessment)
class ReserveAssessmentAdmin(ScopedAdmin):
    roster = "reserve_assessments"
    list_display = ("person", "village", "period_text", "result", "assessed_on", "by")
    list_display_links = ("period_text",)
    list_filter = (("half", ChoiceFilter),)
    list_select_related = ("candidate__person", "candidate__village", "by")
    raw_id_fields = ("candidate",)
    ordering = ("-year", "-half", "candidate_id", "pk")
    empty = "还没有研判。在“后备干部”里点开一个人登记。"

    @admin.display(description="姓名")
    def person(self, row):
        return person_link(row.candidate.person)

    @admin.display(description="村")
    def village(self, row):
        return row.candidate.village.name

    @admin.display(description="半年", ordering="year")
    def period_text(self, row):
        return row.period

    def save_model(self, request, obj, form, change):
        if not change:
            obj.by = request.user
        super().save_model(request, obj, form, change)


class QuotaInline(ScopedInline):
    model = RecruitmentQuota
    fields = ("township", "places")


@admin.register(Recruitment)
class RecruitmentAdmin(ScopedAdmin):
    roster = "recruitments"
    list_display = ("title", "year", "division", "published_on", "applies_until", "publicised_until")
    list_filter = ("year",)
    list_select_related = ("division",)
    search_fields = ("title",)
    search_help_text = "公告标题"
    ordering = ("-year", "-published_on", "pk")
    inlines = (QuotaInline,)
    empty = "还没有公开招聘。请在“公开招聘”里发布公告。"


@admin.register(RecruitmentQuota)
class RecruitmentQuotaAdmin(ScopedAdmin):
    roster = "recruitments"
    list_display = ("recruitment", "township", "places")
    list_filter = (("recruitment", RelatedFilter),)
    list_select_related = ("recruitment", "township")
    ordering = ("recruitment_id", "township_id", "pk")
    empty = "还没有名额。名额在招聘公告里填。"


@admin.register(RecruitmentApplication)
class RecruitmentApplicationAdmin(ScopedAdmin):
    roster = "applicants"
    list_display = ("applicant", "recruitment", "village", "eligibility", "written", "interview", "engaged_on")
    list_display_links = ("recruitment",)
    list_filter = (("recruitment", RelatedFilter), ("eligibility", ChoiceFilter))
    list_select_related = ("person", "recruitment", "village")
    autocomplete_fields = ("person", "village")
    readonly_fields = ("engaged_on", "document_no", "place")
    ordering = ("recruitment_id", "village_id", "pk")
    empty = "还没有报名人员。请在“花名册”里上传公开招聘报名和成绩名册。"

    @admin.display(description="姓名")
    def applicant(self, row):
        return person_link(row.person)
