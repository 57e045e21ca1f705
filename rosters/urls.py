"""Addresses of the roster pages, below /rosters/."""

from django.urls import path

from rosters.views import correcting, pages, taking_away

urlpatterns = [
    path("", pages.home, name="roster_home"),
    path("upload/", pages.upload, name="roster_upload"),
    path("<int:pk>/", pages.preview_page, name="roster_preview"),
    path("<int:pk>/rows/<int:order>/", correcting.correct, name="roster_correct"),
    path("<int:pk>/workbook.xlsx", taking_away.workbook, name="roster_workbook"),
    path("<int:pk>/confirm/", pages.confirm, name="roster_confirm"),
    path("<int:pk>/drop/", pages.drop, name="roster_drop"),
    path("<int:pk>/result/", pages.result, name="roster_result"),
    path("samples/<slug:slug>/", pages.sample, name="roster_sample"),
    path("<slug:kind>/template.xlsx", pages.template, name="roster_template"),
    path("<slug:kind>/export.xlsx", pages.export, name="roster_export"),
]
