"""The written table: who may go where. A route of the site without a row here fails the tests.

Columns: anonymous, county staff, township clerk, leader, auditor, system administrator, API token. A status is that of
the actor's own row; a row of a neighbour or of another county answers 404 exactly like one that does not exist (or the
same refusal as everywhere, where the actor may not come at all)."""

from awards.models import Award, AwardRound, AwardScheme, Nomination
from core.models import ApiToken, AuditEntry, Job, User
from rosters.models import (
    CollectionRequest,
    CollectionRound,
    LayoutMemory,
    Reconciliation,
    SuperiorForm,
    Upload,
    ValueMeaning,
)
from talent.models import (
    Appointment,
    Education,
    FormerIdNumber,
    NotSamePerson,
    Person,
    ReserveCandidate,
    RuralTalent,
    Stationing,
)
from training import models as training
from training.models import Course, DegreeStudy, Enrollment, TrainingSession
from villages.models import Division, DivisionName, Term, Village, VillageFigures, VillageLabel, VillageName

# route: (method, model of its key or None, other arguments, statuses)
PAGES = {
    "home": ("GET", None, {}, "302 200 200 200 200 200 302"),
    "login": ("GET", None, {}, "200 302 302 302 302 302 200"),
    "logout": ("GET", None, {}, "405 405 405 405 405 405 405"),
    "password_change": ("GET", None, {}, "302 200 200 200 200 200 302"),
    "search": ("GET", None, {}, "302 200 200 200 403 403 302"),
    "figure": ("GET", None, {"key": "villages"}, "302 200 200 200 403 403 302"),
    "findings": ("GET", None, {}, "302 200 200 200 403 403 302"),
    "parameters": ("GET", None, {}, "302 200 200 200 403 403 302"),
    "parameter": ("GET", None, {"key": "reserve_secretary_ratio"}, "302 200 403 403 403 403 302"),
    "villages": ("GET", None, {}, "302 200 200 200 403 403 302"),
    "village": ("GET", Village, {}, "302 200 200 200 403 403 302"),
    "people": ("GET", None, {}, "302 302 302 302 403 403 302"),
    "same_people": ("GET", None, {}, "302 200 200 403 403 403 302"),
    "same_pair": ("GET", None, {"first": 0, "second": 0}, "302 404 404 403 403 403 302"),
    "person": ("GET", Person, {}, "302 200 200 200 403 403 302"),
    "person_reveal": ("GET", Person, {}, "302 200 200 403 403 403 302"),
    "training": ("GET", None, {}, "302 200 200 200 403 403 302"),
    "training_needs": ("GET", None, {}, "302 200 200 200 403 403 302"),
    "training_wishes": ("GET", None, {}, "302 200 200 200 403 403 302"),
    "training_plan": ("GET", None, {}, "302 200 200 200 403 403 302"),
    "training_plan_line": ("GET", training.PlanLine, {}, "302 200 403 403 403 403 302"),
    "training_colleges": ("GET", None, {}, "302 200 200 200 403 403 302"),
    "training_session": ("GET", TrainingSession, {}, "302 200 200 200 403 403 302"),
    "training_draft": ("GET", TrainingSession, {}, "302 200 403 403 403 403 302"),
    "training_sign_in": ("GET", TrainingSession, {}, "302 200 403 403 403 403 302"),
    "training_results": ("GET", TrainingSession, {}, "302 200 403 403 403 403 302"),
    "training_feedback": ("GET", TrainingSession, {}, "302 200 403 403 403 403 302"),
    "certificate_verify": ("GET", None, {}, "302 200 200 200 403 403 302"),
    "certificate": ("GET", training.Certificate, {}, "302 200 200 200 403 403 302"),
    "degrees": ("GET", None, {}, "302 200 200 200 403 403 302"),
    "degree": ("GET", DegreeStudy, {}, "302 200 200 200 403 403 302"),
    "roster_home": ("GET", None, {}, "302 200 200 403 403 403 302"),
    "roster_upload": ("GET", None, {}, "302 200 200 403 403 403 302"),
    "roster_preview": ("GET", Upload, {}, "302 200 200 403 403 403 302"),
    "roster_correct": ("GET", Upload, {"order": 0}, "302 200 200 403 403 403 302"),
    "roster_workbook": ("GET", Upload, {}, "302 302 302 403 403 403 302"),
    "roster_confirm": ("POST", Upload, {}, "302 302 302 403 403 403 302"),
    "roster_drop": ("POST", Upload, {}, "302 302 302 403 403 403 302"),
    "roster_result": ("GET", Upload, {}, "302 302 302 403 403 403 302"),
    "roster_choose": ("POST", Upload, {}, "302 302 302 403 403 403 302"),
    "roster_review": ("POST", Upload, {}, "302 302 403 403 403 403 302"),
    "roster_undo": ("GET", Upload, {}, "302 302 302 403 403 403 302"),
    "roster_missing": ("GET", Upload, {}, "302 302 302 403 403 403 302"),
    "roster_settings": ("GET", None, {}, "302 200 403 403 403 403 302"),
    "roster_mapping": ("GET", Upload, {}, "302 302 302 403 403 403 302"),
    "roster_kind": ("POST", Upload, {}, "302 404 404 403 403 403 302"),
    "roster_words": ("POST", Upload, {}, "302 302 302 403 403 403 302"),
    "roster_memory": ("GET", None, {}, "302 200 200 403 403 403 302"),
    # What the county forgot just before, the clerk finds gone.
    "roster_forget_layout": ("POST", LayoutMemory, {}, "302 302 404 403 403 403 302"),
    "roster_forget_word": ("POST", ValueMeaning, {}, "302 302 404 403 403 403 302"),
    "roster_progress": ("GET", Job, {}, "302 200 200 403 403 403 302"),
    "roster_sample": ("GET", None, {"slug": "none"}, "302 404 404 403 403 403 302"),
    "roster_template": ("GET", None, {"kind": "committee"}, "302 200 200 403 403 403 302"),
    "roster_export": ("GET", None, {"kind": "committee"}, "302 200 200 403 403 403 302"),
    "jobs": ("GET", None, {}, "302 200 403 403 403 200 302"),
    "job_cancel": ("POST", Job, {}, "302 302 302 403 403 302 302"),
    "job_retry": ("POST", Job, {}, "302 302 302 403 403 302 302"),
    "roster_forms": ("GET", None, {}, "302 200 200 403 403 403 302"),
    "roster_template_choice": ("GET", None, {"kind": "committee"}, "302 200 200 403 403 403 302"),
    "reconcile_upload": ("GET", None, {}, "302 200 200 403 403 403 302"),
    "reconcile": ("GET", Reconciliation, {}, "302 200 200 403 403 403 302"),
    "reconcile_export": ("GET", Reconciliation, {}, "302 200 200 403 403 403 302"),
    "superior_upload": ("GET", None, {}, "302 200 200 403 403 403 302"),
    "superior_form": ("GET", SuperiorForm, {}, "302 200 200 403 403 403 302"),
    "roster_bind": ("POST", Upload, {}, "302 302 302 403 403 403 302"),
    "collection_home": ("GET", None, {}, "302 200 403 403 403 403 302"),
    "collection_new": ("GET", None, {}, "302 200 403 403 403 403 302"),
    "collection_round": ("GET", CollectionRound, {}, "302 200 403 403 403 403 302"),
    "collection_export": ("GET", CollectionRound, {}, "302 200 403 403 403 403 302"),
    "collection_close": ("POST", CollectionRound, {}, "302 302 403 403 403 403 302"),
    "collection_again": ("POST", CollectionRequest, {}, "302 302 403 403 403 403 302"),
    "healthz": ("GET", None, {}, "200 200 200 200 200 200 200"),
    "readyz": ("GET", None, {}, "200 200 200 200 200 200 200"),
    "api:schema": ("GET", None, {}, "401 200 200 200 200 200 200"),
    "api:docs": ("GET", None, {}, "302 200 200 200 200 200 302"),
    "api:indicator-list": ("GET", None, {}, "401 200 200 200 403 403 200"),
    "api:indicator-rows": ("GET", None, {"key": "villages"}, "401 200 200 200 403 403 200"),
    "api:person-lookup": ("GET", None, {}, "401 405 405 405 405 405 405"),
    "admin:index": ("GET", None, {}, "302 200 200 200 200 200 302"),
    "admin:login": ("GET", None, {}, "302 302 302 302 302 302 302"),
    "admin:logout": ("GET", None, {}, "302 302 302 302 302 302 302"),
    "admin:password_change": ("GET", None, {}, "302 302 302 302 302 302 302"),
    "admin:jsi18n": ("GET", None, {}, "302 200 200 200 200 200 302"),
    "admin:autocomplete": ("GET", None, {}, "302 403 403 403 403 403 302"),
    "admin:core_user_reset": ("POST", User, {}, "302 404 404 404 404 200 302"),
    "admin:core_user_unlock": ("POST", User, {}, "302 404 404 404 404 302 302"),
    "admin:core_apitoken_revoke": ("POST", ApiToken, {}, "302 404 404 404 404 302 302"),
}
# prefix of the REST address: model. Lists and details alike: "401 200 200 200 403 403 200".
REST = {
    "division": Division, "division-name": DivisionName, "village": Village, "village-name": VillageName, "village-label": VillageLabel,
    "village-figures": VillageFigures, "term": Term, "person": Person, "education": Education,
    "appointment": Appointment, "reserve": ReserveCandidate, "stationing": Stationing, "rural-talent": RuralTalent, "former-id-number": FormerIdNumber, "not-same-person": NotSamePerson, "course": Course,
    "training-session": TrainingSession, "enrollment": Enrollment, "degree-study": DegreeStudy,
    "topic": training.Topic, "topic-requirement": training.TopicRequirement, "training-wish": training.TrainingWish,
    "training-plan": training.TrainingPlan, "plan-line": training.PlanLine, "teacher": training.Teacher,
    "partner-college": training.PartnerCollege, "major": training.Major, "attendance": training.Attendance,
    "course-feedback": training.CourseFeedback, "certificate": training.Certificate, "study-term": training.StudyTerm,
    "award-scheme": AwardScheme, "award": Award, "award-round": AwardRound, "nomination": Nomination,
}  # fmt: skip
READS = "401 200 200 200 403 403 200"
# Which of v(iew) a(dd) c(hange) d(elete) each role has in the admin of a model; "" is none.
#                       county  clerk  leader auditor sysadmin
ADMIN = {
    Division:         ("vacd", "v",   "v", "",  ""),
    DivisionName:     ("vacd", "v",   "v", "",  ""),
    Village:          ("vacd", "v",   "v", "",  ""),
    VillageName:      ("vacd", "v",   "v", "",  ""),
    VillageLabel:     ("vacd", "v",   "v", "",  ""),
    VillageFigures:   ("vacd", "v",   "v", "",  ""),
    Term:             ("vacd", "v",   "v", "",  ""),
    Person:           ("vacd", "vac", "v", "",  ""),
    Education:        ("vacd", "vac", "v", "",  ""),
    Appointment:      ("vacd", "vac", "v", "",  ""),
    ReserveCandidate: ("vacd", "vac", "v", "",  ""),
    Stationing:       ("vacd", "vac", "v", "",  ""),
    RuralTalent:      ("vacd", "vac", "v", "",  ""),
    FormerIdNumber:   ("vacd", "vac", "v", "",  ""),
    NotSamePerson:    ("vacd", "vac", "v", "",  ""),
    Course:           ("vacd", "v",   "v", "",  ""),
    TrainingSession:  ("vacd", "v",   "v", "",  ""),
    Enrollment:       ("vacd", "v",   "v", "",  ""),
    DegreeStudy:      ("vacd", "v",   "v", "",  ""),
    training.Topic: ("vacd", "v", "v", "", ""),
    training.TopicRequirement: ("vacd", "v", "v", "", ""),
    training.TrainingPlan: ("vacd", "v", "v", "", ""),
    training.PlanLine: ("vacd", "v", "v", "", ""),
    training.Teacher: ("vacd", "v", "v", "", ""),
    training.PartnerCollege: ("vacd", "v", "v", "", ""),
    training.Major: ("vacd", "v", "v", "", ""),
    training.Attendance: ("vacd", "v", "v", "", ""),
    training.CourseFeedback: ("vacd", "v", "v", "", ""),
    training.StudyTerm: ("vacd", "v", "v", "", ""),
    training.Certificate: ("vacd", "v", "v", "", ""),
    training.TrainingWish: ("vacd", "vacd", "v", "", ""),
    AwardScheme:      ("vacd", "v",   "v", "",  ""),
    Award:            ("vacd", "v",   "v", "",  ""),
    AwardRound:       ("vacd", "v",   "v", "",  ""),
    Nomination:       ("vacd", "v",   "v", "",  ""),
    User:             ("",     "",    "",  "",  "vac"),
    ApiToken:         ("",     "",    "",  "",  "va"),
    AuditEntry:       ("",     "",    "",  "v", ""),
}  # fmt: skip
ADMIN_VIEWS = {"changelist": "v", "add": "a", "change": "v", "history": "c", "delete": "d"}  # the right that opens it
LOOKED_UP_FIRST = {"history"}  # who sees no row of the model finds none, before any right is asked for


def admin_statuses(model, view):
    """The seven statuses of a model's admin view."""
    return ["302", *(_admin_status(rights, view) for rights in ADMIN[model]), "302"]


def _admin_status(rights, view):
    if ADMIN_VIEWS[view] in rights:
        return "200"
    return "404" if view in LOOKED_UP_FIRST and "v" not in rights else "403"
