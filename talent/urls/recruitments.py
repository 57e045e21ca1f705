"""Addresses of open recruitment (公开招聘)."""

from django.urls import path

from talent.views.recruitments import notices, papers, ranking

urlpatterns = [
    path("recruitments/", notices.listed, name="recruitments"),
    path("recruitments/new/", notices.new, name="recruitment_new"),
    path("recruitments/applications/<int:pk>/", ranking.application, name="recruitment_application"),
    path("recruitments/<int:pk>/", ranking.recruitment, name="recruitment"),
    path("recruitments/<int:pk>/edit/", notices.edit, name="recruitment_edit"),
    path("recruitments/<int:pk>/review/", ranking.review, name="recruitment_review"),
    path("recruitments/<int:pk>/record/", ranking.record, name="recruitment_record"),
    path("recruitments/<int:pk>/engage/", ranking.engage, name="recruitment_engage"),
    path("recruitments/<int:pk>/ranking.xlsx", papers.sheet, name="recruitment_sheet"),
    path("recruitments/<int:pk>/publicity.docx", papers.publicity, name="recruitment_publicity"),
]
