"""REST filters of topics, plans, wishes, teachers, colleges, sign-in and certificates."""

from django_filters import rest_framework as filters

from core.filters import DatedMixin, PersonRowFilters, RowFilters
from training.models import Attendance, DegreeStudy, StudyTerm, TargetGroup, TrainingSession, TrainingWish


class TopicFilters(RowFilters):
    name = filters.CharFilter(lookup_expr="contains", label="专题（含）")


class TopicRequirementFilters(DatedMixin, RowFilters):
    topic = filters.NumberFilter("topic_id", label="专题编号")
    group = filters.ChoiceFilter(choices=TargetGroup.choices, label="对象")


class TrainingWishFilters(PersonRowFilters):
    topic = filters.NumberFilter("topic_id", label="专题编号")
    year = filters.NumberFilter(label="年度")
    source = filters.ChoiceFilter(choices=TrainingWish.Source.choices, label="来源")
    stated_on = filters.DateFromToRangeFilter(label="提出日期")


class TrainingPlanFilters(RowFilters):
    year = filters.NumberFilter(label="年度")


class PlanLineFilters(RowFilters):
    plan = filters.NumberFilter("plan_id", label="计划编号")
    class_type = filters.ChoiceFilter(choices=TrainingSession.ClassType.choices, label="培训对象")


class TeacherFilters(RowFilters):
    name = filters.CharFilter(lookup_expr="contains", label="姓名（含）")


class PartnerCollegeFilters(DatedMixin, RowFilters):
    name = filters.CharFilter(lookup_expr="contains", label="院校（含）")


class MajorFilters(RowFilters):
    college = filters.NumberFilter("college_id", label="院校编号")
    target = filters.ChoiceFilter(choices=DegreeStudy.Target.choices, label="层次")


class AttendanceFilters(RowFilters):
    session = filters.NumberFilter("enrollment__session_id", label="班次编号")
    enrollment = filters.NumberFilter("enrollment_id", label="参训记录编号")
    date = filters.DateFromToRangeFilter(label="日期")
    state = filters.ChoiceFilter(choices=Attendance.State.choices, label="到课情况")


class CourseFeedbackFilters(RowFilters):
    session = filters.NumberFilter("session_id", label="班次编号")
    course = filters.NumberFilter("course_id", label="课程编号")


class CertificateFilters(RowFilters):
    session = filters.NumberFilter("enrollment__session_id", label="班次编号")
    issued_on = filters.DateFromToRangeFilter(label="发证日期")


class StudyTermFilters(RowFilters):
    study = filters.NumberFilter("study_id", label="学历提升编号")
    state = filters.ChoiceFilter(choices=StudyTerm.State.choices, label="学习情况")
