"""REST door to topics, plans, wishes, teachers, colleges, sign-in and certificates."""

from core.api import RowSerializer, ScopedViewSet
from training import filters
from training.models import (
    Attendance,
    Certificate,
    CourseFeedback,
    Major,
    PartnerCollege,
    PlanLine,
    StudyTerm,
    Teacher,
    Topic,
    TopicRequirement,
    TrainingPlan,
    TrainingWish,
)


class TopicViewSet(ScopedViewSet):
    model = Topic
    filterset_class = filters.TopicFilters


class TopicRequirementViewSet(ScopedViewSet):
    model = TopicRequirement
    filterset_class = filters.TopicRequirementFilters


class TrainingWishViewSet(ScopedViewSet):
    model = TrainingWish
    filterset_class = filters.TrainingWishFilters


class TrainingPlanViewSet(ScopedViewSet):
    model = TrainingPlan
    filterset_class = filters.TrainingPlanFilters


class PlanLineViewSet(ScopedViewSet):
    model = PlanLine
    filterset_class = filters.PlanLineFilters


class TeacherViewSet(ScopedViewSet):
    model = Teacher
    filterset_class = filters.TeacherFilters


class PartnerCollegeViewSet(ScopedViewSet):
    model = PartnerCollege
    filterset_class = filters.PartnerCollegeFilters


class MajorViewSet(ScopedViewSet):
    model = Major
    filterset_class = filters.MajorFilters


class AttendanceViewSet(ScopedViewSet):
    model = Attendance
    filterset_class = filters.AttendanceFilters

    def get_queryset(self):
        return super().get_queryset().select_related("enrollment__person", "enrollment__session")


class CourseFeedbackViewSet(ScopedViewSet):
    model = CourseFeedback
    filterset_class = filters.CourseFeedbackFilters


class CertificateSerializer(RowSerializer):
    """结业证书；校验码只印在证书上，接口不给"""

    class Meta:
        model = Certificate
        exclude = ("check_code",)


class CertificateViewSet(ScopedViewSet):
    model = Certificate
    filterset_class = filters.CertificateFilters

    def get_queryset(self):
        return super().get_queryset().select_related("enrollment__person", "enrollment__session")

    def get_serializer_class(self):
        return CertificateSerializer


class StudyTermViewSet(ScopedViewSet):
    model = StudyTerm
    filterset_class = filters.StudyTermFilters

    def get_queryset(self):
        return super().get_queryset().select_related("study__person")
