"""A county's or township's summary of what a review found of the teams, a row per village, against the sheets of the round."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from core.dates import EARLIEST
from rosters.cleaning import squeeze
from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from talent.actions import reviews as actions
from talent.models import PersonReview, TeamReview
from talent.models.review import COUNTS
from talent.parameters.reviews import TEAM_CLASSES, TEAM_PROBLEMS
from talent.roster_apply import words
from talent.roster_apply.reviews import (
    GONE,
    NO_SHEET,
    TOWNSHIP_DIGITS,
    all_refused,
    ballots_differ,
    closed,
    held_round,
    sheets_named,
    take,
)

Status = TeamReview.Status
AGAIN = ("village", "differs_in_file", "与前面一行是同一个村，按前面一行入库")
OF_COUNTY = ("team_decided", "decision_of_county", "县级意见和审定日期由县委组织部填，请清空这两格")
NO_DAY = ("team_decided", "missing_field:team_decided", "填了县级意见，请一并填审定日期")
GIVE_BACK = ("team_decided", "not_to_be_empty", "审定日期不能清空：要改已审定的，请在研判表里退回")
FUTURE = ("team_decided", "decided_in_future", "审定日期还没有到，请填今天或以前的日期")
ATTRIBUTES = {
    **{name: name for name in COUNTS}, "team_class": "team_class", "unrest": "unrest", "village_plan": "plan",
    "township_opinion": "township_opinion", "county_opinion": "county_opinion",
}  # fmt: skip
COLUMNS = {attribute: column for column, attribute in ATTRIBUTES.items()} | {
    "problems": "team_problems",
    "decided_on": "team_decided",
}
BY_COUNTY = ("county_opinion", "decided_on")
BREAKS = re.compile(r"([；;、，,\n])")


@dataclass
class Plan:
    """The sheets that rows fill in, and {day: those that the county decides on it}."""

    filled: list = field(default_factory=list)
    decided: dict = field(default_factory=lambda: defaultdict(list))


def identities(values, fields, context):
    """The same village is the same row."""
    return [("team", values.get("township"), values["village"])] if values.get("village") else []


def compare(rows, scope):
    """A Comparison of rows with the sheets of the round `scope.target_id`."""
    verdicts, held = [Verdict() for _ in rows], held_round(scope)
    if held is None:
        return all_refused(verdicts, GONE)
    sheets, plan, said = _Sheets(held, rows, scope), Plan(), set()
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.village_code and outside(row.village_code, scope.code):
            verdict.refuse(*OUTSIDE)
        elif not row.refused:
            _judge(row, verdict, sheets, plan, said)
    return Comparison(verdicts, plan)


class _Sheets:
    """The sheets that the rows name, read once, with the people of those that are to be decided."""

    def __init__(self, held, rows, scope):
        self.scope, self.teams = scope, sheets_named(held, rows, scope)
        self.known = {"team_class": TEAM_CLASSES.value(held.opens)}
        self.problems = TEAM_PROBLEMS.value(held.opens)
        self.by_township = len(scope.code) >= TOWNSHIP_DIGITS
        to_decide = {row.village_code for row in rows if row.values.get("team_decided")}
        teams = [team for code, team in self.teams.items() if code in to_decide and not team.is_decided]
        self.people = defaultdict(list)
        for one in PersonReview.objects.filter(team__in=teams).select_related("person").order_by("pk"):
            self.people[one.team_id].append(one)


def _judge(row, verdict, sheets, plan, said):
    team = sheets.teams.get(row.village_code)
    if team is None:
        return verdict.refuse(*NO_SHEET)
    verdict.change = "unchanged"
    if team.pk in said:
        return verdict.warn(*AGAIN)
    said.add(team.pk)
    before = {name: getattr(team, name) for name in COLUMNS}
    problems = [*take(row, team, ATTRIBUTES, sheets.known), *_take_problems(row, team, sheets), *_take_day(row, team)]
    changed = {name: old for name, old in before.items() if getattr(team, name) != old}
    for found in dict.fromkeys([*problems, *_refusals(row, team, changed, sheets), *ballots_differ(team)]):
        verdict.refuse(*found)
    if changed and not verdict.refused:
        verdict.change = "changed"
        verdict.diff = {COLUMNS[name]: (_shown(old), _shown(getattr(team, name))) for name, old in changed.items()}
        _note(team, changed, plan)
    return None


def _take_problems(row, team, sheets):
    """Put the row's problems of the team on the sheet; yields words that the county's list does not have."""
    if "team_problems" in row.cleared:
        team.problems = []
    elif typed := row.values.get("team_problems"):
        offered = [*sheets.problems, *(word for word in team.problems if word not in sheets.problems)]
        told, unknown = chosen(typed, offered)
        for word in unknown:
            told_what = f"存在问题没有“{word[:12]}”，请填写（几项用分号隔开）：{'；'.join(sheets.problems)}"
            yield ("team_problems", "not_in_list", told_what)
        if not unknown and set(told) != set(team.problems):
            team.problems = told


def chosen(text, words_known):
    """(words of a list that a cell names, parts that are none); a word may itself hold the mark between words (不团结、内耗)."""
    known = {squeeze(word): word for word in words_known}
    longest = max((len(BREAKS.split(word)) for word in words_known), default=1)
    parts, found, unknown, place = BREAKS.split(text), [], [], 0
    while place < len(parts):
        ends = range(min(place + longest, len(parts)), place, -1)
        end = next((end for end in ends if squeeze("".join(parts[place:end])) in known), None)
        if end is not None:
            found.append(known[squeeze("".join(parts[place:end]))])
        elif parts[place].strip():
            unknown.append(parts[place].strip())
        place = (end or place + 1) + 1
    return list(dict.fromkeys(found)), unknown


def _take_day(row, team):
    typed = row.values.get("team_decided")
    if "team_decided" in row.cleared and team.decided_on:
        yield GIVE_BACK
    if not typed or words.same_day(team.decided_on, typed):
        return
    day = words.day(typed)
    if not EARLIEST <= day <= timezone.localdate():
        yield FUTURE
    team.decided_on = day


def _refusals(row, team, changed, sheets):
    """Why the sheet cannot become what the row says: frozen, handed in, the county's part, or not complete."""
    if changed and (refused := closed(team, sheets.scope)):
        yield ("village", *refused[1:])
    elif sheets.by_township and any(name in changed for name in BY_COUNTY):
        yield OF_COUNTY
    elif team.decided_on and "decided_on" in changed:
        if missing := actions.lacking(team, sheets.people[team.pk]):
            told = "；".join(missing)
            yield ("team_decided", "sheet_not_complete", f"还不能审定：{told}。请先上传干部测评汇总表或在研判表里填好")
    elif "county_opinion" in changed:
        yield NO_DAY


def _note(team, changed, plan):
    if set(changed) - set(BY_COUNTY):
        plan.filled.append(team)
    if "decided_on" in changed:
        plan.decided[team.decided_on].append(team)


def _shown(value):
    if isinstance(value, list):
        return "；".join(value) or None
    if hasattr(value, "isoformat"):
        return f"{value:%Y.%m.%d}"
    return None if value in (None, "") else str(value)


def write(plan, *, by, batch):
    """Write the plan: what is filled in first, then the county's decisions, day by day."""
    days = {team.pk: day for day, teams in plan.decided.items() for team in teams}
    for team in plan.filled:
        if team.status == Status.WAITING:
            team.status = Status.FILLING
    actions.fill_many(plan.filled, [], by=by, batch=batch)
    for day in sorted(set(days.values())):
        teams = plan.decided[day]
        actions.decide_many(teams, opinions=[team.county_opinion for team in teams], on=day, by=by, batch=batch)
