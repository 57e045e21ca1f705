"""Addresses of the roster pages, below /rosters/."""

from django.urls import path

from rosters.views import collection, correcting, giving_out, pages, reconcile, superior, taking_away

urlpatterns = [
    path("", pages.home, name="roster_home"),
    path("upload/", pages.upload, name="roster_upload"),
    path("collection/", collection.rounds, name="collection_home"),
    path("collection/new/", collection.new_round, name="collection_new"),
    path("collection/<int:pk>/", collection.board, name="collection_round"),
    path("collection/<int:pk>/export.xlsx", collection.board_export, name="collection_export"),
    path("collection/<int:pk>/close/", collection.close, name="collection_close"),
    path("collection/requests/<int:pk>/again/", collection.again, name="collection_again"),
    path("<int:pk>/request/", collection.bind, name="roster_bind"),
    path("<int:pk>/", pages.preview_page, name="roster_preview"),
    path("<int:pk>/rows/<int:order>/", correcting.correct, name="roster_correct"),
    path("<int:pk>/workbook.xlsx", taking_away.workbook, name="roster_workbook"),
    path("<int:pk>/confirm/", pages.confirm, name="roster_confirm"),
    path("<int:pk>/drop/", pages.drop, name="roster_drop"),
    path("<int:pk>/result/", pages.result, name="roster_result"),
    path("samples/<slug:slug>/", pages.sample, name="roster_sample"),
    path("forms/", giving_out.forms, name="roster_forms"),
    path("superior/", superior.form_upload, name="superior_upload"),
    path("superior/<int:pk>/", superior.form_page, name="superior_form"),
    path("reconcile/", reconcile.file_upload, name="reconcile_upload"),
    path("reconcile/<int:pk>/", reconcile.found, name="reconcile"),
    path("reconcile/<int:pk>/export.xlsx", reconcile.workbook, name="reconcile_export"),
    path("<slug:kind>/template/", giving_out.template_choice, name="roster_template_choice"),
    path("<slug:kind>/template.xlsx", pages.template, name="roster_template"),
    path("<slug:kind>/export.xlsx", pages.export, name="roster_export"),
]
