from training.models.attendance import Attendance, Certificate, CourseFeedback
from training.models.college import Major, PartnerCollege
from training.models.degree import DegreeStudy, StudyTerm
from training.models.plan import PlanLine, TrainingPlan
from training.models.session import Course, Enrollment, TrainingSession
from training.models.teacher import Teacher
from training.models.topic import TargetGroup, Topic, TopicRequirement, TrainingWish

__all__ = [
    "Attendance",
    "Certificate",
    "Course",
    "CourseFeedback",
    "DegreeStudy",
    "Enrollment",
    "Major",
    "PartnerCollege",
    "PlanLine",
    "StudyTerm",
    "TargetGroup",
    "Teacher",
    "Topic",
    "TopicRequirement",
    "TrainingPlan",
    "TrainingSession",
    "TrainingWish",
]
