"""Addresses of the yearly evaluation and of periodic checks."""

from django.urls import path

from awards.views import evaluations, inspections

urlpatterns = [
    path("evaluations/", evaluations.listed, name="evaluations"),
    path("evaluations/new/", evaluations.new, name="evaluation_new"),
    path("evaluations/<int:pk>/", evaluations.scheme_page, name="evaluation_scheme"),
    path("evaluations/<int:pk>/edit/", evaluations.edit, name="evaluation_edit"),
    path("evaluations/<int:pk>/prepare/", evaluations.prepare, name="evaluation_prepare"),
    path("evaluations/<int:pk>/scores/", evaluations.scores, name="evaluation_scores"),
    path("evaluations/<int:pk>/ballots/", evaluations.ballots, name="evaluation_ballots"),
    path("evaluations/<int:pk>/hand-in/", evaluations.hand_in, name="evaluation_hand_in"),
    path("evaluations/<int:pk>/return/", evaluations.give_back, name="evaluation_return"),
    path("evaluations/<int:pk>/grades/", evaluations.grades, name="evaluation_grades"),
    path("evaluations/<int:pk>/what-if/", evaluations.what_if, name="evaluation_what_if"),
    path("evaluations/<int:pk>/publish/", evaluations.publish, name="evaluation_publish"),
    path("evaluations/<int:pk>/workbook/", evaluations.sheet, name="evaluation_sheet"),
    path("evaluations/objects/<int:pk>/", evaluations.one, name="evaluation"),
    path("evaluations/appeals/<int:pk>/", evaluations.appeal, name="evaluation_appeal"),
    path("inspections/", inspections.listed, name="inspections"),
    path("inspections/new/", inspections.new, name="inspection_new"),
    path("inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path("inspections/<int:pk>/workbook/", inspections.sheet, name="inspection_sheet"),
    path("inspections/findings/<int:pk>/", inspections.finding, name="inspection_finding"),
    path("inspections/findings/<int:pk>/close/", inspections.close, name="inspection_close"),
]
