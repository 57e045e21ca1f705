"""Addresses of the reports upward."""

from django.urls import path

from config.reports import views

urlpatterns = [
    path("", views.home, name="reports"),
    path("tables/<slug:key>/", views.table, name="report_table"),
    path("tables/<slug:key>/workbook/", views.workbook, name="report_workbook"),
]
