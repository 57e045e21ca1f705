from training.models.degree import DegreeStudy
from training.models.session import Course, Enrollment, TrainingSession

__all__ = ["Course", "DegreeStudy", "Enrollment", "TrainingSession"]
