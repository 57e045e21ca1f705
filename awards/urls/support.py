"""Addresses of support policies (扶持政策) and applications."""

from django.urls import path

from awards.views import support, support_applications, support_payments

urlpatterns = [
    path("support/", support.policies, name="support_policies"),
    path("support/new/", support.new, name="support_policy_new"),
    path("support/<int:pk>/", support.policy, name="support_policy"),
    path("support/<int:pk>/edit/", support.edit, name="support_policy_edit"),
    path("support/<int:pk>/condition/", support.condition, name="support_condition"),
    path("support/conditions/<int:pk>/drop/", support.condition_drop, name="support_condition_drop"),
    path("support/<int:pk>/exclude/", support.exclude, name="support_exclude"),
    path("support/exclusions/<int:pk>/drop/", support.exclusion_drop, name="support_exclusion_drop"),
    path("support/<int:pk>/budget/", support.budget, name="support_budget"),
    path("support/<int:pk>/what-if/", support.what_if, name="support_what_if"),
    path("support/<int:pk>/apply/", support_applications.new, name="support_apply"),
    path("support/applications/", support_applications.applications, name="support_applications"),
    path("support/applications/<int:pk>/", support_applications.application, name="support_application"),
    path("support/applications/<int:pk>/change/", support_applications.change, name="support_change"),
    path("support/applications/<int:pk>/approve/", support_applications.approve, name="support_approve"),
    path("support/applications/<int:pk>/reject/", support_applications.reject, name="support_reject"),
    path("support/applications/<int:pk>/withdraw/", support_applications.withdraw, name="support_withdraw"),
    path("support/applications/<int:pk>/pay/", support_applications.pay, name="support_pay"),
    path("support/applications/<int:pk>/result/", support_applications.result, name="support_result"),
    path("support/payments/", support_payments.payments, name="support_payments"),
    path("support/payments/check/", support_payments.check_all, name="support_payments_check"),
    path("support/payments/<int:pk>/check/", support_applications.check, name="support_payment_check"),
]
