"""Checks of degree study."""

from core.indicators import Rows
from core.periods import at_least
from core.rules import rule
from training.models import DegreeStudy

STUDY_YEARS = 5  # 开放教育 keeps a student's place for eight years, most finish within three


@rule(
    "study_long", "学历提升超过 5 年未毕业", severity="info", basis="县级工作要求（阈值可改）",
    message="{where}{label} {入学时间} 入学（{院校}），已满 5 年仍为在读，请核对状态。",
)  # fmt: skip
def study_long(on):
    long = DegreeStudy.objects.studying(on).filter(at_least(STUDY_YEARS, on, "start"))
    return Rows(
        long, kind="person", key="person_id", label="person__name", details={"入学时间": "start", "院校": "school"}
    )
