"""Villages without a college-educated cadre, and who could close each gap by when."""

import datetime
from collections import defaultdict

from core import indicators
from talent.models import Appointment, Education, ReserveCandidate
from training.models import DegreeStudy
from training.parameters.degrees import USUAL_MONTHS


def expected(study, months):
    """When the study should end: as registered, else `months` after its start."""
    if study.expected_on:
        return study.expected_on
    number = study.start.year * 12 + study.start.month - 1 + months
    year = number // 12
    return datetime.date(year, number % 12 + 1, 1) if year <= datetime.MAXYEAR else datetime.date.max


def gaps(user, on, code=None):
    """One dict a village without: serving cadres who study (`students`, the soonest first) and reserves with a degree.

    `by` is the next day on which a student should graduate: one that has gone by closes nothing. The number of queries is
    fixed."""
    missing = indicators.rows("college_cadre_villages", user, on, code, "missing")
    codes = [row["id"] for row in missing]
    students, reserves = _students(codes, on), _reserves(codes, on)
    found = [
        {"village": row["id"], "name": row["label"], "where": row["where"].removesuffix(row["label"]).strip(),
         "students": students[row["id"]], "reserves": reserves[row["id"]],
         "by": min((day for _, day in students[row["id"]] if day >= on), default=None)}
        for row in missing
    ]  # fmt: skip
    return [gap | {"closing": closing(gap)} for gap in found]


def closing(gap):
    """By when a village's gap could be closed, in words."""
    if gap["by"]:
        return f"{gap['by']:%Y.%m}"
    if gap["reserves"]:
        return "补选后备即可"
    return "在读的都过了预计时间" if gap["students"] else "没有人选"


def _students(codes, on):
    """{village code: [(study, when it should end)]} of cadres who serve there."""
    serving = defaultdict(set)  # somebody may serve in two of the villages
    for person, code in Appointment.objects.cadres(on).filter(village__in=codes).order_by().values_list("person_id", "village_id"):  # fmt: skip
        serving[person].add(code)
    studies = DegreeStudy.objects.studying(on).filter(person__in=list(serving)).select_related("person")
    months, found = USUAL_MONTHS.value(on), defaultdict(list)
    for study in studies.order_by("pk"):
        for code in serving[study.person_id]:
            found[code].append((study, expected(study, months)))
    return defaultdict(list, {code: sorted(rows, key=lambda row: (row[1], row[0].pk)) for code, rows in found.items()})


def _reserves(codes, on):
    """{village code: [reserve]} of people in its pool who have a degree."""
    degree = Education.objects.college(on).values("person_id")
    pool = ReserveCandidate.objects.in_pool(on).filter(village__in=codes, person__in=degree).select_related("person")
    found = defaultdict(list)
    for row in pool.order_by("-target", "person__pinyin", "pk"):
        found[row.village_id].append(row)
    return found
