"""Admin pages of topics, requirements, wishes, plans, teachers and partner colleges."""

from django.contrib import admin

from core.admin import ChoiceFilter, ScopedAdmin, ScopedInline, TownshipFilter
from core.admin.filters import in_force_filter
from talent.admin import PersonRowAdmin
from training.models import (
    Major,
    PartnerCollege,
    PlanLine,
    Teacher,
    Topic,
    TopicRequirement,
    TrainingPlan,
    TrainingWish,
)


@admin.register(Topic)
class TopicAdmin(ScopedAdmin):
    not_returned = "培训专题不多，在这里逐个登记，导出的表供查阅，不传回。"
    list_display = ("name", "description", "division")
    list_select_related = ("division",)
    search_fields = ("name",)
    ordering = ("division_id", "pk")
    empty = "还没有培训专题。点右上角新建。"


@admin.register(TopicRequirement)
class TopicRequirementAdmin(ScopedAdmin):
    roster = "requirements"
    list_display = ("topic", "group", "every_years", "start", "end", "basis")
    list_filter = (in_force_filter("状态", "执行中", "已停止"), ("group", ChoiceFilter))
    list_select_related = ("topic",)
    ordering = ("group", "topic_id", "-start", "pk")
    empty = "还没有必修要求。点右上角新建：哪类人、哪个专题、每几年一次。"


@admin.register(TrainingWish)
class TrainingWishAdmin(PersonRowAdmin):
    roster = "wishes"
    list_display = ("person_name", "sex", "township", "village_link", "topic_text", "year", "source", "remarks")
    list_display_links = ("topic_text",)
    list_filter = (("source", ChoiceFilter), TownshipFilter)
    list_select_related = ("person", "village__township", "topic")
    ordering = ("-year", "village_id", "pk")
    autocomplete_fields = ("person", "village", "session")
    fields = ("person", "village", "topic", "year", "source", "session", "remarks")
    empty = "还没有培训需求。点右上角新建。"

    @admin.display(description="培训专题", ordering="topic__name")
    def topic_text(self, row):
        return row.topic.name


class PlanLineInline(ScopedInline):
    model = PlanLine


@admin.register(TrainingPlan)
class TrainingPlanAdmin(ScopedAdmin):
    roster = "plan"
    list_display = ("year", "division", "document_no")
    list_filter = ("year",)
    list_select_related = ("division",)
    ordering = ("-year", "division_id", "pk")
    inlines = (PlanLineInline,)
    empty = "还没有年度培训计划。点右上角新建。"


@admin.register(PlanLine)
class PlanLineAdmin(ScopedAdmin):
    roster = "plan"
    list_display = ("name", "plan", "class_type", "classes", "people", "month", "hours", "budget")
    list_filter = (("class_type", ChoiceFilter),)
    list_select_related = ("plan",)
    search_fields = ("name",)
    ordering = ("-plan__year", "month", "pk")
    empty = "还没有计划班次。点右上角新建。"

    def choice_label(self, line):
        return f"{line.plan.year} {line.plan.division.name}：{line}"


@admin.register(Teacher)
class TeacherAdmin(ScopedAdmin):
    roster = "teachers"
    list_display = ("name", "kind", "unit", "position", "specialty", "division")
    list_filter = (("kind", ChoiceFilter),)
    list_select_related = ("division",)
    search_fields = ("name", "unit", "specialty")
    search_help_text = "姓名、单位、授课方向"
    ordering = ("division_id", "name", "pk")
    empty = "师资库里还没有人。点右上角新建。"


class MajorInline(ScopedInline):
    model = Major


@admin.register(PartnerCollege)
class PartnerCollegeAdmin(ScopedAdmin):
    roster = "colleges"
    list_display = ("name", "academy", "contact", "start", "end")
    list_filter = (in_force_filter("状态", "合作中", "已到期"),)
    search_fields = ("name", "academy")
    ordering = ("division_id", "name", "pk")
    inlines = (MajorInline,)
    empty = "还没有合作院校。点右上角新建。"


@admin.register(Major)
class MajorAdmin(ScopedAdmin):
    roster = "colleges"
    list_display = ("name", "target", "college", "study_mode", "years", "tuition", "subsidy")
    list_filter = (("target", ChoiceFilter),)
    list_select_related = ("college",)
    search_fields = ("name",)
    ordering = ("college_id", "name", "target", "pk")
    empty = "还没有合作专业。点右上角新建。"
