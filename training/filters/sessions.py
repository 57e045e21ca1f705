"""REST filters of courses, classes, attendance and degree study."""

from django_filters import rest_framework as filters

from core.filters import DatedMixin, PersonRowFilters, RowFilters
from training.models import DegreeStudy, Enrollment, TrainingSession


class CourseFilters(RowFilters):
    name = filters.CharFilter(lookup_expr="contains", label="课程（含）")


class TrainingSessionFilters(RowFilters):
    level = filters.ChoiceFilter(choices=TrainingSession.Level.choices, label="层级")
    class_type = filters.ChoiceFilter(choices=TrainingSession.ClassType.choices, label="培训对象")
    start = filters.DateFromToRangeFilter(label="开班日期")


class EnrollmentFilters(PersonRowFilters):
    session = filters.NumberFilter("session_id", label="班次编号")
    result = filters.ChoiceFilter(choices=Enrollment.Result.choices, label="结果")
    class_type = filters.ChoiceFilter(
        "session__class_type", choices=TrainingSession.ClassType.choices, label="培训对象"
    )


class DegreeStudyFilters(DatedMixin, PersonRowFilters):
    target = filters.ChoiceFilter(choices=DegreeStudy.Target.choices, label="报读层次")
    outcome = filters.ChoiceFilter(choices=DegreeStudy.Outcome.choices, label="状态")
