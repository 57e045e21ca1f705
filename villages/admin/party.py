"""Admin lists of party life, projects and activities: what the pages keep, to look things up and put right."""

from django.contrib import admin

from core.admin import ChoiceFilter, LookedUpAdmin, ScopedAdmin, ScopedInline, TownshipFilter
from core.admin.filters import in_force_filter
from villages.models import (
    BranchSize,
    CulturalActivity,
    IntegrityRecord,
    MeetingAttachment,
    MeetingRecord,
    PartyActivity,
    PartyBranch,
    Resolution,
    VillageProject,
)


class SizeInline(ScopedInline):
    model = BranchSize


class ResolutionInline(ScopedInline):
    model = Resolution


@admin.register(PartyBranch)
class PartyBranchAdmin(ScopedAdmin):
    not_returned = "党支部在“组织生活”里逐个登记，导出的表供查阅，不传回。"
    list_display = ("name", "village", "start", "end")
    list_filter = (in_force_filter("状态", "现有", "已撤销"), TownshipFilter)
    list_select_related = ("village",)
    search_fields = ("name", "village__name")
    search_help_text = "支部或村名"
    ordering = ("village_id", "name", "pk")
    autocomplete_fields = ("village",)
    inlines = (SizeInline,)
    empty = "还没有党支部。在“组织生活”里登记。"


@admin.register(BranchSize)
class BranchSizeAdmin(ScopedAdmin):
    not_returned = "党员数在党支部的页面登记，导出的表供查阅，不传回。"
    list_display = ("branch", "start", "full_members", "groups")
    list_filter = (TownshipFilter,)
    list_select_related = ("branch",)
    search_fields = ("branch__name",)
    ordering = ("branch_id", "-start", "pk")
    autocomplete_fields = ("branch",)
    empty = "还没有登记党员数。"


@admin.register(MeetingRecord)
class MeetingRecordAdmin(ScopedAdmin):
    roster = "party_meetings"
    list_display = ("topic", "kind", "branch", "held_on", "expected", "present", "leave", "absent")
    list_filter = (TownshipFilter, ("kind", ChoiceFilter))
    list_select_related = ("branch",)
    search_fields = ("topic", "branch__name")
    search_help_text = "主题或支部"
    ordering = ("-held_on", "branch_id", "kind", "pk")
    autocomplete_fields = ("branch",)
    inlines = (ResolutionInline,)
    empty = "还没有组织生活记录。在“组织生活”里登记，或上传记录名册。"


@admin.register(Resolution)
class ResolutionAdmin(LookedUpAdmin):
    list_display = ("text", "meeting", "entitled", "in_favour", "against", "abstained")
    list_select_related = ("meeting",)
    search_fields = ("text",)
    ordering = ("-meeting_id", "pk")
    empty = "还没有会议决议。"


@admin.register(MeetingAttachment)
class MeetingAttachmentAdmin(LookedUpAdmin):
    list_display = ("filename", "kind", "meeting", "size", "added_at")
    list_filter = (("kind", ChoiceFilter),)
    list_select_related = ("meeting",)
    search_fields = ("filename",)
    ordering = ("-meeting_id", "pk")
    exclude = ("content",)
    empty = "还没有会议附件。在会议记录的页面上传。"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")


@admin.register(VillageProject)
class VillageProjectAdmin(ScopedAdmin):
    roster = "village_projects"
    list_display = ("name", "kind", "village", "source", "amount_wan", "invested_on", "start", "end")
    list_filter = (TownshipFilter, ("kind", ChoiceFilter), ("source", ChoiceFilter))
    list_select_related = ("village",)
    search_fields = ("name", "village__name")
    ordering = ("-invested_on", "village_id", "pk")
    autocomplete_fields = ("village",)
    empty = "还没有村级项目。在“村级项目”里登记。"


@admin.register(CulturalActivity)
class CulturalActivityAdmin(ScopedAdmin):
    roster = "culture"
    list_display = ("name", "kind", "village", "held_on", "organiser", "people", "amount_wan")
    list_filter = (TownshipFilter, ("kind", ChoiceFilter))
    list_select_related = ("village",)
    search_fields = ("name", "village__name")
    ordering = ("-held_on", "village_id", "pk")
    autocomplete_fields = ("village",)
    empty = "还没有文化活动。在“村级项目”的“文化活动”里登记。"


@admin.register(PartyActivity)
class PartyActivityAdmin(ScopedAdmin):
    roster = "party_activities"
    list_display = ("person", "kind", "village", "partner", "start", "end", "hours", "matter", "handled_on")
    list_filter = (TownshipFilter, ("kind", ChoiceFilter))
    list_select_related = ("person", "village")
    search_fields = ("person__name", "partner", "matter")
    ordering = ("-start", "village_id", "pk")
    autocomplete_fields = ("person", "village")
    empty = "还没有联系服务记录。在“组织生活”的“联系服务”里登记。"


@admin.register(IntegrityRecord)
class IntegrityRecordAdmin(ScopedAdmin):
    roster = "integrity"
    list_display = ("person", "kind", "start", "end", "authority", "document_no")
    list_filter = (in_force_filter("状态", "影响期内", "影响期已满"), ("kind", ChoiceFilter))
    list_select_related = ("person",)
    search_fields = ("person__name", "document_no")
    ordering = ("-start", "person_id", "pk")
    autocomplete_fields = ("person",)
    empty = "还没有廉政记录。只有县委组织部看得到；任职资格核对会读影响期内的记录。"
