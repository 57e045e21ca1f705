"""Admin lists of evaluation and checks, to look things up: everything is written on the pages 考核评价 and 监督检查."""

from django.contrib import admin

from awards.models import (
    BallotCorrection,
    Evaluation,
    EvaluationAppeal,
    EvaluationItem,
    EvaluationScheme,
    EvaluationScore,
    EvidenceFile,
    Inspection,
    InspectionFinding,
    InspectionFollowUp,
    InspectionItem,
)
from awards.models.evaluation import TOWNSHIP_DIGITS
from core.admin import ChoiceFilter, LookedUpAdmin, RelatedFilter, TownshipFilter
from core.scope import scope_code

DECIDED = ("grade", "graded_on", "opinion")


@admin.register(EvaluationScheme)
class EvaluationSchemeAdmin(LookedUpAdmin):
    list_display = ("year", "kind", "division", "as_of", "closes", "published_on", "document_no")
    list_filter = ("year", ("kind", ChoiceFilter))
    list_select_related = ("division",)
    ordering = ("-year", "kind", "pk")
    empty = "还没有考核方案。在“考核评价”里新建。"


@admin.register(EvaluationItem)
class EvaluationItemAdmin(LookedUpAdmin):
    list_display = ("title", "scheme", "part", "source", "weight", "most")
    list_filter = (("scheme", RelatedFilter), ("part", ChoiceFilter))
    list_select_related = ("scheme",)
    ordering = ("scheme_id", "pk")
    empty = "还没有考核指标。在“考核评价”的方案里改。"


@admin.register(Evaluation)
class EvaluationAdmin(LookedUpAdmin):
    list_display = ("name", "scheme", "village", "post", "grade", "graded_on")
    list_filter = (("scheme", RelatedFilter), ("grade", ChoiceFilter), TownshipFilter)
    list_select_related = ("scheme", "person", "village")
    search_fields = ("person__name", "village__name")
    ordering = ("scheme_id", "village_id", "pk")
    empty = "还没有考核对象。在“考核评价”里新建方案，系统按台账列出。"

    @admin.display(description="对象")
    def name(self, row):
        return row.name

    def get_list_display(self, request):
        return [name for name in self.list_display if name not in DECIDED or _decides(request)]

    def get_list_filter(self, request):
        return [one for one in self.list_filter if _decides(request) or one != ("grade", ChoiceFilter)]

    def get_fields(self, request, obj=None):
        return [name for name in super().get_fields(request, obj) if name not in DECIDED or _decides(request)]


def _decides(request):
    """A township looks grades up on the page 考核评价, which knows whether they are announced."""
    return len(scope_code(request.user) or "") < TOWNSHIP_DIGITS


class OfEvaluationAdmin(LookedUpAdmin):
    list_select_related = ("evaluation__scheme", "evaluation__person", "evaluation__village", "item")
    search_fields = ("evaluation__person__name", "evaluation__village__name")


@admin.register(EvaluationScore)
class EvaluationScoreAdmin(OfEvaluationAdmin):
    list_display = ("evaluation", "item", "township_points", "county_points", "evidence", "start", "end")
    ordering = ("evaluation_id", "item_id", "pk")
    empty = "还没有得分。在“考核评价”里评分。"


@admin.register(EvidenceFile)
class EvidenceFileAdmin(OfEvaluationAdmin):
    list_display = ("filename", "evaluation", "item", "size", "uploaded_on")
    fields = ("evaluation", "item", "filename", "size", "uploaded_on")
    ordering = ("evaluation_id", "item_id", "pk")
    empty = "还没有考核佐证材料。在考核对象的页面上传。"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")


@admin.register(BallotCorrection)
class BallotCorrectionAdmin(OfEvaluationAdmin):
    exclude = ("by",)  # in the list by name; the account itself is not everybody's to open
    list_display = ("evaluation", "corrected_on", "by", "reason", "issued", "valid", "satisfied")
    list_filter = (("evaluation__scheme", RelatedFilter), TownshipFilter)
    list_select_related = ("evaluation__scheme", "evaluation__person", "evaluation__village", "by")
    ordering = ("-corrected_on", "-pk")
    empty = "没有更正过的测评票数。在“考核评价”的群众测评票数里更正。"


@admin.register(EvaluationAppeal)
class EvaluationAppealAdmin(OfEvaluationAdmin):
    list_display = ("evaluation", "received_on", "old_grade", "finding", "new_grade", "closed_on")
    list_filter = (("finding", ChoiceFilter),)
    list_select_related = ("evaluation__scheme", "evaluation__person", "evaluation__village")
    ordering = ("-received_on", "-pk")
    empty = "没有考核申诉。收到的在考核对象的页面登记。"


@admin.register(Inspection)
class InspectionAdmin(LookedUpAdmin):
    list_display = ("name", "kind", "on", "inspectors", "document_no")
    list_filter = (("kind", ChoiceFilter),)
    search_fields = ("name",)
    ordering = ("-on", "-pk")
    empty = "还没有检查。在“监督检查”里登记。"


@admin.register(InspectionItem)
class InspectionItemAdmin(LookedUpAdmin):
    list_display = ("title", "inspection")
    list_filter = (("inspection", RelatedFilter),)
    list_select_related = ("inspection",)
    ordering = ("inspection_id", "pk")
    empty = "还没有检查事项。在“监督检查”里登记检查时填。"


@admin.register(InspectionFinding)
class InspectionFindingAdmin(LookedUpAdmin):
    list_display = ("problem", "inspection", "item", "village", "responsible", "due", "closed_on")
    list_filter = (("inspection", RelatedFilter), TownshipFilter)
    list_select_related = ("inspection", "item", "village")
    search_fields = ("problem", "village__name")
    ordering = ("inspection_id", "village_id", "pk")
    empty = "没有检查发现的问题。在“监督检查”里登记。"


@admin.register(InspectionFollowUp)
class InspectionFollowUpAdmin(LookedUpAdmin):
    list_display = ("finding", "on", "done", "by_unit")
    list_filter = (("finding__inspection", RelatedFilter), TownshipFilter)
    search_fields = ("finding__problem", "done", "by_unit")
    list_select_related = ("finding__inspection", "finding__village")
    ordering = ("finding_id", "on", "pk")
    empty = "还没有整改进展。在“监督检查”的问题里登记。"
