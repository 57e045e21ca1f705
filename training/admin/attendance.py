"""Admin pages of sign-in, feedback, certificates and the terms of a study."""

from django.contrib import admin
from django.db import transaction

from core.admin import ChoiceFilter, ScopedAdmin
from training.actions.certificates import number
from training.models import Attendance, Certificate, CourseFeedback, StudyTerm


class _ByEnrollment(ScopedAdmin):
    """Rows about an enrolment: named by its person and class."""

    autocomplete_fields = ("enrollment",)
    list_select_related = ("enrollment__person", "enrollment__session")

    @admin.display(description="姓名", ordering="enrollment__person__pinyin")
    def person_name(self, row):
        return row.enrollment.person.name

    @admin.display(description="班次", ordering="enrollment__session__name")
    def session_text(self, row):
        return str(row.enrollment.session)


@admin.register(Attendance)
class AttendanceAdmin(_ByEnrollment):
    roster = "attendance"
    list_display = ("person_name", "session_text", "date", "half", "state")
    list_filter = (("state", ChoiceFilter), "date")
    ordering = ("-date", "half", "enrollment_id", "pk")
    empty = "还没有到课记录。在班次页面签到，或上传到课登记表。"


@admin.register(CourseFeedback)
class CourseFeedbackAdmin(ScopedAdmin):
    not_returned = "课程评价在班次页面登记，导出的表供查阅，不传回。"
    list_display = ("session", "course", "five", "four", "three", "two", "one")
    list_select_related = ("session", "course")
    search_fields = ("session__name", "course__name")
    search_help_text = "班次、课程"
    ordering = ("-session__start", "course_id", "pk")
    empty = "还没有课程评价。在班次页面登记。"


@admin.register(Certificate)
class CertificateAdmin(_ByEnrollment):
    not_returned = "证书在班次页面发放、编号，导出的表供查阅，不传回。"
    list_display = ("number", "person_name", "session_text", "issued_on", "revoked_on")
    search_fields = ("number",)
    search_help_text = "证书编号"
    ordering = ("-issued_on", "number", "pk")
    empty = "还没有发过结业证书。在班次页面发证。"

    def get_fields(self, request, obj=None):
        return ("enrollment", "issued_on") if obj is None else ("enrollment", "number", "issued_on", "revoked_on", "revoke_reason")  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return () if obj is None else ("enrollment", "number", "issued_on")

    def save_model(self, request, obj, form, change):
        """A new certificate gets its number and its code here, as on the page of the class."""
        with transaction.atomic():
            if not change:
                number([obj])
            super().save_model(request, obj, form, change)


@admin.register(StudyTerm)
class StudyTermAdmin(ScopedAdmin):
    roster = "study_terms"
    list_display = ("person_name", "year", "season", "state", "credits", "failed")
    list_filter = (("state", ChoiceFilter),)
    list_select_related = ("study__person",)
    autocomplete_fields = ("study",)
    ordering = ("-year", "-season", "study_id", "pk")
    empty = "还没有学期进展。在学历提升人员的页面登记。"

    @admin.display(description="姓名", ordering="study__person__pinyin")
    def person_name(self, row):
        return row.study.person.name
