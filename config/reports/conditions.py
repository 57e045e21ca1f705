"""What villages have to work with (经费、场所、制度) and what their cadres are paid, for 党内统计 and the sentence form."""

from collections import defaultdict
from decimal import Decimal

from awards.models import SafeguardRecord
from awards.models.safeguards import PAID
from core.periods import between
from talent.parameters.reports import VILLAGE_FUNDS
from villages.models import VillageFigures
from villages.models.figures import WORKING, YesNo

YEARS_BACK = 2  # figures older than that are not told as those of the day
OF_THE_YEAR = ("venue_built", "members_joined")
ANSWERS = ("five_rooms", "open_decisions", "leader_subsidy", "bundled_projects", "venue_built")
ASKED = ("office_funds_wan", "venue_area", *ANSWERS)
LARGE = 200  # ㎡
YUAN = 10_000


def kept(user, on, code=None):
    """{village code: {name: what was told last}} of the year of `on` and the two before; what is of the year itself
    (新改扩建、发展党员) only of that year, new members as {year: people} under `joined`. One query."""
    rows = VillageFigures.objects.visible_to(user).filter(between(on.year - YEARS_BACK, on.year, "year"))
    rows = (rows.below(code) if code else rows).order_by("village_id", "year")
    found = defaultdict(lambda: {"joined": {}})
    for row in rows:
        told = found[row.village_id]
        if row.members_joined is not None:
            told["joined"][row.year] = row.members_joined
        for name in WORKING:
            value = getattr(row, name)
            if value not in (None, "") and (name not in OF_THE_YEAR or row.year == on.year):
                told[name] = value
    return found


def facts(found, on):
    """(village code, what, amount) of everything that `kept` says. One query for the pay."""
    pay, least = basic_pay(list(found), on), VILLAGE_FUNDS.value(on)
    for place, told in found.items():
        for name in ANSWERS:
            if told.get(name) == YesNo.YES:
                yield place, name, 1
        if "venue_area" in told:
            if told["venue_area"] == 0:
                yield place, "no_venue", 1
            if told["venue_area"] >= LARGE:
                yield place, "large_venue", 1
        if "office_funds_wan" in told:
            yield place, "office_funds", float(told["office_funds_wan"])
            if least is not None and told["office_funds_wan"] * YUAN + pay.get(place, 0) >= least:
                yield place, "funds_enough", 1


def told(found, codes):
    """A line of what has not been told by how many of the villages `codes`; nothing where all was told."""
    lacking = {name: sum(name not in found[code] if code in found else True for code in codes) for name in ASKED}
    labels = {name: VillageFigures._meta.get_field(name).verbose_name for name in ASKED}
    words = "、".join(f"{labels[name]} {number} 个村" for name, number in lacking.items() if number)
    return [f"还没有填报、因而没有计入的：{words}。请用“行政村基本情况表”补上。"] if words else []


def pay(people, on):
    """{person's key: yuan} of everything paid for the post in the latest year on record. One query."""
    rows = SafeguardRecord.objects.latest(on).filter(person__in=people)
    return {person: float(sum(paid)) for person, *paid in rows.order_by("pk").values_list("person_id", *PAID)}


def basic_pay(codes, on):
    """{village code: yuan} of the basic pay of all cadres in the latest of the year of `on` and the year before. One query."""
    rows = SafeguardRecord.objects.filter(between(on.year - 1, on.year, "year"), village__in=codes)
    sums = defaultdict(Decimal)
    for code, year, paid in rows.order_by("pk").values_list("village_id", "year", "basic_paid"):
        sums[code, year] += paid
    return {code: amount for (code, _), amount in sorted(sums.items())}
