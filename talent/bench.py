"""The bench: who is in the pool on a day, how ready, how long, how last assessed, and what is to be looked at."""

import datetime
from dataclasses import dataclass

from core.periods import age_on, at_least, month
from talent.indicators.reserves import last_half, not_assessed, too_long
from talent.models import Education, EducationLevel, ReserveAssessment, ReserveCandidate
from talent.parameters.reserves import AGE_LIMIT

LOOKS = {"stale": "在库过久", "unassessed": "上半年度未研判", "over_age": "超龄", "no_mentor": "没有联系人"}


@dataclass(frozen=True)
class Asked:
    """What a list of the bench is narrowed to; "" is everything."""

    division: str = ""
    target: str = ""
    post: str = ""
    source: str = ""
    readiness: str = ""
    kind: str = ""
    look: str = ""
    words: str = ""

    @classmethod
    def of(cls, request, division):
        """As the address says; a word that no list holds narrows to nothing known and is left out."""
        given = request.GET
        known = {name: _known(given.get(name, ""), choices) for name, choices in FIELDS.items()}
        return cls(
            division or "", look=_known(given.get("look", ""), LOOKS.items()), words=given.get("q", "").strip(), **known
        )


FIELDS = {
    "target": ReserveCandidate.Target.choices,
    "post": (*ReserveCandidate._meta.get_field("planned_post").choices, ("none", "未定")),
    "source": ReserveCandidate.Source.choices,
    "readiness": (*ReserveCandidate.Readiness.choices, ("none", "未定")),
    "kind": ReserveCandidate.Kind.choices,
}


def _known(value, choices):
    return value if value in dict(choices) else ""


def found(user, on, asked):
    """The candidates in the pool on `on` that `user` sees, as `asked`, in order of village."""
    pool = ReserveCandidate.objects.visible_to(user).in_pool(on)
    pool = pool.below(asked.division) if asked.division else pool
    for name in ("target", "source", "kind"):
        if value := getattr(asked, name):
            pool = pool.filter(**{name: value})
    for name, value in (("readiness", asked.readiness), ("planned_post", asked.post)):
        if value:
            pool = pool.filter(**{name: "" if value == "none" else value})
    if asked.words:
        pool = pool.filter(person__name__contains=asked.words)
    pool = _looked_at(pool, on, asked.look)
    return pool.select_related("person", "village__township").order_by("village_id", "-target", "person__pinyin", "pk")


def _looked_at(pool, on, look):
    if look == "stale":
        return pool.filter(too_long(on))
    if look == "unassessed":
        return pool.filter(pk__in=not_assessed(on).values("pk"))
    if look == "over_age":
        return pool.filter(at_least(AGE_LIMIT.value(on) + 1, on, "person__birth_date"))
    return pool.filter(mentor="") if look == "no_mentor" else pool


def lines(candidates, on):
    """One dict a candidate, for pages and sheets. Three queries whatever their number."""
    rows = list(candidates)
    levels = dict(
        Education.objects.completed(on)
        .filter(person_id__in=[row.person_id for row in rows])
        .order_by("rank", "pk")
        .values_list("person_id", "level")
    )
    latest = latest_assessments([row.pk for row in rows], on)
    limit, due = AGE_LIMIT.value(on), last_half(on)
    return [_line(row, on, levels.get(row.person_id), latest.get(row.pk), limit, due) for row in rows]


def latest_assessments(keys, on):
    """{candidate's key: the latest ReserveAssessment made by `on`}."""
    made = ReserveAssessment.objects.filter(candidate_id__in=keys, assessed_on__lte=on)
    return {row.candidate_id: row for row in made.order_by("year", "half", "pk")}


def _line(row, on, level, assessment, limit, due):
    age = row.person.age(on)
    return {
        "row": row,
        "person": row.person,
        "village": row.village,
        "township": row.village.township,
        "target": row.get_target_display(),
        "post": row.get_planned_post_display(),
        "readiness": row.get_readiness_display(),
        "age": age,
        "is_over_age": age is not None and age > limit,
        "sex": row.person.get_sex_display(),
        "education": EducationLevel(level).label if level else "",
        "political": row.person.get_political_status_display(),
        "source": row.get_source_display(),
        "kind": row.get_kind_display(),
        "mentor": row.mentor,
        "measures": row.measures,
        "since": month(row.start),
        "how_long": how_long(row.start, on),
        "assessed": f"{assessment.period} {assessment.result}" if assessment else "",
        "is_due": (assessment is None or (assessment.year, assessment.half) < due) and row.start <= _begin(due),
    }


def _begin(due):
    year, half = due
    return datetime.date(year, 6 * half - 5, 1)


def how_long(start, on):
    """How long somebody has been there: 3年2个月."""
    years = age_on(start, on)
    months = (on.month - start.month - (on.day < start.day)) % 12
    return "".join(filter(None, [f"{years}年" if years else "", f"{months}个月" if months else ""])) or "不满1个月"
