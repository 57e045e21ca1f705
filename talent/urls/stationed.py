"""Addresses of the pages about people sent in."""

from django.urls import path

from talent.views.stationed import assessments, dispatch, lists, secondments, specialists

urlpatterns = [
    path("stationed/", lists.stationed, name="stationed"),
    path("stationed/due/", lists.due, name="stationed_due"),
    path("stationed/required/", lists.required, name="stationed_required"),
    path("stationed/dispatch/", dispatch.new, name="stationed_dispatch"),
    path("stationed/assessments/", assessments.assessments, name="stationed_assessments"),
    path("stationed/specialists/", specialists.specialists, name="specialists"),
    path("stationed/visits/", specialists.service_visits, name="service_visits"),
    path("stationed/visits/new/", specialists.visit_new, name="visit_new"),
    path("stationed/secondments/", secondments.secondments, name="secondments"),
    path("stationed/secondments/new/", secondments.new, name="secondment_new"),
    path("stationed/secondments/<int:pk>/", secondments.secondment, name="secondment"),
    path("stationed/<int:pk>/", dispatch.stationing, name="stationing"),
    path("stationed/<int:pk>/end/", dispatch.end, name="stationing_end"),
]
