"""REST filters of half-yearly assessments and of open recruitment."""

from django_filters import rest_framework as filters

from core.filters import PersonRowFilters, RowFilters
from talent.models import Recruitment, RecruitmentApplication, ReserveAssessment


class ReserveAssessmentFilters(RowFilters):
    candidate = filters.NumberFilter("candidate_id", label="后备干部编号")
    year = filters.NumberFilter(label="年度")
    half = filters.ChoiceFilter(choices=ReserveAssessment.Half.choices, label="半年")


class RecruitmentFilters(RowFilters):
    year = filters.NumberFilter(label="年度")
    party = filters.ChoiceFilter(choices=Recruitment.Party.choices, label="政治面貌条件")


class RecruitmentQuotaFilters(RowFilters):
    recruitment = filters.NumberFilter("recruitment_id", label="公开招聘编号")


class RecruitmentApplicationFilters(PersonRowFilters):
    recruitment = filters.NumberFilter("recruitment_id", label="公开招聘编号")
    eligibility = filters.ChoiceFilter(
        choices=[choice for choice in RecruitmentApplication.Eligibility.choices if choice[0]], label="资格审查"
    )
    engaged = filters.BooleanFilter("engaged_on", lookup_expr="isnull", exclude=True, label="已聘用")
