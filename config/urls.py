"""Every address of the site."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from config import listings, views
from core.views import account, certificates, errors, figures, findings, jobs, parameters, workdays
from talent.views import changes, kinship, people, same_people, vacancies, villages

handler500 = errors.server_error

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", account.Login.as_view(), name="login"),
    path("logout/", account.sign_out, name="logout"),
    path("password/", account.PasswordChange.as_view(), name="password_change"),
    path("verify/", certificates.verify, name="verify"),
    path("search/", views.search, name="search"),
    path("figures/<slug:key>/", figures.figure, name="figure"),
    path("figures/<slug:key>/workbook/", listings.figure_workbook, name="figure_workbook"),
    path("reports/", include("config.reports.urls")),
    path("findings/", findings.findings, name="findings"),
    path("findings/workbook/", listings.findings_workbook, name="findings_workbook"),
    path("lists/<slug:app>/<slug:model>/workbook/", listings.list_workbook, name="list_workbook"),
    path("villages/", villages.villages, name="villages"),
    path("villages/vacancies/", vacancies.listed, name="vacancies"),
    path("villages/changes/", changes.compared, name="team_changes"),
    path("villages/changes/workbook/", changes.compared_sheet, name="team_changes_sheet"),
    path("villages/kin/<int:pk>/drop/", kinship.kinship_drop, name="kinship_drop"),
    path("villages/<str:code>/kin/", villages.kinship_new, name="kinship_new"),
    path("people/<int:pk>/kin/", people.relative_new, name="relative_new"),
    path("villages/<str:code>/", villages.village, name="village"),
    path("people/", people.people, name="people"),
    path("people/same/", same_people.same_people, name="same_people"),
    path("people/same/<int:first>/<int:second>/", same_people.same_pair, name="same_pair"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/reveal/", people.person_reveal, name="person_reveal"),
    path("", include("talent.urls.approval_forms")),
    path("", include("talent.urls.elections")),
    path("", include("talent.urls.reviews")),
    path("", include("talent.urls.reserves")),
    path("", include("talent.urls.recruitments")),
    path("", include("talent.urls.stationed")),
    path("", include("talent.urls.talents")),
    path("", include("talent.urls.demands")),
    path("", include("talent.urls.party")),
    *([path("rosters/", include("rosters.urls"))] if find_spec("rosters.urls") else []),
    path("parameters/", parameters.listed, name="parameters"),
    path("parameters/calendar/", workdays.listed, name="calendar"),
    path("parameters/calendar/<int:year>/", workdays.change, name="calendar_year"),
    path("parameters/<slug:key>/", parameters.change, name="parameter"),
    path("", include("training.urls")),
    path("", include("awards.urls.awards")),
    path("", include("awards.urls.fund")),
    path("", include("awards.urls.evaluations")),
    path("", include("awards.urls.safeguards")),
    path("", include("awards.urls.support")),
    path("jobs/", jobs.listed, name="jobs"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job_cancel"),
    path("jobs/<int:pk>/retry/", jobs.retry, name="job_retry"),
    path("api/", include("config.api")),
    path("healthz", errors.healthz, name="healthz"),
    path("readyz", errors.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
