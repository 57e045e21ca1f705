"""A list of half-yearly assessments against the pool: new ones, and corrections of those of the same half-year."""

from collections import defaultdict
from dataclasses import dataclass, field

from rosters.cleaning import clean_one, squeeze
from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from talent.actions import reserves as actions
from talent.models import ReserveAssessment, ReserveCandidate
from talent.parameters.reserves import ASSESSMENT_RESULTS
from talent.roster_apply import who, words
from talent.rosters import persons

WHOLE_DAY = len("2026-07-10")
FIRST_YEAR, LAST_YEAR = 1949, 2200
NOT_IN_POOL = ("name", "not_in_pool", "此人在研判日期不在这个村的后备库里，请核对姓名、身份证号和村名，或先列入后备")
SEVERAL = ("id_number", "several_of_that_name", "没有身份证号，这个村的后备库里有几位同名的人，请补上身份证号")
OTHER_NAME = ("name", "name_differs", "此身份证号在系统中登记的是另一个姓名，请核对是否同一人")
NO_RESULT = ("assessed_result", "not_assessed_yet", "没有填研判结果，这一行不登记")
LACKS_RESULT = ("assessed_result", "missing_field:assessed_result", "填了研判意见或研判日期，请一并填研判结果")
DAY_WANTED = ("assessed_on", "day_wanted", "研判日期要写到日，如 2026.07.10")
# column → (attribute of ReserveAssessment, what a value of it reads like on the preview)
ATTRIBUTES = {"assessed_result": "result", "assessed_opinion": "remarks", "assessed_on": "assessed_on"}


@dataclass
class Plan:
    """Assessments to insert, and {key: ReserveAssessment} of those that a row changes."""

    new: list = field(default_factory=list)
    changed: dict = field(default_factory=dict)


def identities(values, fields, context):
    """The same person in the same village and half-year is the same row."""
    about = tuple(values.get(name) for name in ("township", "village", "assessed_year", "assessed_half"))
    return [(*key, *about) for key in persons.identity_keys(values, fields, context)]


def compare(rows, scope):
    """A Comparison of rows with what was found of the candidates of the division `scope.code`."""
    verdicts, plan, said = [Verdict() for _ in rows], Plan(), set()
    pool = _Pool(rows, scope)
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.village_code and outside(row.village_code, scope.code):
            verdict.refuse(*OUTSIDE)
        elif not row.refused:
            _Judge(row, verdict, pool, scope).take(plan, said)
    return Comparison(verdicts, plan)


class _Pool:
    """The places in the pool of the villages that the rows name, and what was found of them, read once."""

    def __init__(self, rows, scope):
        codes = {row.village_code for row in rows if row.village_code and not outside(row.village_code, scope.code)}
        places = (
            ReserveCandidate.objects.filter(village__in=codes)
            .select_related("person", "village")
            .order_by("start", "pk")
        )
        if scope.lock:
            places = places.select_for_update(of=("self",))
        self.of_person, self.of_name = defaultdict(list), defaultdict(list)
        for place in places:
            self.of_person[place.village_id, place.person_id].append(place)
            self.of_name[place.village_id, _name_of(place)].append(place)
        kept = ReserveAssessment.objects.filter(candidate__village__in=codes)
        kept = kept.select_related("candidate__person", "candidate__village").order_by("pk")
        self.kept = {(one.candidate_id, one.year, one.half): one for one in kept}
        self.people = who.people_by_digest([who.digest_of(row) for row in rows], scope)
        self.results = ASSESSMENT_RESULTS.value(scope.as_of)

    def places(self, row):
        """Every place in the pool of the row's village that the row may mean, the oldest first."""
        if row.values.get("id_number"):
            person = self.people.get(who.digest_of(row))
            return self.of_person[row.village_code, person.pk] if person else []
        return self.of_name[row.village_code, row.values["name"]]


def _name_of(place):
    """The name as a cell reads."""
    return clean_one(persons.NAME.kind, place.person.name)[0]


def _half_of(day):
    return day.year, 1 + (day.month > 6)


@dataclass
class _Judge:
    """One row against the pool."""

    row: object
    verdict: object
    pool: _Pool
    scope: object

    def take(self, plan, said):
        if found := self._misfit():
            self.verdict.refuse(*found)
            return
        place = self._place()
        if place is None:
            return
        self.verdict.change = "unchanged"
        key = (place.pk, *self._half())
        if key in said:
            self.verdict.warn("name", "differs_in_file", "与前面一行是同一人的同一个半年，按前面一行入库")
            return
        said.add(key)
        if self.row.values["name"] != _name_of(place):
            self.verdict.warn(*OTHER_NAME)
        kept = self.pool.kept.get(key)
        self._change(kept, plan) if kept else self._add(place, plan)

    def _misfit(self):
        year = self.row.values["assessed_year"]
        if year != int(year) or not FIRST_YEAR <= year <= LAST_YEAR:
            return ("assessed_year", "bad_year", f"“{year}”不是年份，请填四位年份，如 2026")
        typed = self.row.values.get("assessed_on")
        if typed and len(typed) < WHOLE_DAY:
            return DAY_WANTED
        day = words.day(typed) if typed else None
        if day and _half_of(day) < self._half():
            return ("assessed_on", "half_not_begun", "研判日期还没有到这个半年，请核对年度、半年和研判日期")
        return None

    def _half(self):
        return int(self.row.values["assessed_year"]), int(self.row.values["assessed_half"])

    def _day(self):
        typed = self.row.values.get("assessed_on")
        return words.day(typed) if typed else self.scope.as_of

    def _place(self):
        """The place that has an assessment of the half-year already, else the one in force on the day; None is told."""
        places, day = self.pool.places(self.row), self._day()
        known = [place for place in places if (place.pk, *self._half()) in self.pool.kept]
        there = known or [place for place in places if place.start <= day and (place.end is None or place.end >= day)]
        if len({place.person_id for place in there}) > 1:
            self.verdict.refuse(*SEVERAL)
            return None
        if not there:
            self.verdict.refuse(*NOT_IN_POOL)
            return None
        return there[-1]

    def _add(self, place, plan):
        typed = self.row.values
        if not typed.get("assessed_result"):
            if typed.get("assessed_opinion") or typed.get("assessed_on"):
                self.verdict.refuse(*LACKS_RESULT)
            else:
                self.verdict.hint(*NO_RESULT)
            return
        year, half = self._half()
        day = self._day()
        if _half_of(day) < (year, half):
            self.verdict.refuse(
                "assessed_on", "half_not_begun", "没有填研判日期，而数据日期还没有到这个半年，请填研判日期"
            )
            return
        one = ReserveAssessment(candidate=place, year=year, half=half, assessed_on=day)
        self._state(one)
        if self.verdict.refused:
            return
        if not typed.get("assessed_on"):
            self.verdict.hint("assessed_on", "start_assumed", f"没有填，按数据日期 {day:%Y.%m.%d} 记")
        self.verdict.change, self.verdict.diff = "new", {"assessed_result": (None, one.result)}
        plan.new.append(one)

    def _change(self, kept, plan):
        before = {column: getattr(kept, name) for column, name in ATTRIBUTES.items()}
        self._state(kept)
        if kept.assessed_on < kept.candidate.start:
            self._too_early(kept.candidate)
        changed = {column: old for column, old in before.items() if getattr(kept, ATTRIBUTES[column]) != old}
        if self.verdict.refused or not changed:
            return
        self.verdict.change, plan.changed[kept.pk] = "changed", kept
        self.verdict.diff = {
            column: (_shown(old), _shown(getattr(kept, ATTRIBUTES[column]))) for column, old in changed.items()
        }

    def _too_early(self, place):
        told = f"早于入库时间（{place.start:%Y-%m-%d}），请核对"
        self.verdict.refuse("assessed_on", "before_entering", told)

    def _state(self, one):
        """Put on the assessment what the row states, and tell what it cannot state."""
        typed, cleared = self.row.values, self.row.cleared
        for column in ("assessed_result", "assessed_on"):
            if column in cleared:
                label = one._meta.get_field(ATTRIBUTES[column]).verbose_name
                self.verdict.refuse(column, "not_to_be_empty", f"{label}不能清空，请填写，或留空不改")
        if (result := typed.get("assessed_result")) and not words.reads_as(one.result, result):
            self._take_result(one, result)
        if typed.get("assessed_on"):
            one.assessed_on = words.day(typed["assessed_on"])
        opinion = "" if "assessed_opinion" in cleared else typed.get("assessed_opinion") or one.remarks
        if len(opinion) > one._meta.get_field("remarks").max_length:
            self.verdict.refuse("assessed_opinion", "too_long", "研判意见超过 300 个字，请核对")
        elif not words.reads_as(one.remarks, opinion):
            one.remarks = opinion

    def _take_result(self, one, typed):
        known = {squeeze(word): word for word in self.pool.results}
        word = known.get(squeeze(typed))
        if word is None:
            told = f"研判结果没有“{typed[:12]}”，请填写：{'、'.join(self.pool.results)}"
            self.verdict.refuse("assessed_result", "not_in_list", told)
        one.result = word or one.result


def _shown(value):
    return None if value in (None, "") else str(value)


def write(plan, *, by, batch):
    """Write the plan."""
    actions.assess_reserves(plan.new, by=by, batch=batch)
    actions.change_assessments(list(plan.changed.values()), by=by, batch=batch)
