"""Every address of the site."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from config import views
from core.views import account, errors, figures, findings, jobs, parameters
from talent.views import people, same_people, talent_counts, talents, villages
from talent.views.demands import editing, funnel, lists, one

handler500 = errors.server_error

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", account.Login.as_view(), name="login"),
    path("logout/", account.sign_out, name="logout"),
    path("password/", account.PasswordChange.as_view(), name="password_change"),
    path("search/", views.search, name="search"),
    path("figures/<slug:key>/", figures.figure, name="figure"),
    path("findings/", findings.findings, name="findings"),
    path("villages/", villages.villages, name="villages"),
    path("villages/<str:code>/", villages.village, name="village"),
    path("people/", people.people, name="people"),
    path("people/same/", same_people.same_people, name="same_people"),
    path("people/same/<int:first>/<int:second>/", same_people.same_pair, name="same_pair"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/reveal/", people.person_reveal, name="person_reveal"),
    path("talents/", talents.talents, name="talents"),
    path("talents/excel/", talents.talents_excel, name="talents_excel"),
    path("talents/counts/", talent_counts.talent_counts, name="talent_counts"),
    path("talents/counts/excel/", talent_counts.talent_counts_excel, name="talent_counts_excel"),
    path("talents/origins/", talent_counts.talent_origins, name="talent_origins"),
    path("talents/origins/excel/", talent_counts.talent_origins_excel, name="talent_origins_excel"),
    path("talents/confirm/", talents.talents_confirm, name="talents_confirm"),
    path("talents/answer/", talents.talents_answer, name="talents_answer"),
    path("talents/<int:pk>/", talents.talent, name="talent"),
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
    *([path("rosters/", include("rosters.urls"))] if find_spec("rosters.urls") else []),
    path("parameters/", parameters.listed, name="parameters"),
    path("parameters/<slug:key>/", parameters.change, name="parameter"),
    path("jobs/", jobs.listed, name="jobs"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job_cancel"),
    path("jobs/<int:pk>/retry/", jobs.retry, name="job_retry"),
    path("api/", include("config.api")),
    path("healthz", errors.healthz, name="healthz"),
    path("readyz", errors.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
