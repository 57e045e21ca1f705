"""REST filters of support policies."""

from django_filters import rest_framework as filters

from awards.models import SupportApplication, SupportExclusion, SupportPayment, SupportPolicy
from core.filters import PersonRowFilters, RowFilters
from talent.models import Business


class SupportPolicyFilters(RowFilters):
    kind = filters.ChoiceFilter(choices=SupportPolicy.Kind.choices, label="类型")


class OfPolicyFilters(RowFilters):
    policy = filters.NumberFilter("policy_id", label="扶持政策编号")


class SupportExclusionFilters(RowFilters):
    policy = filters.NumberFilter("first_id", label="扶持政策编号")
    span = filters.ChoiceFilter(choices=SupportExclusion.Span.choices, label="怎样互斥")


class SupportApplicationFilters(PersonRowFilters):
    policy = filters.NumberFilter("policy_id", label="扶持政策编号")
    business = filters.ChoiceFilter(choices=Business.choices, label="经营类型")
    state = filters.ChoiceFilter(choices=SupportApplication.State.choices, label="状态")


class OfApplicationFilters(RowFilters):
    application = filters.NumberFilter("application_id", label="扶持申请编号")


class SupportPaymentFilters(OfApplicationFilters):
    state = filters.ChoiceFilter(choices=SupportPayment.State.choices, label="状态")
