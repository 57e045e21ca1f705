"""The empty seats of the two committees, one line each: where, how many are approved, since when, how long."""

from django.urls import reverse

from core.views.access import business_page
from talent.vacancies import vacancies
from talent.views.sheet import Cell, Choice, Sheet, answer, narrowed, village_cell
from villages.models import Village

COLUMNS = (
    ("村（社区）", 16), ("乡镇", 12), ("班子", 18), ("核定（职）", 10), ("在任（人）", 10), ("空缺自", 14), ("已空缺（天）", 12),
)  # fmt: skip
DERIVED = "由核定职数和任职记录算出：要改请登记任职、离任，或改村的核定职数；导出的表不从花名册传回。"
LONG = (30, 60, 90, 180)
DAYS = Choice("days", "空缺多久：不限", tuple((days, f"超过 {days} 天") for days in LONG))


@business_page
def listed(request):
    """Every empty seat of the user's area on the date, the longest empty first; unknown since when counts as longest."""
    on, days = request.on, DAYS.asked(request)
    villages = narrowed(request, Village.objects.existing(on)).select_related("township").order_by("code")
    found = sorted(vacancies(villages, on), key=_longest_first)
    if days:
        found = [one for one in found if one.since is None or one.days(on) > int(days)]
    empty = "这一天没有空缺的职数。没有登记核定职数的村不在此列，请在村的资料里填写。"
    sheet = Sheet("“两委”职数空缺", "席", COLUMNS, [_line(one, on) for one in found], empty)
    tabs = [{"label": "各村班子", "url": reverse("villages"), "current": False}]
    tabs.append({"label": "职数空缺", "url": reverse("vacancies"), "current": True})
    return answer(request, sheet, tabs=tabs, choices=(DAYS,), note=DERIVED)


def _longest_first(one):
    return (one.since is not None, one.since or one.village.start, one.village.code, one.committee)


def _line(one, on):
    return [
        village_cell(one.village), Cell(one.village.township.name), Cell(one.committee.label), Cell(one.seats), Cell(one.people),
        Cell(f"{one.since:%Y-%m-%d}" if one.since else "从未登记满员"), Cell(one.days(on) if one.since else ""),
    ]  # fmt: skip
