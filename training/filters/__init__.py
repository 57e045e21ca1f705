"""REST filters of training and degree study, one file per subject."""

from training.filters.plans import (
    AttendanceFilters,
    CertificateFilters,
    CourseFeedbackFilters,
    MajorFilters,
    PartnerCollegeFilters,
    PlanLineFilters,
    StudyTermFilters,
    TeacherFilters,
    TopicFilters,
    TopicRequirementFilters,
    TrainingPlanFilters,
    TrainingWishFilters,
)
from training.filters.sessions import CourseFilters, DegreeStudyFilters, EnrollmentFilters, TrainingSessionFilters

__all__ = [
    "AttendanceFilters",
    "CertificateFilters",
    "CourseFeedbackFilters",
    "CourseFilters",
    "DegreeStudyFilters",
    "EnrollmentFilters",
    "MajorFilters",
    "PartnerCollegeFilters",
    "PlanLineFilters",
    "StudyTermFilters",
    "TeacherFilters",
    "TopicFilters",
    "TopicRequirementFilters",
    "TrainingPlanFilters",
    "TrainingSessionFilters",
    "TrainingWishFilters",
]
