"""The REST door: one explicit line per viewset, the OpenAPI document and its offline page."""

from django.contrib.auth.decorators import login_required
from django.urls import include, path
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from awards import api as awards
from config.reports.api import ReportViewSet
from core.api import IndicatorViewSet, ParameterViewSet, SpecialDayViewSet
from core.changes import following
from rosters import api as rosters
from talent import api as talent
from training import api as training
from villages import api as villages

router = rosters.Router()
router.register("indicators", IndicatorViewSet, "indicator")
router.register("reports", ReportViewSet, "report")
router.register("parameters", ParameterViewSet, "parameter")
router.register("rosters", rosters.RosterViewSet, "roster")
router.register("uploads", rosters.UploadViewSet, "upload")
router.register("special-days", SpecialDayViewSet, "special-day")
router.register("divisions", villages.DivisionViewSet, "division")
router.register("villages", villages.VillageViewSet, "village")
router.register("division-names", villages.DivisionNameViewSet, "division-name")
router.register("village-names", villages.VillageNameViewSet, "village-name")
router.register("village-labels", villages.VillageLabelViewSet, "village-label")
router.register("approved-seats", villages.ApprovedSeatsViewSet, "approved-seats")
router.register("village-figures", villages.VillageFiguresViewSet, "village-figures")
router.register("terms", villages.TermViewSet, "term")
router.register("party-branches", villages.PartyBranchViewSet, "party-branch")
router.register("branch-sizes", villages.BranchSizeViewSet, "branch-size")
router.register("meeting-records", villages.MeetingRecordViewSet, "meeting-record")
router.register("resolutions", villages.ResolutionViewSet, "resolution")
router.register("meeting-attachments", villages.MeetingAttachmentViewSet, "meeting-attachment")
router.register("village-projects", villages.VillageProjectViewSet, "village-project")
router.register("cultural-activities", villages.CulturalActivityViewSet, "cultural-activity")
router.register("party-activities", villages.PartyActivityViewSet, "party-activity")
router.register("persons", talent.PersonViewSet, "person")
router.register("educations", talent.EducationViewSet, "education")
router.register("appointments", talent.AppointmentViewSet, "appointment")
router.register("reserves", talent.ReserveViewSet, "reserve")
router.register("reserve-assessments", talent.ReserveAssessmentViewSet, "reserve-assessment")
router.register("recruitments", talent.RecruitmentViewSet, "recruitment")
router.register("recruitment-quotas", talent.RecruitmentQuotaViewSet, "recruitment-quota")
router.register("recruitment-applications", talent.RecruitmentApplicationViewSet, "recruitment-application")
router.register("stationings", talent.StationingViewSet, "stationing")
router.register("stationing-assessments", talent.StationingAssessmentViewSet, "stationing-assessment")
router.register("service-visits", talent.ServiceVisitViewSet, "service-visit")
router.register("secondments", talent.SecondmentViewSet, "secondment")
router.register("kinships", talent.KinshipViewSet, "kinship")
router.register("rural-talents", talent.RuralTalentViewSet, "rural-talent")
router.register("talent-confirmations", talent.TalentConfirmationViewSet, "talent-confirmation")
router.register("demand-rounds", talent.DemandRoundViewSet, "demand-round")
router.register("demands", talent.DemandViewSet, "demand")
router.register("matches", talent.MatchViewSet, "match")
router.register("demand-visits", talent.DemandVisitViewSet, "demand-visit")
router.register("former-id-numbers", talent.FormerIdNumberViewSet, "former-id-number")
router.register("not-same-persons", talent.NotSamePersonViewSet, "not-same-person")
router.register("approval-forms", talent.ApprovalFormViewSet, "approval-form")
router.register("family-members", talent.FamilyMemberViewSet, "family-member")
router.register("election-rounds", talent.ElectionRoundViewSet, "election-round")
router.register("election-steps", talent.ElectionStepViewSet, "election-step")
router.register("election-villages", talent.ElectionVillageViewSet, "election-village")
router.register("election-step-done", talent.ElectionStepDoneViewSet, "election-step-done")
router.register("election-ballots", talent.ElectionBallotViewSet, "election-ballot")
router.register("handover-items", talent.HandoverItemViewSet, "handover-item")
router.register("candidates", talent.CandidateViewSet, "candidate")
router.register("joint-review-departments", talent.JointReviewDepartmentViewSet, "joint-review-department")
router.register("joint-review-items", talent.JointReviewItemViewSet, "joint-review-item")
router.register("joint-review-marks", talent.JointReviewMarkViewSet, "joint-review-mark")
router.register("review-rounds", talent.ReviewRoundViewSet, "review-round")
router.register("team-reviews", talent.TeamReviewViewSet, "team-review")
router.register("person-reviews", talent.PersonReviewViewSet, "person-review")
router.register("review-visits", talent.ReviewVisitViewSet, "review-visit")
router.register("adjustments", talent.AdjustmentViewSet, "adjustment")
router.register("courses", training.CourseViewSet, "course")
router.register("training-sessions", training.TrainingSessionViewSet, "training-session")
router.register("enrollments", training.EnrollmentViewSet, "enrollment")
router.register("degree-studies", training.DegreeStudyViewSet, "degree-study")
router.register("topics", training.TopicViewSet, "topic")
router.register("topic-requirements", training.TopicRequirementViewSet, "topic-requirement")
router.register("training-wishes", training.TrainingWishViewSet, "training-wish")
router.register("training-plans", training.TrainingPlanViewSet, "training-plan")
router.register("plan-lines", training.PlanLineViewSet, "plan-line")
router.register("teachers", training.TeacherViewSet, "teacher")
router.register("partner-colleges", training.PartnerCollegeViewSet, "partner-college")
router.register("majors", training.MajorViewSet, "major")
router.register("attendances", training.AttendanceViewSet, "attendance")
router.register("course-feedback", training.CourseFeedbackViewSet, "course-feedback")
router.register("certificates", training.CertificateViewSet, "certificate")
router.register("study-terms", training.StudyTermViewSet, "study-term")
router.register("award-schemes", awards.AwardSchemeViewSet, "award-scheme")
router.register("awards", awards.AwardViewSet, "award")
router.register("award-rounds", awards.AwardRoundViewSet, "award-round")
router.register("nominations", awards.NominationViewSet, "nomination")
router.register("changes", following(router.registry), "change")
router.register("award-quotas", awards.AwardQuotaViewSet, "award-quota")
router.register("nomination-attachments", awards.NominationAttachmentViewSet, "nomination-attachment")
router.register("department-opinions", awards.DepartmentOpinionViewSet, "department-opinion")
router.register("award-judges", awards.AwardJudgeViewSet, "award-judge")
router.register("award-scores", awards.AwardScoreViewSet, "award-score")
router.register("award-publicities", awards.AwardPublicityViewSet, "award-publicity")
router.register("award-objections", awards.AwardObjectionViewSet, "award-objection")
router.register("evaluation-schemes", awards.EvaluationSchemeViewSet, "evaluation-scheme")
router.register("evaluation-items", awards.EvaluationItemViewSet, "evaluation-item")
router.register("evaluations", awards.EvaluationViewSet, "evaluation")
router.register("evaluation-scores", awards.EvaluationScoreViewSet, "evaluation-score")
router.register("evidence-files", awards.EvidenceFileViewSet, "evidence-file")
router.register("ballot-corrections", awards.BallotCorrectionViewSet, "ballot-correction")
router.register("evaluation-appeals", awards.EvaluationAppealViewSet, "evaluation-appeal")
router.register("inspections", awards.InspectionViewSet, "inspection")
router.register("inspection-items", awards.InspectionItemViewSet, "inspection-item")
router.register("inspection-findings", awards.InspectionFindingViewSet, "inspection-finding")
router.register("inspection-follow-ups", awards.InspectionFollowUpViewSet, "inspection-follow-up")
router.register("reward-funds", awards.RewardFundViewSet, "reward-fund")
router.register("fund-budgets", awards.FundBudgetViewSet, "fund-budget")
router.register("fund-entries", awards.FundEntryViewSet, "fund-entry")
router.register("safeguard-standards", awards.SafeguardStandardViewSet, "safeguard-standard")
router.register("safeguard-records", awards.SafeguardRecordViewSet, "safeguard-record")
router.register("support-policies", awards.SupportPolicyViewSet, "support-policy")
router.register("support-conditions", awards.SupportConditionViewSet, "support-condition")
router.register("support-exclusions", awards.SupportExclusionViewSet, "support-exclusion")
router.register("support-budgets", awards.SupportBudgetViewSet, "support-budget")
router.register("support-applications", awards.SupportApplicationViewSet, "support-application")
router.register("support-payments", awards.SupportPaymentViewSet, "support-payment")
router.register("support-results", awards.SupportResultViewSet, "support-result")

docs = SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="core/api_docs.html")

app_name = "api"
urlpatterns = [
    path("v1/", include(router.urls)),
    path(
        "schema/",
        SpectacularAPIView.as_view(renderer_classes=[OpenApiJsonRenderer, OpenApiYamlRenderer]),
        name="schema",
    ),
    path("docs/", login_required(docs), name="docs"),
]
