"""Checks of degree study."""

from core.indicators import Rows
from core.periods import at_least
from core.rules import rule
from training.models import DegreeStudy
from training.parameters.degrees import LONG_YEARS

DETAILS = {"入学时间": "start", "院校": "school"}


@rule(
    "study_long", "学历提升多年未毕业", severity="info", basis="县级工作要求（年数见“参数设置”）",
    message="{where}{label} {入学时间} 入学（{院校}），多年仍为在读，请核对状态。",
)  # fmt: skip
def study_long(on):
    long = DegreeStudy.objects.studying(on).filter(at_least(LONG_YEARS.value(on), on, "start"))
    return Rows(long, kind="person", key="person_id", label="person__name", details=DETAILS)


@rule(
    "degree_overdue", "学历提升过了预计毕业时间", severity="warn", basis="报读时登记的预计毕业时间",
    message="{where}{label} 预计 {预计毕业} 毕业（{院校}），仍为在读，请登记毕业、退学或改预计时间。",
)  # fmt: skip
def degree_overdue(on):
    late = DegreeStudy.objects.studying(on).filter(expected_on__lt=on)
    return Rows(
        late, kind="person", key="person_id", label="person__name", details=DETAILS | {"预计毕业": "expected_on"}
    )
