"""Addresses of the reward fund (奖励基金)."""

from django.urls import path

from awards.views import fund

urlpatterns = [
    path("fund/", fund.fund, name="fund"),
    path("fund/budget/", fund.budget, name="fund_budget"),
    path("fund/income/", fund.income, name="fund_income"),
    path("fund/payment/", fund.payment, name="fund_payment"),
    path("fund/bonuses/", fund.bonuses, name="fund_bonuses"),
    path("fund/check/", fund.check_all, name="fund_check_all"),
    path("fund/<int:pk>/check/", fund.check, name="fund_check"),
    path("fund/ledger.xlsx", fund.ledger, name="fund_ledger"),
    path("fund/awards.xlsx", fund.reconciled, name="fund_reconciled"),
]
