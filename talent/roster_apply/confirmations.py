"""A list of yearly answers ("仍在库？") against the pool and against what was answered in that year before."""

from collections import defaultdict
from dataclasses import dataclass, field

from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from talent import actions
from talent.models import RuralTalent, TalentConfirmation
from talent.roster_apply import who, words
from talent.roster_apply.role_kinds import text
from talent.rosters import persons

NOT_IN_POOL = (
    "name",
    "not_in_pool",
    "此人那一天不在乡村人才库里，请核对姓名和身份证号；新入库的，先上传《乡村人才信息库》",
)
OTHER_VILLAGE = ("village", "in_another_pool", "此人在另一个村的人才库里，请核对所在村")
SINCE_ELSEWHERE = ("still_here", "entered_since", "此人此后又在别处入库，不能改回仍在，请核对")
YEAR_DIFFERS = ("confirmed_on", "year_differs", "不在所填的年度里，请核对年度和确认日期")
DAY_OF_YEAR = ("confirmed_on", "missing_field:confirmed_on", "填了别的年度，请一并填写那一年的确认日期")
IN_FUTURE = ("confirmed_on", "visit_in_future", "晚于数据日期，确认之后再报")
REMARKS = text("remarks")
ANSWERS = {"here": True, "gone": False}
LABELS = {True: "仍在", False: "已不在"}
YEARS = range(1949, 2201)


@dataclass
class Plan:
    """`answers` are (row index, TalentConfirmation, kept and changed or new)."""

    answers: list = field(default_factory=list)


def identities(values, fields, context):
    """The same person in the same year is the same row."""
    year = values.get("confirm_year") or (values.get("confirmed_on") or "")[:4]
    return [(*key, year) for key in persons.identity_keys(values, fields, context)]


def compare(rows, scope):
    """A Comparison of rows with the pool and its answers."""
    verdicts, plan = [Verdict() for _ in rows], Plan()
    known = who.identify(rows, verdicts, scope, lambda values: True)
    pool = _Pool(known.people.values(), scope)
    for index, (row, verdict) in enumerate(zip(rows, verdicts, strict=True)):
        if not row.refused and not verdict.refused:
            _take(index, row, verdict, known.people.get(known.keys[index]), pool, plan, scope)
    _refuse_returns(verdicts, plan)
    return Comparison(verdicts, plan)


class _Pool:
    """The places in the pool of these people and the answers about them, read once; locked when about to be written."""

    def __init__(self, people, scope):
        places = RuralTalent.objects.filter(person__in=[person.pk for person in people]).order_by("start", "pk")
        places = places.select_related("person", "village")
        answers = TalentConfirmation.objects.filter(talent__in=places.values("pk")).order_by("pk")
        if scope.lock:
            places, answers = places.select_for_update(of=("self",)), answers.select_for_update(of=("self",))
        self.places = defaultdict(list)
        for place in places:
            self.places[place.person_id].append(place)
        of = {place.pk: place for several in self.places.values() for place in several}
        self.answers = {}
        for answer in answers:
            answer.talent = of[answer.talent_id]
            self.answers[answer.talent_id, answer.year] = answer

    def place(self, person, on):
        """The place that the person had on the day, or that the answer of its year ended; None where there is none."""
        meant = [place for place in self.places[person.pk] if place.start <= on and self._was_there(place, on)]
        return meant[-1] if meant else None

    def _was_there(self, place, on):
        return place.end is None or place.end >= on or (place.pk, on.year) in self.answers


def _take(index, row, verdict, person, pool, plan, scope):
    on, problem = _day(row.values, scope)
    place = pool.place(person, on) if person and not problem else None
    if problem is None:
        problem = _problem(row, place, scope)
    if misfit := REMARKS.misfit(row, TalentConfirmation._meta.get_field("remarks")):
        problem = problem or misfit
    if problem:
        return verdict.refuse(*problem)
    verdict.change = "unchanged"
    if not row.values.get("still_here"):
        return None
    kept = pool.answers.get((place.pk, on.year))
    answer = kept or TalentConfirmation(talent=place, year=on.year, confirmed_on=on, is_here=None)
    if _answer(answer, row, on, verdict):
        verdict.change = "changed" if kept else "new"
        pool.answers[place.pk, on.year] = answer
        plan.answers.append((index, answer))
    return None


def _day(values, scope):
    """(the day of the answer, None), or (None, why there is none)."""
    typed, year = values.get("confirmed_on"), values.get("confirm_year") or None
    if year is not None and year not in YEARS:
        return None, ("confirm_year", "bad_year", "年度请填四位年份，例如 2026")
    if not typed:
        return (scope.as_of, None) if year in (None, scope.as_of.year) else (None, DAY_OF_YEAR)
    on = words.day(typed)
    if year not in (None, on.year) or on.year not in YEARS:
        return None, YEAR_DIFFERS
    return (None, IN_FUTURE) if on > scope.as_of else (on, None)


def _problem(row, place, scope):
    if place is None:
        return NOT_IN_POOL
    if outside(place.village_id, scope.code):
        return OUTSIDE
    return OTHER_VILLAGE if row.village_code and row.village_code != place.village_id else None


def _answer(answer, row, on, verdict):
    """Put on the answer what the row says; True when it differs from before, old and new in the verdict."""
    is_here, diff = ANSWERS[row.values["still_here"]], verdict.diff
    before = (answer.is_here, answer.confirmed_on, answer.remarks)
    if answer.is_here != is_here:
        diff["still_here"] = (LABELS.get(answer.is_here), LABELS[is_here])
    typed = row.values.get("confirmed_on")
    if answer.is_here != is_here or (typed and not words.same_day(answer.confirmed_on, typed)):
        if answer.pk and answer.confirmed_on != on:
            diff["confirmed_on"] = (_whole(answer.confirmed_on), _whole(on))
        answer.is_here, answer.confirmed_on = is_here, on
    _remark(answer, row, diff)
    return before != (answer.is_here, answer.confirmed_on, answer.remarks)


def _remark(answer, row, diff):
    typed = row.values.get("remarks")
    clears = "remarks" in row.cleared
    if clears or (typed and not words.reads_as(answer.remarks, typed)):
        new = "" if clears else typed
        if new != answer.remarks:
            diff["remarks"] = (answer.remarks or None, new or None)
            answer.remarks = new


def _whole(date):
    return f"{date:%Y.%m.%d}"


def _refuse_returns(verdicts, plan):
    """Nobody comes back into a pool after entering another one."""
    back = [answer.talent for _, answer in plan.answers if answer.is_here and actions.was_let_go(answer)]
    barred = {talent.pk for talent in actions.since_elsewhere(back)}
    for index, answer in plan.answers:
        if answer.is_here and answer.talent.pk in barred:
            verdicts[index].refuse(*SINCE_ELSEWHERE)
    plan.answers = [(index, answer) for index, answer in plan.answers if not verdicts[index].refused]


def write(plan, *, by, batch):
    """Write the plan."""
    actions.keep_answers([answer for _, answer in plan.answers], by=by, batch=batch)
