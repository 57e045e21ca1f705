"""Figures about classes: people and person-times, never confused."""

from dataclasses import replace

from django.db.models import Exists, OuterRef

from core.indicators import Rows, indicator
from core.periods import year_to_date
from talent.indicators.sources import cadres
from talent.indicators.stationed import stationed
from training.models import Enrollment, TrainingSession

TRAINING = "培训与学历"


def targets(on):
    """Who is to be trained: the two committees and the people sent in, each once."""
    return [replace(source, details={"职务": source.details["职务"]}) for source in (cadres(on), stationed(on))]


def called(on):
    """Person-times on the lists of classes begun in the year of `on`; those only proposed are not called yet."""
    return _person_times(Enrollment.objects.listed().filter(year_to_date(on, "session__start")))


def _person_times(enrollments):
    return Rows(
        enrollments, kind="enrollment", key="pk", label="person__name",
        details={"班次": "session__name", "期次": "session__number", "开班日期": "session__start", "结果": "result"},
    )  # fmt: skip


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
    "training_uncovered", "本年度还没有参训的应训人员", "人", group=TRAINING,
    definition="时点在任的村“两委”干部和在村的驻村干部中，本年度截至时点一期培训也没有参加过的人数，按人计；已报名未参加、缺训的也算没有参训。",
)  # fmt: skip
def training_uncovered(on):
    trained = _attended(on).filter(person=OuterRef("person"))
    return [replace(source, queryset=source.queryset.exclude(Exists(trained))) for source in targets(on)]


@indicator(
    "person_times_trained", "培训人次", "人次", group=TRAINING, of=called,
    definition="本年度截至时点开班的各级培训实际参训的人次，一人参加几期计几次，不限村“两委”干部和驻村干部；缺训的不算。分母为列入名单的人次，差额是缺训的和还没有登记结果的。",
)  # fmt: skip
def person_times_trained(on):
    return _person_times(_attended(on))


def _attended(on):
    """Attendances of classes begun in the calendar year of `on`, up to that date."""
    return Enrollment.objects.trained().filter(year_to_date(on, "session__start"))
