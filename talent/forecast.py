"""Who leaves by when and who could follow: the serving cadres who reach an age line or a term's end, against the bench."""

import datetime
from dataclasses import dataclass, field

from core.periods import age_on
from talent.models import Appointment, Post, ReserveCandidate
from talent.parameters import reserves as settings
from villages.models import Term, Village

HORIZONS = (1, 3, 5)


@dataclass
class Outlook:
    """A village by a day. `aging` [(Person, is secretary, the day the line is reached)]; `ending` people whose term is over
    by then; `followers` candidates still within the age limit, secretaries' reserves first."""

    village: object
    aging: list = field(default_factory=list)
    ending: int = 0
    term_end: datetime.date | None = None
    secretary_bench: list = field(default_factory=list)
    other_bench: list = field(default_factory=list)

    @property
    def secretary_leaves(self):
        return sum(is_secretary for _, is_secretary, _ in self.aging)

    @property
    def others_leave(self):
        return len(self.aging) - self.secretary_leaves

    @property
    def short(self):
        """How many leave by age without anybody of their category on the bench to follow."""
        secretary = max(self.secretary_leaves - len(self.secretary_bench), 0)
        return secretary + max(self.others_leave - len(self.other_bench), 0)

    @property
    def followers(self):
        return self.secretary_bench + self.other_bench


def until(on, years):
    """The same day `years` later; 29 February becomes the 28th."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return on.replace(year=on.year + years, day=28)


def outlooks(user, on, years, code=None):
    """[Outlook] of every village of the user's area by `years` after `on`. Four queries whatever their number."""
    last = until(on, years)
    villages = Village.objects.visible_to(user).existing(on).select_related("township").order_by("code")
    villages = villages.below(code) if code else villages
    found = {village.code: Outlook(village) for village in villages}
    _serving(found, user, on, last)
    _terms(found, user, on, last)
    _bench(found, user, on, last)
    return list(found.values())


def _serving(found, user, on, last):
    seats = Appointment.objects.visible_to(user).cadres(on).filter(village_id__in=found).select_related("person")
    held = {}
    for seat in seats.order_by("village_id", "pk"):
        held.setdefault((seat.village_id, seat.person_id), []).append(seat)
    lines = {True: settings.SECRETARY_AGE_LINE.value(on), False: settings.CADRE_AGE_LINE.value(on)}
    for (code, _), posts in held.items():
        person = posts[0].person
        is_secretary = any(seat.post == Post.PARTY_SECRETARY for seat in posts)
        reached = until(person.birth_date, lines[is_secretary]) if person.birth_date else None
        found[code].ending += 1
        if reached and reached <= last:
            found[code].aging.append((person, is_secretary, reached))


def _terms(found, user, on, last):
    """Keep the people up for election only where the term is over by `last`."""
    terms = {}
    for term in Term.objects.visible_to(user).filter(start__lte=on).order_by("start", "pk"):
        terms[term.division_id] = term.end or until(term.start, settings.TERM_YEARS.value(on))
    for outlook in found.values():
        end = terms.get(outlook.village.code[:6])
        if end and end <= last:
            outlook.term_end = end
        else:
            outlook.ending = 0


def _bench(found, user, on, last):
    limit = settings.AGE_LIMIT.value(on)
    pool = ReserveCandidate.objects.visible_to(user).in_pool(on).filter(village_id__in=found)
    for row in pool.select_related("person").order_by("village_id", "-readiness", "start", "pk"):
        born = row.person.birth_date
        if born is not None and age_on(born, last) > limit:
            continue
        is_secretary = row.target == ReserveCandidate.Target.SECRETARY
        outlook = found[row.village_id]
        (outlook.secretary_bench if is_secretary else outlook.other_bench).append(row)


def totals(found):
    """The sums under the table."""
    return {
        "secretary_leaves": sum(one.secretary_leaves for one in found),
        "others_leave": sum(one.others_leave for one in found),
        "ending": sum(one.ending for one in found),
        "secretary_bench": sum(len(one.secretary_bench) for one in found),
        "other_bench": sum(len(one.other_bench) for one in found),
        "short": sum(one.short for one in found),
        "short_villages": sum(bool(one.short) for one in found),
    }
