"""Figures about the yearly evaluation."""

from django.db.models import F
from django.db.models.functions import Coalesce

from awards.indicators.awards import GROUP
from awards.models import Evaluation, Grade, InspectionFinding
from core.indicators import Rows, indicator
from core.periods import year_to_date


def _graded(on):
    return Evaluation.objects.announced(on).filter(year_to_date(on, "scheme__published_on"))


def _rows(found):
    named = found.annotate(called=Coalesce(F("person__name"), F("village__name")))
    return Rows(
        named, kind="evaluation", key="pk", label="called",
        details={"考核年度": "scheme__year", "对象": "scheme__kind", "职务（身份）": "post", "公布日期": "scheme__published_on"},
    )  # fmt: skip


@indicator(
    "evaluated", "本年完成考核", "个对象", group=GROUP,
    definition="时点所在年度、截至时点公布了等次的考核对象：村干部、村班子、后备干部、驻村干部、乡村人才，一次考核算一个；没有公布的不计。",
)  # fmt: skip
def evaluated(on):
    return _rows(_graded(on))


@indicator(
    "graded_excellent", "本年考核优秀", "个对象", group=GROUP, of=evaluated,
    definition="本年完成考核的对象中截至时点等次为优秀的；申诉后更正的，从办结之日起按新等次计。",
)  # fmt: skip
def graded_excellent(on):
    return _rows(_graded(on).filter(grade_on=Grade.EXCELLENT))


@indicator(
    "graded_unfit", "本年考核不称职", "个对象", group=GROUP, of=evaluated,
    definition="本年完成考核的对象中截至时点等次为不称职的；申诉后更正的，从办结之日起按新等次计。",
)  # fmt: skip
def graded_unfit(on):
    return _rows(_graded(on).filter(grade_on=Grade.UNFIT))


@indicator(
    "inspection_findings_open", "检查问题未销号", "个", group=GROUP,
    definition="截至时点检查发现、还没有销号的问题，含没有到整改期限的。",
)  # fmt: skip
def inspection_findings_open(on):
    return Rows(
        InspectionFinding.objects.open(on), kind="inspection_finding", key="pk", label="problem",
        details={"检查": "inspection__name", "事项": "item__title", "整改责任人": "responsible", "整改期限": "due"},
    )  # fmt: skip
