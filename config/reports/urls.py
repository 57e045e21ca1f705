"""Addresses of the reports upward."""

from django.urls import path

from config.reports import essays, views

urlpatterns = [
    path("", views.home, name="reports"),
    path("tables/<slug:key>/", views.table, name="report_table"),
    path("tables/<slug:key>/workbook/", views.workbook, name="report_workbook"),
    path("essays/<slug:kind>/", essays.essay, name="report_essay"),
    path("essays/<slug:kind>/word/", essays.essay_file, name="report_essay_file"),
    path("essays/<slug:kind>/edit/", essays.edit, name="report_essay_edit"),
]
