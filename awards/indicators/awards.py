"""Figures about awards."""

from awards.models import Award
from core.indicators import Rows, indicator
from core.periods import year_to_date


@indicator(
    "awards_given", "年度表彰", "项", group="考核与表彰",
    definition="时点所在年度、截至时点作出的表彰数，个人和集体各按一项计；没有填表彰日期的和截至时点已撤销的不计。",
)  # fmt: skip
def awards_given(on):
    given = Award.objects.given(on).filter(year_to_date(on, "decided_on"))
    return Rows(
        given, kind="award", key="pk", label="scheme__name",
        details={"个人": "person__name", "集体": "collective", "类别": "category", "文号": "document_no"},
    )  # fmt: skip
