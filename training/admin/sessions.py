"""Admin pages of courses, classes, attendance and degree study."""

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core.admin import ChoiceFilter, ScopedAdmin, TownshipFilter
from core.admin.filters import in_force_filter
from core.periods import month
from rosters.onto import UploadOntoMixin
from talent.admin import PersonRowAdmin
from training import actions
from training.models import Course, DegreeStudy, Enrollment, PlanLine, TrainingSession


@admin.register(Course)
class CourseAdmin(ScopedAdmin):
    roster = "teachers"
    list_display = ("name", "topic", "teacher", "hours", "division")
    list_select_related = ("division", "teacher")
    search_fields = ("name", "topic", "teacher__name")
    ordering = ("division_id", "name", "pk")
    empty = "还没有课程。点右上角新建。"


@admin.register(TrainingSession)
class TrainingSessionAdmin(UploadOntoMixin, ScopedAdmin):
    roster = "sessions"
    upload_onto = ("trainees", "上传学员名册")
    list_display = ("name", "number", "class_type", "level", "organiser", "place", "start", "end", "hours", "people")
    list_filter = (("class_type", ChoiceFilter), ("level", ChoiceFilter), "start")
    search_fields = ("name", "organiser", "place")
    search_help_text = "班次、主办单位、地点"
    ordering = ("-start", "name", "number", "pk")
    fieldsets = (
        (None, {"fields": ("name", "number", "class_type", "level", "division", "organiser", "place")}),
        ("时间与课程", {"fields": ("start", "end", "hours", "courses", "topics", "plan_line")}),
    )
    empty = "还没有培训班次。点右上角新建。"

    def get_queryset(self, request):
        attended = Enrollment.objects.visible_to(request.user).filter(
            session=OuterRef("pk"), result__in=Enrollment.TRAINED
        )
        counted = attended.order_by().values("session").annotate(people=Count("person", distinct=True))
        return super().get_queryset(request).annotate(people=Coalesce(Subquery(counted.values("people")), 0))

    @admin.display(description="参训（人）", ordering="people")
    def people(self, session):
        return session.people

    def choice_label(self, session):
        return f"{session}（{session.start:%Y.%m}）"

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "plan_line":
            kwargs["queryset"] = PlanLine.objects.visible_to(request.user).select_related("plan__division")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Enrollment)
class EnrollmentAdmin(PersonRowAdmin):
    roster = "trainees"
    heading = "参训（人次）"
    autocomplete_fields = ("person", "village", "session")
    list_display = ("person_name", "sex", "township", "village_link", "session_text", "began", "result")
    list_display_links = ("session_text",)
    list_filter = (("result", ChoiceFilter), ("session__class_type", ChoiceFilter), TownshipFilter)
    list_select_related = ("person", "village__township", "session")
    ordering = ("-session__start", "session_id", "village_id", "pk")
    fields = ("person", "village", "session", "job_title", "lodging", "halal", "result", "score", "remarks")
    empty = "还没有参训名单。点右上角新建。"

    @admin.display(description="班次", ordering="session__name")
    def session_text(self, row):
        return str(row.session)

    @admin.display(description="开班", ordering="session__start")
    def began(self, row):
        return row.session.start


@admin.register(DegreeStudy)
class DegreeStudyAdmin(PersonRowAdmin):
    roster = "degree"
    list_display = (
        "person_name", "sex", "township", "village_link", "school_text", "major", "target", "study_mode", "since", "outcome",
    )  # fmt: skip
    list_display_links = ("school_text",)
    list_filter = (
        in_force_filter("状态", "在读", "已毕业（退学）"), ("target", ChoiceFilter), ("outcome", ChoiceFilter), TownshipFilter,
    )  # fmt: skip
    ordering = ("village_id", "-start", "pk")
    fields = (
        "person", "village", "job_title", "school", "major", "target", "study_mode", "student_no", "start", "expected_on", "tuition",
        "subsidy", "outcome", "end", "certificate_no", "remarks",
    )  # fmt: skip
    empty = "这一天没有在读的学历提升。点右上角新建。"

    def save_model(self, request, obj, form, change):
        """A graduation entered, put right or taken back here counts as one on the page of the study."""
        with transaction.atomic():
            were = DegreeStudy.objects.in_bulk([obj.pk]) if change else {}
            super().save_model(request, obj, form, change)
            actions.follow_degrees([obj], were, by=request.user)

    @admin.display(description="就读院校", ordering="school")
    def school_text(self, row):
        return row.school or "未填"

    @admin.display(description="入学", ordering="start")
    def since(self, row):
        return month(row.start)
