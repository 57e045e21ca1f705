from talent.models.appointment import Appointment, Committee, EndReason, How, Post
from talent.models.education import Education, EducationLevel, EducationMode
from talent.models.person import Person, PoliticalStatus, Sex
from talent.models.recruitment import Recruitment, RecruitmentApplication, RecruitmentQuota
from talent.models.reserve import ReserveAssessment, ReserveCandidate
from talent.models.rural_talent import RuralTalent
from talent.models.same_person import FormerIdNumber, NotSamePerson
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
    "NotSamePerson",
    "Person",
    "PoliticalStatus",
    "Post",
    "Recruitment",
    "RecruitmentApplication",
    "RecruitmentQuota",
    "ReserveAssessment",
    "ReserveCandidate",
    "RuralTalent",
    "Sex",
    "Stationing",
]
