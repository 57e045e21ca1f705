"""REST door to courses, classes, attendance and degree study."""

from django.db.models import Prefetch
from rest_framework import serializers

from core.api import RowSerializer, ScopedViewSet
from training import filters
from training.models import Course, DegreeStudy, Enrollment, Topic, TrainingSession


class CourseViewSet(ScopedViewSet):
    model = Course
    filterset_class = filters.CourseFilters


class TrainingSessionSerializer(RowSerializer):
    """培训班次，附课程编号和专题编号"""

    class Meta:
        model = TrainingSession
        fields = "__all__"

    def get_fields(self):
        courses = serializers.PrimaryKeyRelatedField(many=True, read_only=True, label="课程编号")
        topics = serializers.PrimaryKeyRelatedField(many=True, read_only=True, label="专题编号")
        return super().get_fields() | {"courses": courses, "topics": topics}


class TrainingSessionViewSet(ScopedViewSet):
    model = TrainingSession
    filterset_class = filters.TrainingSessionFilters

    def get_queryset(self):
        courses = Prefetch("courses", Course.objects.visible_to(self.request.user).order_by("pk"))
        topics = Prefetch("topics", Topic.objects.visible_to(self.request.user).order_by("pk"))
        return super().get_queryset().prefetch_related(courses, topics)

    def get_serializer_class(self):
        return TrainingSessionSerializer


class EnrollmentViewSet(ScopedViewSet):
    model = Enrollment
    filterset_class = filters.EnrollmentFilters


class DegreeStudyViewSet(ScopedViewSet):
    model = DegreeStudy
    filterset_class = filters.DegreeStudyFilters
