"""Training and degree study by place: people, each once, beside person-times."""

from collections import Counter
from dataclasses import dataclass

from config.reports.matrix import Column, Places, area, counting, table
from core.periods import year_to_date
from talent.models import Appointment, Stationing
from training.models import DegreeStudy, Enrollment, TrainingSession

TYPES = TrainingSession.ClassType
NOTES = (
    "说明：应训为时点在任的村“两委”干部和在村的驻村干部，一人只计一次，计在其任职的一个村；参训为本年 1 月 1 日至时点，缺训的不算。",
    "人次按参训时所在村计，一人参加几期计几次；学历提升在读只计时点在任的村“两委”干部，毕业为截至时点累计。",
)


@dataclass(frozen=True)
class Target:
    """Somebody who is to be trained."""

    place: str
    is_trained: bool
    is_cadre: bool
    is_student: bool


@dataclass(frozen=True)
class Times:
    """Person-times of classes of one kind at a village."""

    place: str
    class_type: str
    times: int


@dataclass(frozen=True)
class Graduate:
    place: str


def _of(kind, count=len):
    return lambda things: count([thing for thing in things if isinstance(thing, kind)])


def _rate(things):
    due = _of(Target)(things)
    return round(100 * _of(Target, counting(is_trained=True))(things) / due, 2) if due else None


def _times(*types):
    return lambda things: sum(one.times for one in things if isinstance(one, Times) and one.class_type in types)


COLUMNS = (
    Column("参训人数", "应训（人）", _of(Target)),
    Column("参训人数", "其中“两委”干部", _of(Target, counting(is_cadre=True)), 10),
    Column("参训人数", "已参训（人）", _of(Target, counting(is_trained=True))),
    Column("参训人数", "未参训（人）", _of(Target, counting(is_trained=False))),
    Column("参训人数", "覆盖率（%）", _rate),
    Column("培训人次", "合计", _times(*TYPES)),
    *(Column("培训人次", one.label, _times(one), 11) for one in TYPES),
    Column("学历提升", "在读（人）", _of(Target, counting(is_student=True))),
    Column("学历提升", "累计毕业（人）", _of(Graduate)),
)


def sheet(user, on, code=None):
    """The sheet of the year so far. One query per source."""
    things = [*_targets(user, on, code), *_person_times(user, on, code), *_graduates(user, on, code)]
    told = f"{area(user, code)}　{on.year} 年 1 月 1 日至 {on:%Y-%m-%d}"
    title = "村干部教育培训和学历提升情况统计表"
    return [table(title, Places.of(user, on, code), things, COLUMNS, told=told, foot=NOTES, name="教育培训")]


def _seen(rows, user, code):
    rows = rows.visible_to(user)
    return rows.below(code) if code else rows


def _targets(user, on, code):
    cadres = _people(_seen(Appointment.objects, user, code).cadres(on))
    stationed = _people(_seen(Stationing.objects, user, code).in_teams(on))
    everybody = stationed | cadres
    trained = Enrollment.objects.trained().filter(year_to_date(on, "session__start"), person__in=list(everybody))
    trained = set(trained.values_list("person_id", flat=True))
    students = DegreeStudy.objects.studying(on).filter(person__in=list(cadres))
    students = set(students.values_list("person_id", flat=True))
    return [
        Target(place, person in trained, person in cadres, person in students) for person, place in everybody.items()
    ]


def _people(rows):
    """person → the first of the villages where they are."""
    return dict(rows.order_by("-village_id", "-pk").values_list("person_id", "village_id"))


def _person_times(user, on, code):
    rows = _seen(Enrollment.objects, user, code).trained().filter(year_to_date(on, "session__start"))
    counts = Counter(rows.order_by().values_list("village_id", "session__class_type"))
    return [Times(place, kind, times) for (place, kind), times in sorted(counts.items())]


def _graduates(user, on, code):
    return [Graduate(place) for place in _people(_seen(DegreeStudy.objects, user, code).graduated(on)).values()]
