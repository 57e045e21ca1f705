"""Addresses of the roster pages, below /rosters/."""

from django.urls import path

from rosters.views import absence, correcting, handing, pages, settings, taking_away, undoing

urlpatterns = [
    path("", pages.home, name="roster_home"),
    path("upload/", pages.upload, name="roster_upload"),
    path("<int:pk>/", pages.preview_page, name="roster_preview"),
    path("<int:pk>/rows/<int:order>/", correcting.correct, name="roster_correct"),
    path("<int:pk>/workbook.xlsx", taking_away.workbook, name="roster_workbook"),
    path("<int:pk>/confirm/", pages.confirm, name="roster_confirm"),
    path("<int:pk>/drop/", pages.drop, name="roster_drop"),
    path("<int:pk>/result/", pages.result, name="roster_result"),
    path("<int:pk>/choose/", handing.choose, name="roster_choose"),
    path("<int:pk>/review/", handing.review, name="roster_review"),
    path("<int:pk>/undo/", undoing.undo, name="roster_undo"),
    path("<int:pk>/missing/", absence.absence, name="roster_missing"),
    path("settings/", settings.settings, name="roster_settings"),
    path("samples/<slug:slug>/", pages.sample, name="roster_sample"),
    path("<slug:kind>/template.xlsx", pages.template, name="roster_template"),
    path("<slug:kind>/export.xlsx", pages.export, name="roster_export"),
]
