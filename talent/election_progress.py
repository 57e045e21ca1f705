"""How far a round of elections has come on a date: by step, by township, who is late."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count

from talent.models import Candidate, ElectionStep, ElectionStepDone, ElectionVillage
from villages.models import Division


@dataclass(frozen=True)
class StepLine:
    """A step with its days over the villages, how many have finished it, how many are late."""

    step: ElectionStep
    first: datetime.date
    last: datetime.date
    whole: int
    done: int
    late: int

    @property
    def days(self):
        return f"{self.first:%Y-%m-%d}" if self.first == self.last else f"{self.first:%Y-%m-%d} 至 {self.last:%m-%d}"

    @property
    def state(self):
        """(css class, word) of its tag."""
        if self.done == self.whole:
            return "ok", "已完成"
        if self.late:
            return "bad", f"逾期 {self.late}"
        return ("blue", "进行中") if self.done else ("same", "未到")


def day_of(day, step):
    """The date of a step where the election is on `day`."""
    return day + datetime.timedelta(days=step.offset)


def step_lines(held, places, on):
    """A StepLine per step of the round over the villages `places` (a queryset) on the date `on`. Three queries."""
    days = Counter(dict(places.values_list("election_day").annotate(count=Count("pk")).order_by()))
    done = _done(places, on)
    return [_step_line(held, step, days, done, on) for step in held.steps.order_by("offset", "pk")]


def _done(places, on):
    """(step's key, election day) → how many villages have finished it by `on`."""
    rows = ElectionStepDone.objects.filter(place__in=places, done_on__lte=on).order_by()
    return {
        (step, day): count for step, day, count in rows.values_list("step", "place__election_day").annotate(Count("pk"))
    }


def _step_line(held, step, days, done, on):
    if step.per == ElectionStep.Per.COUNTY:
        day = day_of(held.election_day, step)
        finished = int(step.done_on is not None and step.done_on <= on)
        return StepLine(step, day, day, 1, finished, int(not finished and day < on))
    counts = {day: done.get((step.pk, day), 0) for day in days}
    dated = sorted(day_of(day, step) for day in days) or [day_of(held.election_day, step)]
    late = sum(days[day] - counts[day] for day in days if day_of(day, step) < on)
    return StepLine(step, dated[0], dated[-1], sum(days.values()), sum(counts.values()), late)


def late_of(held, places, on):
    """village code → the titles of the steps that are due and not done on `on`. Three queries."""
    steps = [step for step in held.steps.order_by("offset", "pk") if step.per == ElectionStep.Per.VILLAGE]
    done = set(
        ElectionStepDone.objects.filter(place__in=places, done_on__lte=on).order_by().values_list("place_id", "step_id")
    )
    found = defaultdict(list)
    for pk, code, day in places.order_by("village_id").values_list("pk", "village_id", "election_day"):
        found[code] = [step.title for step in steps if day_of(day, step) < on and (pk, step.pk) not in done]
    return found


def village_lines(held, places, on):
    """A dict per village: its day, whether elected, candidates, blocked, unreviewed, late steps. Seven queries."""
    late = late_of(held, places, on)
    elected = set(places.elected(on).order_by().values_list("pk", flat=True))
    counts = candidate_counts(held, places, on)
    return [
        {
            "place": place,
            "elected": place.pk in elected,
            "late": late[place.village_id],
            **counts[place.village_id],
        }
        for place in places.select_related("village__township").order_by("village_id")
    ]


def candidate_counts(held, places, on):
    """village code → how many people stand there, are blocked, are not reviewed to the end (each person once)."""
    rows = Candidate.objects.at(on).filter(round=held, village_id__in=places.values("village_id"))
    people = Count("person", distinct=True)
    standing = rows.filter(status_then__in=Candidate.STANDING)
    counts = defaultdict(lambda: {"candidates": 0, "blocked": 0, "unreviewed": 0})
    for name, some in (("candidates", rows), ("blocked", rows.blocked(on)), ("unreviewed", standing.unreviewed(on))):
        for code, count in some.order_by().values_list("village_id").annotate(people):
            counts[code][name] = count
    return counts


def township_lines(lines):
    """The village lines added up by township, in order of code."""
    grouped = defaultdict(list)
    for line in lines:
        grouped[line["place"].village.township].append(line)
    return [_township(township, grouped[township]) for township in sorted(grouped, key=lambda one: one.code)]


def _township(township: Division, lines):
    return {
        "township": township,
        "villages": len(lines),
        "elected": sum(line["elected"] for line in lines),
        "late": sum(1 for line in lines if line["late"]),
        **{name: sum(line[name] for line in lines) for name in ("candidates", "blocked", "unreviewed")},
    }


def places_of(held, user, code=None):
    """The round's villages that `user` sees, below `code` where one is given."""
    places = ElectionVillage.objects.visible_to(user).filter(round=held)
    return places.below(code) if code else places


def totals(lines):
    """The village lines added up as the cards show them."""
    return _township(None, lines)
