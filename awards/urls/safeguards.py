"""Addresses of safeguards (保障) and the leaving allowance."""

from django.urls import path

from awards.views import leaving, safeguards

urlpatterns = [
    path("safeguards/", safeguards.safeguards, name="safeguards"),
    path("safeguards/people/", safeguards.people, name="safeguard_people"),
    path("safeguards/people/<int:pk>/", safeguards.record, name="safeguard_record"),
    path("safeguards/standards/", safeguards.standards, name="safeguard_standards"),
    path("leaving/", leaving.listed, name="leaving"),
]
