"""Every address of the site."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from config import listings, views
from core.views import account, errors, figures, findings, jobs, parameters
from talent.views import people, reviews, same_people, villages
from talent.views import people, same_people, villages
from talent.views.recruitments import notices, papers, ranking
from talent.views.reserves import candidate, gaps, listing, outlook
from talent.views import kinship, people, same_people, vacancies, villages
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
    path("figures/<slug:key>/workbook/", listings.figure_workbook, name="figure_workbook"),
    path("findings/", findings.findings, name="findings"),
    path("findings/workbook/", listings.findings_workbook, name="findings_workbook"),
    path("villages/", villages.villages, name="villages"),
    path("villages/vacancies/", vacancies.listed, name="vacancies"),
    path("villages/kin/<int:pk>/drop/", kinship.kinship_drop, name="kinship_drop"),
    path("villages/<str:code>/kin/", kinship.kinship_new, name="kinship_new"),
    path("villages/<str:code>/", villages.village, name="village"),
    path("", include("talent.urls.elections")),
    path("people/", people.people, name="people"),
    path("people/same/", same_people.same_people, name="same_people"),
    path("people/same/<int:first>/<int:second>/", same_people.same_pair, name="same_pair"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/reveal/", people.person_reveal, name="person_reveal"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/new/", reviews.review_new, name="review_new"),
    path("reviews/<int:pk>/", reviews.review_round, name="review_round"),
    path("reviews/<int:pk>/prepare/", reviews.review_prepare, name="review_prepare"),
    path("reviews/<int:pk>/list/", reviews.review_list, name="review_list"),
    path("reviews/<int:pk>/sheets/", reviews.review_sheets, name="review_sheets"),
    path("reviews/<int:pk>/summary/", reviews.review_summary, name="review_summary"),
    path("reviews/<int:pk>/summary/list/", reviews.review_summary_list, name="review_summary_list"),
    path("reviews/<int:pk>/summary/report/", reviews.review_report, name="review_report"),
    path("reviews/village/<int:pk>/", reviews.review_village, name="review_village"),
    path("reviews/village/<int:pk>/sheet/", reviews.review_sheet, name="review_sheet"),
    path("reviews/village/<int:pk>/visit/", reviews.review_visit, name="review_visit"),
    path("reviews/village/<int:pk>/return/", reviews.review_return, name="review_return"),
    path("reviews/person/<int:pk>/", reviews.review_person, name="review_person"),
    path("reserves/", gaps.gaps, name="reserves"),
    path("reserves/gaps.xlsx", gaps.gaps_sheet, name="reserves_sheet"),
    path("reserves/bench/", listing.listed, name="reserves_bench"),
    path("reserves/bench.xlsx", listing.sheet, name="reserves_bench_sheet"),
    path("reserves/outlook/", outlook.outlook, name="reserves_outlook"),
    path("reserves/outlook.xlsx", outlook.outlook_sheet, name="reserves_outlook_sheet"),
    path("reserves/new/", candidate.new, name="reserve_new"),
    path("reserves/<int:pk>/", candidate.candidate, name="reserve"),
    path("reserves/<int:pk>/<slug:slug>/", candidate.step, name="reserve_step"),
    path("recruitments/", notices.listed, name="recruitments"),
    path("recruitments/new/", notices.new, name="recruitment_new"),
    path("recruitments/applications/<int:pk>/", ranking.application, name="recruitment_application"),
    path("recruitments/<int:pk>/", ranking.recruitment, name="recruitment"),
    path("recruitments/<int:pk>/edit/", notices.edit, name="recruitment_edit"),
    path("recruitments/<int:pk>/review/", ranking.review, name="recruitment_review"),
    path("recruitments/<int:pk>/record/", ranking.record, name="recruitment_record"),
    path("recruitments/<int:pk>/engage/", ranking.engage, name="recruitment_engage"),
    path("recruitments/<int:pk>/ranking.xlsx", papers.sheet, name="recruitment_sheet"),
    path("recruitments/<int:pk>/publicity.docx", papers.publicity, name="recruitment_publicity"),
    path("stationed/", include("talent.views.stationed.urls")),
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
    path("", include("training.urls")),
    path("jobs/", jobs.listed, name="jobs"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job_cancel"),
    path("jobs/<int:pk>/retry/", jobs.retry, name="job_retry"),
    path("api/", include("config.api")),
    path("healthz", errors.healthz, name="healthz"),
    path("readyz", errors.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
