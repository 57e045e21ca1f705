"""Addresses of the pool of rural talents (人才库)."""

from django.urls import path

from talent.views import talent_counts, talent_new, talents

urlpatterns = [
    path("talents/", talents.talents, name="talents"),
    path("talents/new/", talent_new.talent_new, name="talent_new"),
    path("talents/excel/", talents.talents_excel, name="talents_excel"),
    path("talents/counts/", talent_counts.talent_counts, name="talent_counts"),
    path("talents/counts/excel/", talent_counts.talent_counts_excel, name="talent_counts_excel"),
    path("talents/origins/", talent_counts.talent_origins, name="talent_origins"),
    path("talents/origins/excel/", talent_counts.talent_origins_excel, name="talent_origins_excel"),
    path("talents/confirm/", talents.talents_confirm, name="talents_confirm"),
    path("talents/answer/", talents.talents_answer, name="talents_answer"),
    path("talents/<int:pk>/", talents.talent, name="talent"),
]
