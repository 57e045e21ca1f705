"""Admin lists of what happens in a round, to look things up: everything is written on the pages of 表彰."""

from django.contrib import admin

from awards.models import (
    AwardJudge,
    AwardObjection,
    AwardPublicity,
    AwardQuota,
    AwardScore,
    DepartmentOpinion,
    NominationAttachment,
)
from core.admin import ChoiceFilter, LookedUpAdmin, RelatedFilter


@admin.register(AwardQuota)
class AwardQuotaAdmin(LookedUpAdmin):
    list_display = ("round", "township", "individuals", "collectives")
    list_filter = (("round", RelatedFilter),)
    list_select_related = ("round__scheme", "township")
    ordering = ("round_id", "township_id", "pk")
    empty = "还没有推荐名额。在“表彰”的轮次里填。"


class OfNominationAdmin(LookedUpAdmin):
    list_select_related = ("nomination__round__scheme", "nomination__person")
    search_fields = ("nomination__collective", "nomination__person__name")


@admin.register(NominationAttachment)
class NominationAttachmentAdmin(OfNominationAdmin):
    list_display = ("filename", "nomination", "size", "uploaded_on")
    fields = ("nomination", "filename", "size", "uploaded_on")
    ordering = ("nomination_id", "pk")
    empty = "还没有推荐附件。在推荐的页面上传。"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")


@admin.register(DepartmentOpinion)
class DepartmentOpinionAdmin(OfNominationAdmin):
    list_display = ("nomination", "department", "opinion", "reason", "document_no", "given_on")
    list_filter = (("opinion", ChoiceFilter),)
    ordering = ("nomination_id", "department", "pk")
    empty = "还没有部门意见。在“表彰”的轮次里登记。"


@admin.register(AwardJudge)
class AwardJudgeAdmin(LookedUpAdmin):
    list_display = ("name", "unit", "round", "village")
    list_filter = (("round", RelatedFilter),)
    list_select_related = ("round__scheme", "village")
    search_fields = ("name",)
    ordering = ("round_id", "pk")
    empty = "还没有评委。在“表彰”的轮次里登记。"


@admin.register(AwardScore)
class AwardScoreAdmin(OfNominationAdmin):
    list_display = ("nomination", "judge", "points", "recusal")
    list_select_related = ("nomination__round__scheme", "nomination__person", "judge")
    ordering = ("nomination_id", "judge_id", "pk")
    empty = "还没有打分。在“表彰”的轮次里录入。"


@admin.register(AwardPublicity)
class AwardPublicityAdmin(LookedUpAdmin):
    list_display = ("round", "starts_on", "days", "ends_on", "place")
    list_filter = (("round", RelatedFilter),)
    list_select_related = ("round__scheme",)
    ordering = ("-starts_on", "pk")
    empty = "还没有公示。在“表彰”的轮次里开始。"


@admin.register(AwardObjection)
class AwardObjectionAdmin(OfNominationAdmin):
    list_display = ("nomination", "received_on", "channel", "finding", "closed_on")
    list_filter = (("channel", ChoiceFilter), ("finding", ChoiceFilter))
    ordering = ("-received_on", "-pk")
    empty = "没有收到异议。收到的在公示页面登记。"
