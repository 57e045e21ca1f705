"""What was invested and held in the villages, by township: the sums below which the lists of projects and activities stand."""

from django.db.models import Count, Sum
from django.db.models.functions import Substr
from django.urls import reverse

from core.periods import dated_by, year_to_date
from core.scope import scope_code, within
from core.views.access import business_page
from talent.views.party.records import PERIOD
from talent.views.party.tabs import tabs
from talent.views.sheet import Cell, Sheet, answer, narrowed
from villages.models import CulturalActivity, Division, VillageProject

TOWNSHIP_DIGITS = 9
STATES = ("未开工", "在建", "已完工")
NOT_RETURNED = "各乡镇的数由“村级项目”和“文化活动”的台账算出，不传回；要改，在那两张表里改，或上传“村级项目投入表”“村级文化活动表”。"
COLUMNS = (
    ("乡镇", 14), ("项目（项）", 10), ("投入（万元）", 14),
    *((f"{label}（万元）", 14) for label in VillageProject.Source.labels), *((f"{state}（项）", 10) for state in STATES),
    ("文化活动（场）", 12), ("参加（人次）", 12), ("活动经费（万元）", 14),
)  # fmt: skip


@business_page
def totals(request):
    """A line for each township and one for all of them, of the year up to the date or of all years."""
    on, is_all = request.on, PERIOD.asked(request)
    when = dated_by if is_all else year_to_date
    projects = narrowed(request, VillageProject.objects.filter(when(on, "invested_on")))
    activities = narrowed(request, CulturalActivity.objects.filter(when(on, "held_on")))
    columns = _columns(projects, activities, on)
    own = (request.GET.get("division") or scope_code(request.user))[:TOWNSHIP_DIGITS]
    places = Division.objects.townships().filter(within("code", own)).order_by("code")
    query = "&period=all" if is_all else ""
    rows = [
        [Cell(place.name, f"{reverse('village_projects')}?division={place.code}{query}"), *(Cell(found.get(place.code, 0)) for found in columns)]
        for place in places
    ]  # fmt: skip
    rows.append([Cell("合计"), *(Cell(sum(found.values())) for found in columns)])
    title = "历年项目和活动合计" if is_all else f"{on.year}年项目和活动合计"
    sheet = Sheet(title, "行", COLUMNS, rows, "没有乡镇。")
    return answer(
        request, sheet, tabs=tabs("village_project_totals"), choices=(PERIOD,), not_returned=NOT_RETURNED
    )  # fmt: skip


def _columns(projects, activities, on):
    """[{township's code: number}] in the order of the columns; the sums are of the same rows, so they add up."""
    found = [_counted(projects), _summed(projects, "amount_wan")]
    found += [_summed(projects.filter(source=source), "amount_wan") for source in VillageProject.Source.values]
    found += [_counted(projects.in_state(state, on)) for state in STATES]
    return [*found, _counted(activities), _summed(activities, "people", int), _summed(activities, "amount_wan")]


def _by_township(rows, aggregate):
    placed = rows.order_by().annotate(township=Substr("village_id", 1, TOWNSHIP_DIGITS))
    return placed.values_list("township").annotate(found=aggregate)


def _counted(rows):
    return dict(_by_township(rows, Count("pk")))


def _summed(rows, name, kind=float):
    return {township: kind(found or 0) for township, found in _by_township(rows, Sum(name))}
