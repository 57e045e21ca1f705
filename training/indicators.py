"""Figures about training and degree study."""

from dataclasses import replace

from django.db.models import Exists, OuterRef

from core.indicators import Rows, indicator
from core.periods import year_to_date
from talent.indicators.sources import cadres
from talent.indicators.stationed import stationed
from training.models import DegreeStudy, Enrollment, TrainingSession

TRAINING = "培训与学历"


def targets(on):
    """Who is to be trained: the two committees and the people sent in, each once."""
    return [replace(source, details={"职务": source.details["职务"]}) for source in (cadres(on), stationed(on))]


@indicator(
    "secretary_classes", "村党组织书记培训班", "期", group=TRAINING,
    definition="时点所在年度内、截至时点开班的村党组织书记培训班期数；乡镇口径为本乡镇主办的，加上有本乡镇人员参训的上级班次。",
)  # fmt: skip
def secretary_classes(on):
    kind = TrainingSession.ClassType.SECRETARY
    held = TrainingSession.objects.filter(year_to_date(on, "start"), class_type=kind)
    attended = _attended(on).filter(session__class_type=kind)
    return [
        Rows(
            held, kind="session", key="pk", label="name", place="division_id", where=("division__name",),
            details={"期次": "number", "开班日期": "start", "主办单位": "organiser"},
        ),
        Rows(
            attended, kind="session", key="session_id", label="session__name",
            shown_at="session__division_id", where=("session__division__name",),
            details={"期次": "session__number", "开班日期": "session__start", "主办单位": "session__organiser"},
        ),
    ]  # fmt: skip


@indicator(
    "people_trained", "参训的村“两委”干部、驻村干部", "人", group=TRAINING, of=targets,
    definition="时点在任的村“两委”干部和在村的驻村干部中，本年度内截至时点至少参加过一期培训的人数，按人计不按人次，缺训的不算。分母为时点全部应训人数。",
)  # fmt: skip
def people_trained(on):
    trained = _attended(on).filter(person=OuterRef("person"))
    return [replace(source, queryset=source.queryset.filter(Exists(trained))) for source in targets(on)]


@indicator(
    "degree_students", "参加学历提升的村干部", "名", group=TRAINING,
    definition="时点在任的村“两委”干部中学历提升在读的人数；已毕业、退学的不计。",
)  # fmt: skip
def degree_students(on):
    studying = DegreeStudy.objects.studying(on).filter(person=OuterRef("person"))
    serving = cadres(on)
    return replace(serving, queryset=serving.queryset.filter(Exists(studying)))


def _attended(on):
    """Attendances of classes begun in the calendar year of `on`, up to that date."""
    return Enrollment.objects.filter(year_to_date(on, "session__start"), result__in=Enrollment.TRAINED)
