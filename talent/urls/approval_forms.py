"""Addresses of the cadre appointment forms."""

from django.urls import path

from talent.views.approval_forms import person, village

urlpatterns = [
    path("people/<int:pk>/approval-form/", person.page, name="approval_form"),
    path("people/<int:pk>/approval-form/take/", person.take, name="approval_form_take"),
    path("people/<int:pk>/approval-form/word/", person.printed, name="approval_form_word"),
    path("people/<int:pk>/approval-form/register/", person.registered, name="approval_form_register"),
    path("people/<int:pk>/approval-form/lrmx/", person.file, name="approval_form_lrmx"),
    path("villages/<str:code>/approval-forms/", village.page, name="approval_forms"),
    path("villages/<str:code>/approval-forms/take/", village.take, name="approval_forms_take"),
    path("villages/<str:code>/approval-forms/<slug:kind>/", village.packed, name="approval_forms_zip"),
]
