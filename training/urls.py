"""Addresses of training and degree study."""

from django.urls import path

from training.views import (
    certificates,
    colleges,
    degrees,
    drafts,
    home,
    needs,
    plans,
    sessions,
    signing,
    teachers,
    terms,
    wishes,
)

urlpatterns = [
    path("training/", home.training, name="training"),
    path("training/needs/", needs.needs_page, name="training_needs"),
    path("training/wishes/", wishes.wishes_page, name="training_wishes"),
    path("training/plan/", plans.plan_page, name="training_plan"),
    path("training/plan/<int:pk>/", plans.line_page, name="training_plan_line"),
    path("training/colleges/", colleges.colleges, name="training_colleges"),
    path("training/teachers/", teachers.teachers_page, name="training_teachers"),
    path("training/sessions/<int:pk>/", sessions.session_page, name="training_session"),
    path("training/sessions/<int:pk>/draft/", drafts.draft_page, name="training_draft"),
    path("training/sessions/<int:pk>/sign-in/", signing.sign_in_page, name="training_sign_in"),
    path("training/sessions/<int:pk>/results/", signing.results_page, name="training_results"),
    path("training/sessions/<int:pk>/feedback/", signing.feedback_page, name="training_feedback"),
    path("certificates/verify/", certificates.verify, name="certificate_verify"),
    path("certificates/<int:pk>/", certificates.certificate, name="certificate"),
    path("degrees/", degrees.degrees, name="degrees"),
    path("degrees/terms/", terms.terms_page, name="degree_terms"),
    path("degrees/<int:pk>/", degrees.degree, name="degree"),
]
