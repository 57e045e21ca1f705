"""A table of terms against those noted already: a row is how somebody's study went in a term."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from rosters.comparison import Comparison, Verdict, outside
from talent.roster_apply import who
from talent.roster_apply.role_kinds import RoleField, choice, restate, text
from talent.rosters import persons
from training import actions
from training.models import DegreeStudy, StudyTerm
from training.models.degree import term_days, within_study
from training.roster_apply.words import plain

NOT_STUDYING = ("name", "not_studying", "此人没有登记过学历提升，请先上传学历提升人员名单，再登记学期进展")
NOT_THEN = ("term", "term_outside_study", "此人这个学期没有在读的学历提升，请核对学期、层次或入学和毕业时间")
LISTED_ELSEWHERE = ("name", "listed_elsewhere", "此人的这段学历提升由其他单位登记，这里不能改动，请联系县委组织部")
NOT_BEGUN = ("term", "term_not_begun", "这个学期在数据日期还没有开始，请核对学期")
NO_TERM = ("term", "missing_field:term", "学期没有填，请写成“2026年春季”")
SPRING, AUTUMN = StudyTerm.Season.SPRING, StudyTerm.Season.AUTUMN
OF_YEAR = re.compile(r"(20\d\d)年?[第度]?(春|秋|上半年|下半年)季?(?:学?期)?")
OF_SCHOOL_YEAR = re.compile(r"(20\d\d)[-—~至]+(20\d\d)学?年?度?[,，]?第?([一二12])学?期?")
SEASONS = {"春": SPRING, "上半年": SPRING, "秋": AUTUMN, "下半年": AUTUMN}
MOST_CREDITS, MOST_COURSES, MOST_YUAN = 999, 99, 1_000_000
WHOLE = (("failed", "门数", MOST_COURSES), ("term_tuition", "学费", MOST_YUAN), ("term_subsidy", "补助", MOST_YUAN))


def _shown(value):
    return None if value is None else plain(value)


FIELDS = (
    choice("term_state", "state", StudyTerm.State),
    RoleField("credits", "credits", keep=lambda value: Decimal(str(value)), show=_shown, empty=0, clears=True),
    RoleField("failed", "failed", keep=int, show=_shown, empty=0, clears=True),
    RoleField("term_tuition", "tuition", keep=int, show=_shown, empty=None),
    RoleField("term_subsidy", "subsidy", keep=int, show=_shown, empty=None),
    text("remarks"),
)


@dataclass
class Plan:
    """`rows` are the terms to write, new ones and changed ones."""

    rows: list = field(default_factory=list)


def term_of(typed):
    """(year, season) of a term as it is written: 2026年春季, 2026秋, 2025-2026学年第二学期; None for anything else."""
    said = "".join((typed or "").split())
    if found := OF_YEAR.fullmatch(said):
        return int(found[1]), SEASONS[found[2]]
    found = OF_SCHOOL_YEAR.fullmatch(said)
    if found and int(found[2]) == int(found[1]) + 1:
        first = found[3] in "一1"
        return (int(found[1]), AUTUMN) if first else (int(found[2]), SPRING)
    return None


def identities(values, fields, context):
    """The same person with the same term of the same level is the same row."""
    term = (term_of(values.get("term")) or values.get("term"), values.get("target_education"))
    return [(*key, *term) for key in persons.identity_keys(values, fields, context)]


def compare(rows, scope):
    """A Comparison of rows with the terms of the people's studies."""
    verdicts, plan = [Verdict() for _ in rows], Plan()
    known = who.identify(rows, verdicts, scope, lambda values: True)
    kept = _Kept(known.people.values(), scope.lock)
    for index, (row, verdict) in enumerate(zip(rows, verdicts, strict=True)):
        if not row.refused and not verdict.refused:
            person = known.people.get(known.keys[index])
            _take(row, verdict, kept, person.pk if person else None, plan, scope)
    return Comparison(verdicts, plan)


class _Kept:
    """The studies of these people with their terms, each read with one query."""

    def __init__(self, people, lock):
        studies = DegreeStudy.objects.filter(person__in=[person.pk for person in people]).order_by("start", "pk")
        studies = studies.select_related("person", "village")
        self.studies = defaultdict(list)
        for study in studies.select_for_update(of=("self",)) if lock else studies:
            self.studies[study.person_id].append(study)
        of = [study.pk for found in self.studies.values() for study in found]
        terms = StudyTerm.objects.filter(study__in=of).select_related("study__person").order_by("pk")
        self.terms = {(term.study_id, term.year, term.season): term for term in terms}

    def meant(self, person, target, year, season):
        """(the study, its term or None) that a row is about; None where no study fits."""
        fitting = [study for study in self.studies[person] if target in (None, "", study.target)]
        noted = [study for study in fitting if (study.pk, year, season) in self.terms]
        under_way = [study for study in fitting if within_study(study, year, season)]
        study = next(reversed(noted or under_way), None)
        return (study, self.terms.get((study.pk, year, season))) if study else None


def _take(row, verdict, kept, person, plan, scope):
    values = row.values
    term = term_of(values.get("term"))
    if not values.get("term"):
        return verdict.refuse(*NO_TERM)
    if term is None:
        told = f"“{values['term']}”看不出是哪个学期，请写成“2026年春季”或“2026年秋季”"
        return verdict.refuse("term", "unknown_term", told)
    if term_days(*term)[0] > scope.as_of:
        return verdict.refuse(*NOT_BEGUN)
    if not kept.studies[person]:
        return verdict.refuse(*NOT_STUDYING)
    meant = kept.meant(person, values.get("target_education"), *term)
    if meant is None:
        return verdict.refuse(*NOT_THEN)
    study, noted = meant
    if outside(study.village_id, scope.code):
        return verdict.refuse(*LISTED_ELSEWHERE)
    for problem in _problems(row):
        verdict.refuse(*problem)
    if not verdict.refused:
        _state(row, verdict, kept, noted or StudyTerm(study=study, year=term[0], season=term[1]), plan)
    return None


def _state(row, verdict, kept, term, plan):
    names = restate(term, row, FIELDS, verdict.diff)
    is_new = (term.study_id, term.year, term.season) not in kept.terms
    if is_new:
        kept.terms[term.study_id, term.year, term.season] = term
        verdict.diff, verdict.change = {"term": (None, str(term))}, "new"
    else:
        verdict.change = "changed" if names else "unchanged"
    if is_new or names:
        plan.rows.append(term)


def _problems(row):
    """What the database would refuse, at the cell that says it."""
    for one in FIELDS:
        if found := one.misfit(row, StudyTerm._meta.get_field(one.attribute)):
            yield found
    for name, label, most in WHOLE:
        amount = row.values.get(name)
        if amount not in (None, "") and (amount != int(amount) or not 0 <= amount <= most):
            yield (name, "not_whole", f"“{plain(amount)}”不是{label}，请填 0 到 {most:,} 的整数")
    credits = row.values.get("credits")
    if credits not in (None, "") and (not 0 <= credits <= MOST_CREDITS or round(credits, 1) != credits):
        yield ("credits", "credits_unlikely", f"“{plain(credits)}”不是学分，请填 0 到 {MOST_CREDITS}，最多一位小数")


def write(plan, *, by, batch):
    """Write the plan."""
    actions.note_term(list({id(term): term for term in plan.rows}.values()), by=by, batch=batch)
