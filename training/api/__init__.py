"""REST door to training and degree study, one file per subject."""

from training.api.plans import (
    AttendanceViewSet,
    CertificateViewSet,
    CourseFeedbackViewSet,
    MajorViewSet,
    PartnerCollegeViewSet,
    PlanLineViewSet,
    StudyTermViewSet,
    TeacherViewSet,
    TopicRequirementViewSet,
    TopicViewSet,
    TrainingPlanViewSet,
    TrainingWishViewSet,
)
from training.api.sessions import CourseViewSet, DegreeStudyViewSet, EnrollmentViewSet, TrainingSessionViewSet

__all__ = [
    "AttendanceViewSet",
    "CertificateViewSet",
    "CourseFeedbackViewSet",
    "CourseViewSet",
    "DegreeStudyViewSet",
    "EnrollmentViewSet",
    "MajorViewSet",
    "PartnerCollegeViewSet",
    "PlanLineViewSet",
    "StudyTermViewSet",
    "TeacherViewSet",
    "TopicRequirementViewSet",
    "TopicViewSet",
    "TrainingPlanViewSet",
    "TrainingSessionViewSet",
    "TrainingWishViewSet",
]
