"""A list of visits to needs against those recorded: who came on which day to which need, and what was done."""

from dataclasses import dataclass, field
from decimal import Decimal

from core.text import tight
from core.writes import change_rows
from rosters.comparison import Comparison, Verdict
from talent import actions
from talent.models import DemandVisit
from talent.roster_apply import needs, words

WHOLE_DAY = len("2026-09-22")
MOST_DAYS = Decimal("999.9")
DAY_WANTED = ("served_on", "day_wanted", "服务日期要写到日，如 2026.09.22")
IN_FUTURE = ("served_on", "visit_in_future", "晚于数据日期，服务之后再报")
NOT_MATCHED = ("name", "not_matched", "此人不在这项需求的对接里，请先在需求页面推荐，或用《供需对接台账》登记")
NOT_ACCEPTED = ("served_on", "before_acceptance", "早于本人接受的日期（或还没有接受），请核对服务日期，或先登记接受")
BAD_DAYS = ("served_days", "bad_days", "服务天数请填 0.1 到 999.9 之间的数，最多一位小数")


@dataclass
class Plan:
    """What `write` writes: new visits and changed ones, each with its row's index."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)


def identities(values, fields, context):
    """The same person on the same day with the same work for the same need is the same visit."""
    about = (
        values.get("id_number") or values.get("name"),
        values.get("served_on"),
        tight(values.get("served_work") or ""),
    )
    return [(*about, *needs.need_words(values))] if all(about) else []


def compare(rows, scope):
    """A Comparison of rows with the visits to needs of the survey `scope.target_id`."""
    verdicts, plan = [Verdict() for _ in rows], Plan()
    held = needs.held_round(scope)
    if held is None:
        for verdict in verdicts:
            verdict.refuse(*needs.GONE)
        return Comparison(verdicts)
    book = needs.Needs(held, rows, scope)
    kept = _kept(held, scope)
    for index, (row, verdict) in enumerate(zip(rows, verdicts, strict=True)):
        if not row.refused:
            _take(index, row, verdict, book, kept, plan, scope)
    return Comparison(verdicts, plan)


def _kept(held, scope):
    """{(match's key, day, work): visit}."""
    visits = DemandVisit.objects.below(scope.code).filter(match__demand__round=held).order_by("-pk")
    if scope.lock:
        visits = visits.select_for_update(of=("self",))
    return {(visit.match_id, visit.visited_on, tight(visit.done)): visit for visit in visits}


def _take(index, row, verdict, book, kept, plan, scope):
    match, problem = _match(index, row, book)
    days, typed = row.values.get("served_days"), row.values["served_on"]
    problem = problem or _problem(typed, days, scope)
    if problem:
        return verdict.refuse(*problem)
    if found := needs.differing_name(row, match):
        verdict.warn(*found)
    on, work = words.day(typed), row.values["served_work"]
    visit = kept.get((match.pk, on, tight(work)))
    if visit is None:
        if not (match.accepted_on and match.accepted_on <= on):
            return verdict.refuse(*NOT_ACCEPTED)
        visit = DemandVisit(match=match, visited_on=on, days=_days(days) or Decimal(1), done=work)
        kept[match.pk, on, tight(work)] = visit
        verdict.change, verdict.diff = "new", {"served_on": (None, f"{on:%Y.%m.%d} {_plain(visit.days)} 天")}
        plan.new.append((index, visit))
        return None
    return _correct(index, visit, match, days, verdict, plan)


def _match(index, row, book):
    """(match, None) that a row is about, or (None, why there is none)."""
    need, problem = book.find(index, row)
    if problem:
        return None, problem
    match, problem = book.match(row, need)
    return match, problem or (None if match else NOT_MATCHED)


def _problem(typed, days, scope):
    if len(typed) < WHOLE_DAY:
        return DAY_WANTED
    if words.day(typed) > scope.as_of:
        return IN_FUTURE
    if days is not None and not (0 < days <= MOST_DAYS and _days(days) == Decimal(str(days))):
        return BAD_DAYS
    return None


def _days(typed):
    """A typed number as days with one decimal, or None."""
    return None if typed is None else round(Decimal(str(typed)), 1)


def _plain(days):
    """1 and 1.5, not 1.0."""
    return f"{float(days):g}"


def _correct(index, visit, match, days, verdict, plan):
    verdict.change = "unchanged"
    if days is not None and _days(days) != visit.days:
        verdict.change, verdict.diff = "changed", {"served_days": (_plain(visit.days), _plain(_days(days)))}
        visit.days, visit.match = _days(days), match
        if visit.pk:
            plan.changed.append((index, visit))


def write(plan, *, by, batch):
    """Write the plan."""
    actions.record_demand_visits([visit for _, visit in plan.new], by=by, batch=batch)
    change_rows([visit for _, visit in plan.changed], ["days"], by=by, batch=batch)
