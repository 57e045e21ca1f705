"""What an open recruitment comes to: who meets the conditions and why not, the ranking, who fills the places."""

from dataclasses import dataclass, field

from django.utils import timezone

from talent.models import Education, EducationLevel, PoliticalStatus, Recruitment, RecruitmentApplication
from talent.models.education import RANKS

MEMBERS = {PoliticalStatus.PARTY_MEMBER, PoliticalStatus.PROBATIONARY}
PASSED, FAILED = RecruitmentApplication.Eligibility.PASSED, RecruitmentApplication.Eligibility.FAILED


# What a step found counts from the day that the notice names for it.
DAYS = {
    "written": "written_on", "interview": "interviewed_on", "extra": "interviewed_on", "physical": "physical_on",
    "inspection": "inspected_on", "publicity": "publicised_until",
}  # fmt: skip


def as_they_stood(applications, on):
    """The applications that were there on `on`, as they stood on that day, in place and unsaved; `is_later` says of which
    something came after. Needs `recruitment`.

    What a step without a day of its own found counts always, and up to today everything does that was recorded."""
    there = [one for one in applications if one.applied_on <= on]
    for one in there:
        one.is_later = on < timezone.localdate() and _taken_back(one, on)
    return there


def _taken_back(one, on):
    """True when something of the application was later than `on` and so was blanked."""
    late = [name for name, day in DAYS.items() if _is_after(getattr(one.recruitment, day), on)]
    if _is_after(one.reviewed_on, on):
        late += ["eligibility", "eligibility_reasons", "reviewed_on"]
    if _is_after(one.withdrawn_on, on):
        late.append("withdrawn_on")
    if _is_after(one.engaged_on, on):
        late += ["engaged_on", "document_no", "place"]
    late = [name for name in late if getattr(one, one._meta.get_field(name).attname) not in (None, "")]
    for name in late:
        setattr(one, name, None if one._meta.get_field(name).null else "")
    return bool(late)


def _is_after(day, on):
    return day is not None and day > on


@dataclass(frozen=True)
class Finding:
    """One condition against the ledger: `met` is None where the ledger does not know."""

    label: str
    text: str
    met: bool | None


def highest_levels(people, on):
    """{person's key: code of the highest level completed by `on`}. One query."""
    rows = Education.objects.completed(on).filter(person_id__in=people).order_by("rank", "pk")
    return dict(rows.values_list("person_id", "level"))


def examine(application, education):
    """[Finding] of the notice's conditions; `education` is the code of the highest level completed by the deadline."""
    held, person = application.recruitment, application.person
    found = [_age(held, person)]
    if held.min_education:
        found.append(_education(held, education))
    if held.party == Recruitment.Party.MEMBER:
        found.append(_party(person))
    if held.household != Recruitment.Household.ANY:
        found.append(_household(held, application))
    return found


def _age(held, person):
    age, wanted = person.age(held.applies_until), f"应为 {held.min_age} 至 {held.max_age} 周岁"
    if age is None:
        return Finding("年龄", f"没有出生日期，{wanted}", None)
    return Finding("年龄", f"报名截止时 {age} 周岁，{wanted}", held.min_age <= age <= held.max_age)


def _education(held, education):
    wanted = f"应为{held.get_min_education_display()}及以上"
    if not education:
        return Finding("学历", f"没有登记学历，{wanted}", None)
    level = EducationLevel(education)
    return Finding("学历", f"{level.label}，{wanted}", level.rank >= RANKS[EducationLevel(held.min_education)])


def _party(person):
    if not person.political_status:
        return Finding("政治面貌", "没有登记政治面貌，应为中共党员", None)
    return Finding(
        "政治面貌", f"{person.get_political_status_display()}，应为中共党员", person.political_status in MEMBERS
    )


def _household(held, application):
    near, wanted = RecruitmentApplication.Household, f"应为{held.get_household_display()}"
    if not application.household:
        return Finding("户籍", f"没有填户籍，{wanted}", None)
    allowed = {near.TOWNSHIP} if held.household == Recruitment.Household.TOWNSHIP else {near.TOWNSHIP, near.COUNTY}
    return Finding("户籍", f"户籍在{application.get_household_display()}，{wanted}", application.household in allowed)


def judged(findings):
    """(eligibility, reasons) of findings; open where something is not known and nothing speaks against."""
    against = [one.text for one in findings if one.met is False]
    unknown = [one.text for one in findings if one.met is None]
    if against:
        return FAILED.value, "；".join(against + unknown)
    if unknown:
        return "", "；".join(unknown)
    return PASSED.value, "；".join(one.text for one in findings)


@dataclass
class Line:
    """An application in the ranking of its township. `rank` is None without both scores or when out."""

    application: RecruitmentApplication
    total: object
    rank: int | None = None
    tied: bool = False
    state: str = ""
    is_selected: bool = False


@dataclass
class Ranking:
    """The lines of one township, the best first."""

    township_id: str
    places: int
    lines: list = field(default_factory=list)

    @property
    def engaged(self):
        return sum(line.application.engaged_on is not None for line in self.lines)

    @property
    def undecided(self):
        """True when equal scores reach over the last place: nobody of them is selected before an extra test."""
        return any(line.state == UNDECIDED for line in self.lines)


UNDECIDED = "同分跨名额，须加试"


def rank(applications, places):
    """{township code: Ranking}; `places` {township code: number}. Scores decide, then the score of the notice's choice,
    then the extra test; who is still equal shares a rank."""
    rankings = {code: Ranking(code, number) for code, number in sorted(places.items())}
    for one in applications:
        ranking = rankings.setdefault(one.township_id, Ranking(one.township_id, 0))
        ranking.lines.append(Line(one, one.total))
    for ranking in rankings.values():
        _order(ranking)
    return rankings


def _key(line):
    one = line.application
    first = one.interview if one.recruitment.tie_break == Recruitment.TieBreak.INTERVIEW else one.written
    return (line.total, first, one.extra if one.extra is not None else -1)


def _order(ranking):
    standing = [line for line in ranking.lines if line.total is not None and not line.application.is_out]
    standing.sort(key=lambda line: (*(-part for part in _key(line)), line.application.pk))
    others = [line for line in ranking.lines if line not in standing]
    keys = [_key(line) for line in standing]
    totals = [line.total for line in standing]
    for line, key in zip(standing, keys, strict=True):
        line.rank = keys.index(key) + 1
        line.tied = totals.count(line.total) > 1
        last = line.rank + keys.count(key) - 1
        line.is_selected = last <= ranking.places
        line.state = _state(line, last, ranking.places)
    for line in others:
        line.state = _why_not(line.application)
    ranking.lines = standing + sorted(others, key=lambda line: line.application.pk)


def _state(line, last, places):
    if line.application.engaged_on:
        return "已聘用"
    if line.is_selected:
        return "入围"
    return UNDECIDED if line.rank <= places < last else "未入围"


def _why_not(one):
    if one.withdrawn_on:
        return "放弃"
    for name in ("eligibility", "physical", "inspection", "publicity"):
        if getattr(one, name) == FAILED:
            return f"{one._meta.get_field(name).verbose_name}不合格"
    return "待审查" if not one.eligibility else "成绩未齐"
