"""Addresses of needs and matching (需求与对接)."""

from django.urls import path

from talent.views.demands import editing, funnel, lists, one

urlpatterns = [
    path("demands/", lists.demands, name="demands"),
    path("demands/excel/<slug:what>/", lists.demands_excel, name="demands_excel"),
    path("demands/funnel/", funnel.demands_funnel, name="demands_funnel"),
    path("demands/rounds/new/", editing.demand_round_new, name="demand_round_new"),
    path("demands/rounds/<int:pk>/", editing.demand_round, name="demand_round"),
    path("demands/new/", editing.demand_new, name="demand_new"),
    path("demands/<int:pk>/", one.demand, name="demand"),
    path("demands/<int:pk>/edit/", editing.demand_edit, name="demand_edit"),
    path("demands/<int:pk>/propose/", one.demand_propose, name="demand_propose"),
    path("demands/<int:pk>/visit/", one.demand_visit, name="demand_visit"),
    path("demands/<int:pk>/publish/", one.demand_publish, name="demand_publish"),
    path("demands/<int:pk>/close/", one.demand_close, name="demand_close"),
    path("matches/<int:pk>/step/", one.match_step, name="match_step"),
]
