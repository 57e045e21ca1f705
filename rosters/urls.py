"""Addresses of the roster pages, below /rosters/."""

from django.urls import path

from rosters import views

urlpatterns = [
    path("", views.home, name="roster_home"),
    path("upload/", views.upload, name="roster_upload"),
    path("<int:pk>/", views.preview_page, name="roster_preview"),
    path("<int:pk>/confirm/", views.confirm, name="roster_confirm"),
    path("<int:pk>/drop/", views.drop, name="roster_drop"),
    path("<int:pk>/result/", views.result, name="roster_result"),
    path("samples/<slug:slug>/", views.sample, name="roster_sample"),
    path("<slug:kind>/template.xlsx", views.template, name="roster_template"),
    path("<slug:kind>/export.xlsx", views.export, name="roster_export"),
]
