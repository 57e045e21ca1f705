"""Addresses of reserve cadres (后备干部)."""

from django.urls import path

from talent.views.reserves import candidate, gaps, listing, outlook

urlpatterns = [
    path("reserves/", gaps.gaps, name="reserves"),
    path("reserves/gaps.xlsx", gaps.gaps_sheet, name="reserves_sheet"),
    path("reserves/bench/", listing.listed, name="reserves_bench"),
    path("reserves/bench.xlsx", listing.sheet, name="reserves_bench_sheet"),
    path("reserves/outlook/", outlook.outlook, name="reserves_outlook"),
    path("reserves/outlook.xlsx", outlook.outlook_sheet, name="reserves_outlook_sheet"),
    path("reserves/new/", candidate.new, name="reserve_new"),
    path("reserves/<int:pk>/", candidate.candidate, name="reserve"),
    path("reserves/<int:pk>/<slug:slug>/", candidate.step, name="reserve_step"),
]
