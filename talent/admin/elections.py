"""Admin lists of elections, to look things up: everything is written on the pages of 换届, where the rules stand."""

from django.contrib import admin

from core.admin import ChoiceFilter, LookedUpAdmin, RelatedFilter, TownshipFilter
from talent.models import (
    Candidate,
    ElectionBallot,
    ElectionRound,
    ElectionStep,
    ElectionStepDone,
    ElectionVillage,
    HandoverItem,
    JointReviewDepartment,
    JointReviewItem,
    JointReviewMark,
)


@admin.register(ElectionRound)
class ElectionRoundAdmin(LookedUpAdmin):
    list_display = ("name", "kind", "division", "outgoing", "incoming", "election_day", "start", "end", "document_no")
    list_filter = (("kind", ChoiceFilter),)
    list_select_related = ("division", "outgoing", "incoming")
    search_fields = ("name", "document_no")
    ordering = ("division_id", "-start", "pk")
    empty = "还没有换届轮次。在“换届”里新建。"


@admin.register(ElectionStep)
class ElectionStepAdmin(LookedUpAdmin):
    list_display = ("title", "round", "day_text", "per", "due", "done_on")
    list_filter = (("per", ChoiceFilter),)
    list_select_related = ("round",)
    search_fields = ("title",)
    ordering = ("round_id", "offset", "pk")
    empty = "还没有换届步骤。"

    @admin.display(description="距选举日", ordering="offset")
    def day_text(self, step):
        return step.day_text


@admin.register(ElectionVillage)
class ElectionVillageAdmin(LookedUpAdmin):
    list_display = ("village", "round", "election_day")
    list_filter = (TownshipFilter, ("round", RelatedFilter))
    list_select_related = ("round", "village")
    search_fields = ("village__name",)
    ordering = ("round_id", "village_id", "pk")
    empty = "还没有换届的村。"


class OfPlaceAdmin(LookedUpAdmin):
    list_select_related = ("place__round", "place__village")
    search_fields = ("place__village__name",)


@admin.register(ElectionStepDone)
class ElectionStepDoneAdmin(OfPlaceAdmin):
    list_display = ("step", "place", "done_on", "note")
    list_select_related = ("step", "place__round", "place__village")
    ordering = ("place_id", "step_id", "pk")
    empty = "还没有登记完成的步骤。"


@admin.register(ElectionBallot)
class ElectionBallotAdmin(OfPlaceAdmin):
    list_display = ("place", "committee", "held_on", "issued", "returned", "valid", "document_no")
    list_filter = (("committee", ChoiceFilter),)
    ordering = ("place_id", "committee", "pk")
    empty = "还没有选举结果。"


@admin.register(HandoverItem)
class HandoverItemAdmin(OfPlaceAdmin):
    list_display = ("name", "place", "handed_on", "giver", "receiver")
    ordering = ("place_id", "pk")
    empty = "还没有工作交接。"


@admin.register(Candidate)
class CandidateAdmin(LookedUpAdmin):
    list_display = ("person", "village", "post", "source", "status", "blocked_reason", "votes", "round")
    list_filter = (TownshipFilter, ("post", ChoiceFilter), ("status", ChoiceFilter), ("source", ChoiceFilter))
    list_select_related = ("person", "village", "round")
    search_fields = ("person__name", "village__name")
    ordering = ("round_id", "village_id", "post", "pk")
    empty = "还没有候选人。在“换届”里提名，或从“花名册”上传。"


@admin.register(JointReviewDepartment)
class JointReviewDepartmentAdmin(LookedUpAdmin):
    list_display = ("name", "round")
    list_select_related = ("round",)
    search_fields = ("name",)
    ordering = ("round_id", "pk")
    fields = ("round", "name")
    empty = "还没有联审部门。"


@admin.register(JointReviewItem)
class JointReviewItemAdmin(LookedUpAdmin):
    list_display = ("title", "department")
    list_select_related = ("department",)
    search_fields = ("title",)
    ordering = ("department_id", "pk")
    empty = "还没有联审事项。"


@admin.register(JointReviewMark)
class JointReviewMarkAdmin(LookedUpAdmin):
    list_display = ("person", "village", "item", "result", "reason", "document_no", "decided_on", "reviewer")
    list_filter = (TownshipFilter, ("result", ChoiceFilter))
    list_select_related = ("person", "village", "item__department")
    search_fields = ("person__name", "village__name")
    ordering = ("village_id", "person_id", "item_id", "pk")
    empty = "还没有联审结论。"
