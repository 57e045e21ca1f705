"""What training puts on the sheets of a review: classes of the last twelve months, degree study under way."""

from collections import defaultdict

from core.periods import month, year_before
from talent.models import Appointment
from talent.review_sheet import person_source, village_source
from training.models import DegreeStudy, Enrollment


def _recent(on):
    """Attendances of classes that began in the twelve months up to the date."""
    return Enrollment.objects.filter(year_before(on, "session__start"), result__in=Enrollment.TRAINED)


@village_source("近一年培训")
def trained(codes, on):
    """How many of the cadres in office on the date were trained, in people, never in person-times."""
    reached = set(_recent(on).filter(village_id__in=codes).values_list("person_id", flat=True))
    teams = defaultdict(set)
    for code, person in Appointment.objects.cadres(on).filter(village_id__in=codes).values_list("village_id", "person"):
        teams[code].add(person)
    return {
        code: f"“两委”干部 {len(team & reached)} 人参训，{len(team - reached)} 人未参训" for code, team in teams.items()
    }


@person_source("近一年培训")
def classes(keys, on):
    held = defaultdict(list)
    for row in _recent(on).filter(person_id__in=keys).select_related("session"):
        held[row.person_id].append(row.session)
    return {key: f"{len(found)} 期 {float(sum(one.hours for one in found)):g} 学时" for key, found in held.items()}


@person_source("学历提升")
def studies(keys, on):
    rows = DegreeStudy.objects.studying(on).filter(person_id__in=keys).order_by("start", "pk")
    return {row.person_id: f"{row.get_target_display()}在读（{month(row.start)} 入学）" for row in rows}
