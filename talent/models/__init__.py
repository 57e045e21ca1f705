from talent.models.appointment import Appointment, Committee, EndReason, How, Post
from talent.models.approval_form import ApprovalForm, FamilyMember
from talent.models.candidate import Candidate, JointReviewDepartment, JointReviewItem, JointReviewMark
from talent.models.demand import Demand, DemandRound, DemandVisit, Match
from talent.models.education import Education, EducationLevel, EducationMode
from talent.models.election import (
    ElectionBallot,
    ElectionRound,
    ElectionStep,
    ElectionStepDone,
    ElectionVillage,
    HandoverItem,
)
from talent.models.kinship import Kinship
from talent.models.person import Background, Person, PoliticalStatus, Sex
from talent.models.recruitment import Recruitment, RecruitmentApplication, RecruitmentQuota
from talent.models.reserve import ReserveAssessment, ReserveCandidate
from talent.models.review import Adjustment, PersonReview, ReviewRound, ReviewVisit, TeamReview
from talent.models.rural_talent import RuralTalent, TalentConfirmation
from talent.models.same_person import FormerIdNumber, NotSamePerson
from talent.models.stationed import Secondment, ServiceVisit, StationingAssessment
from talent.models.stationing import Stationing
from talent.models.talent_classes import Business, Manner, SubClass, TalentClass, Willing

__all__ = [
    "Adjustment",
    "Appointment",
    "ApprovalForm",
    "Background",
    "Business",
    "Candidate",
    "Committee",
    "Demand",
    "DemandRound",
    "DemandVisit",
    "Education",
    "EducationLevel",
    "EducationMode",
    "ElectionBallot",
    "ElectionRound",
    "ElectionStep",
    "ElectionStepDone",
    "ElectionVillage",
    "EndReason",
    "FamilyMember",
    "FormerIdNumber",
    "HandoverItem",
    "How",
    "JointReviewDepartment",
    "JointReviewItem",
    "JointReviewMark",
    "Kinship",
    "Manner",
    "Match",
    "NotSamePerson",
    "Person",
    "PersonReview",
    "PoliticalStatus",
    "Post",
    "Recruitment",
    "RecruitmentApplication",
    "RecruitmentQuota",
    "ReserveAssessment",
    "ReserveCandidate",
    "ReviewRound",
    "ReviewVisit",
    "RuralTalent",
    "Secondment",
    "ServiceVisit",
    "Sex",
    "Stationing",
    "StationingAssessment",
    "SubClass",
    "TalentClass",
    "TalentConfirmation",
    "TeamReview",
    "Willing",
]
