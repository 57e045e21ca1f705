"""Addresses of the pages about people sent in."""

from django.urls import path

from talent.views.stationed import assessments, dispatch, lists, secondments, specialists

urlpatterns = [
    path("", lists.stationed, name="stationed"),
    path("due/", lists.due, name="stationed_due"),
    path("required/", lists.required, name="stationed_required"),
    path("dispatch/", dispatch.new, name="stationed_dispatch"),
    path("assessments/", assessments.assessments, name="stationed_assessments"),
    path("specialists/", specialists.specialists, name="specialists"),
    path("visits/", specialists.service_visits, name="service_visits"),
    path("visits/new/", specialists.visit_new, name="visit_new"),
    path("secondments/", secondments.secondments, name="secondments"),
    path("secondments/new/", secondments.new, name="secondment_new"),
    path("secondments/<int:pk>/", secondments.secondment, name="secondment"),
    path("<int:pk>/", dispatch.stationing, name="stationing"),
    path("<int:pk>/end/", dispatch.end, name="stationing_end"),
]
