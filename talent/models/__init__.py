from talent.models.appointment import Appointment, Committee, EndReason, How, Post
from talent.models.education import Education, EducationLevel, EducationMode
from talent.models.kinship import Kinship
from talent.models.person import Person, PoliticalStatus, Sex
from talent.models.reserve import ReserveCandidate
from talent.models.rural_talent import RuralTalent
from talent.models.same_person import FormerIdNumber, NotSamePerson
from talent.models.stationed import Secondment, ServiceVisit, StationingAssessment
from talent.models.stationing import Stationing

__all__ = [
    "Appointment",
    "Committee",
    "Education",
    "EducationLevel",
    "EducationMode",
    "EndReason",
    "FormerIdNumber",
    "How",
    "Kinship",
    "NotSamePerson",
    "Person",
    "PoliticalStatus",
    "Post",
    "ReserveCandidate",
    "RuralTalent",
    "Secondment",
    "ServiceVisit",
    "Sex",
    "Stationing",
    "StationingAssessment",
]
