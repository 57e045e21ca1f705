"""REST filters of evaluation and periodic checks."""

from django.utils import timezone
from django_filters import rest_framework as filters

from awards.models import Evaluation, EvaluationAppeal, EvaluationItem, EvaluationScheme, Grade, Inspection
from core.filters import DatedMixin, PersonRowFilters, RowFilters
from core.scope import scope_code


class EvaluationSchemeFilters(RowFilters):
    year = filters.NumberFilter(label="考核年度")
    kind = filters.ChoiceFilter(choices=EvaluationScheme.Kind.choices, label="考核对象")


class EvaluationItemFilters(RowFilters):
    scheme = filters.NumberFilter("scheme_id", label="考核方案编号")
    part = filters.ChoiceFilter(choices=EvaluationItem.Part.choices, label="类别")


class EvaluationFilters(PersonRowFilters):
    scheme = filters.NumberFilter("scheme_id", label="考核方案编号")
    grade = filters.ChoiceFilter(method="of_grade", choices=Grade.choices, label="等次（乡镇只筛已公布的）")

    def of_grade(self, rows, name, grade):
        known = Evaluation.objects.known_to(scope_code(self.request.user), timezone.localdate())
        return rows.filter(pk__in=known.filter(grade=grade).values("pk"))


class OfEvaluationFilters(RowFilters):
    scheme = filters.NumberFilter("evaluation__scheme_id", label="考核方案编号")
    evaluation = filters.NumberFilter("evaluation_id", label="年度考核编号")


class EvaluationScoreFilters(OfEvaluationFilters, DatedMixin):
    pass


class EvaluationAppealFilters(OfEvaluationFilters):
    finding = filters.ChoiceFilter(choices=EvaluationAppeal.Finding.choices, label="处理结果")


class InspectionFilters(RowFilters):
    kind = filters.ChoiceFilter(choices=Inspection.Kind.choices, label="方式")


class OfInspectionFilters(RowFilters):
    inspection = filters.NumberFilter("inspection_id", label="监督检查编号")


class InspectionFollowUpFilters(RowFilters):
    finding = filters.NumberFilter("finding_id", label="问题编号")
