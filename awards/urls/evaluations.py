"""Addresses of the yearly evaluation and of periodic checks."""

from django.urls import path

from awards.views import inspections
from awards.views.evaluations import evidence, grading, notice, one, schemes, sheets

urlpatterns = [
    path("evaluations/", schemes.listed, name="evaluations"),
    path("evaluations/new/", schemes.new, name="evaluation_new"),
    path("evaluations/<int:pk>/", schemes.scheme_page, name="evaluation_scheme"),
    path("evaluations/<int:pk>/edit/", schemes.edit, name="evaluation_edit"),
    path("evaluations/<int:pk>/prepare/", schemes.prepare, name="evaluation_prepare"),
    path("evaluations/<int:pk>/scores/", sheets.scores, name="evaluation_scores"),
    path("evaluations/<int:pk>/ballots/", sheets.ballots, name="evaluation_ballots"),
    path("evaluations/<int:pk>/hand-in/", schemes.hand_in, name="evaluation_hand_in"),
    path("evaluations/<int:pk>/return/", schemes.give_back, name="evaluation_return"),
    path("evaluations/<int:pk>/proposals/", grading.proposals, name="evaluation_proposals"),
    path("evaluations/<int:pk>/grades/", grading.grades, name="evaluation_grades"),
    path("evaluations/<int:pk>/what-if/", grading.what_if, name="evaluation_what_if"),
    path("evaluations/<int:pk>/publish/", schemes.publish, name="evaluation_publish"),
    path("evaluations/<int:pk>/notice.docx", notice.notice, name="evaluation_notice"),
    path("evaluations/<int:pk>/workbook/", schemes.sheet, name="evaluation_sheet"),
    path("evaluations/objects/<int:pk>/", one.one, name="evaluation"),
    path("evaluations/objects/<int:pk>/attach/", evidence.attach, name="evaluation_attach"),
    path("evaluations/evidence/<int:pk>/", evidence.evidence, name="evaluation_evidence"),
    path("evaluations/evidence/<int:pk>/drop/", evidence.drop, name="evaluation_evidence_drop"),
    path("evaluations/appeals/<int:pk>/", one.appeal, name="evaluation_appeal"),
    path("inspections/", inspections.listed, name="inspections"),
    path("inspections/new/", inspections.new, name="inspection_new"),
    path("inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path("inspections/<int:pk>/workbook/", inspections.sheet, name="inspection_sheet"),
    path("inspections/findings/<int:pk>/", inspections.finding, name="inspection_finding"),
    path("inspections/findings/<int:pk>/close/", inspections.close, name="inspection_close"),
]
