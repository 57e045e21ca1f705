from talent.models.appointment import Appointment, Committee, EndReason, How, Post
from talent.models.education import Education, EducationLevel, EducationMode
from talent.models.person import Person, PoliticalStatus, Sex
from talent.models.reserve import ReserveCandidate
from talent.models.review import Adjustment, PersonReview, ReviewRound, ReviewVisit, TeamReview
from talent.models.rural_talent import RuralTalent
from talent.models.same_person import FormerIdNumber, NotSamePerson
from talent.models.stationing import Stationing

__all__ = [
    "Adjustment",
    "Appointment",
    "Committee",
    "Education",
    "EducationLevel",
    "EducationMode",
    "EndReason",
    "FormerIdNumber",
    "How",
    "NotSamePerson",
    "Person",
    "PersonReview",
    "PoliticalStatus",
    "Post",
    "ReserveCandidate",
    "ReviewRound",
    "ReviewVisit",
    "RuralTalent",
    "Sex",
    "Stationing",
    "TeamReview",
]
