"""Figures about awards."""

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf

from awards.models import Award, Nomination
from core.indicators import Rows, indicator
from core.periods import dated_before, dated_by, year_to_date

GROUP = "考核与表彰"


def _given(on):
    return Award.objects.given(on).filter(year_to_date(on, "decided_on"))


@indicator(
    "awards_given", "年度表彰", "项", group=GROUP,
    definition="时点所在年度、截至时点作出的表彰数，个人和集体各按一项计；没有填表彰日期的和截至时点已撤销的不计。",
)  # fmt: skip
def awards_given(on):
    return Rows(
        _given(on), kind="award", key="pk", label="scheme__name",
        details={"个人": "person__name", "集体": "collective", "类别": "category", "文号": "document_no"},
    )  # fmt: skip


@indicator(
    "awards_individual", "年度表彰的个人", "人", group=GROUP,
    definition="时点所在年度、截至时点受到表彰的人，一人获几项只算一次；截至时点已撤销的不计。",
)  # fmt: skip
def awards_individual(on):
    return Rows(
        _given(on).individual(), kind="person", key="person_id", label="person__name",
        details={"表彰": "scheme__name", "类别": "category", "文号": "document_no"},
    )  # fmt: skip


@indicator(
    "awards_collective", "年度表彰的集体", "个", group=GROUP,
    definition="时点所在年度、截至时点对集体的表彰，一项算一个；截至时点已撤销的不计。",
)  # fmt: skip
def awards_collective(on):
    return Rows(
        _given(on).collective(), kind="award", key="pk", label="collective",
        details={"表彰": "scheme__name", "类别": "category", "文号": "document_no"},
    )  # fmt: skip


@indicator(
    "publicity_running", "正在公示的表彰对象", "个", group=GROUP,
    definition="时点上在公示期内的个人和集体，公示最后一天仍算；公示天数按工作日历计算。",
)  # fmt: skip
def publicity_running(on):
    running = Nomination.objects.standing(on).filter(dated_by(on, "publicity__starts_on"))
    running = running.exclude(dated_before(on, "publicity__ends_on"))
    named = running.annotate(called=Coalesce(F("person__name"), NullIf(F("collective"), Value(""))))
    return Rows(
        named, kind="nomination", key="pk", label="called", place="township_id", where=("township__name",),
        details={"表彰": "round__scheme__name", "年度": "round__year", "公示结束": "publicity__ends_on"},
    )  # fmt: skip
