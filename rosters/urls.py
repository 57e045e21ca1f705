"""Addresses of the roster pages, below /rosters/."""

from django.urls import path

from rosters.views import absence, correcting, handing, mapping, memory, pages, progress, settings, taking_away, undoing

urlpatterns = [
    path("", pages.home, name="roster_home"),
    path("upload/", pages.upload, name="roster_upload"),
    path("progress/<int:pk>/", progress.progress, name="roster_progress"),
    path("<int:pk>/", pages.preview_page, name="roster_preview"),
    path("<int:pk>/rows/<int:order>/", correcting.correct, name="roster_correct"),
    path("<int:pk>/workbook.xlsx", taking_away.workbook, name="roster_workbook"),
    path("<int:pk>/confirm/", pages.confirm, name="roster_confirm"),
    path("<int:pk>/drop/", pages.drop, name="roster_drop"),
    path("<int:pk>/mapping/", mapping.mapping_page, name="roster_mapping"),
    path("<int:pk>/kind/", mapping.kind, name="roster_kind"),
    path("<int:pk>/words/", mapping.tell_words, name="roster_words"),
    path("memory/", memory.memory_page, name="roster_memory"),
    path("memory/layout/<int:pk>/forget/", memory.forget_layout, name="roster_forget_layout"),
    path("memory/word/<int:pk>/forget/", memory.forget_word, name="roster_forget_word"),
    path("<int:pk>/result/", pages.result, name="roster_result"),
    path("<int:pk>/choose/", handing.choose, name="roster_choose"),
    path("<int:pk>/review/", handing.review, name="roster_review"),
    path("<int:pk>/undo/", undoing.undo, name="roster_undo"),
    path("<int:pk>/missing/", absence.absence, name="roster_missing"),
    path("settings/", settings.settings, name="roster_settings"),
    path("samples/<slug:slug>/", pages.sample, name="roster_sample"),
    path("<slug:kind>/template.xlsx", pages.template, name="roster_template"),
    path("<slug:kind>/export.xlsx", pages.export, name="roster_export"),
]
