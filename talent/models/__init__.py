from talent.models.appointment import Appointment, Committee, EndReason, How, Post
from talent.models.demand import Demand, DemandRound, DemandVisit, Match
from talent.models.education import Education, EducationLevel, EducationMode
from talent.models.person import Person, PoliticalStatus, Sex
from talent.models.reserve import ReserveCandidate
from talent.models.rural_talent import RuralTalent, TalentConfirmation
from talent.models.same_person import FormerIdNumber, NotSamePerson
from talent.models.stationing import Stationing
from talent.models.talent_classes import Manner, SubClass, TalentClass, Willing

__all__ = [
    "Appointment",
    "Committee",
    "Demand",
    "DemandRound",
    "DemandVisit",
    "Education",
    "EducationLevel",
    "EducationMode",
    "EndReason",
    "FormerIdNumber",
    "How",
    "Manner",
    "Match",
    "NotSamePerson",
    "Person",
    "PoliticalStatus",
    "Post",
    "ReserveCandidate",
    "RuralTalent",
    "Sex",
    "Stationing",
    "SubClass",
    "TalentClass",
    "TalentConfirmation",
    "Willing",
]
