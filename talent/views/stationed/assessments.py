"""The yearly assessment: everybody who was in a village in a year, the grade typed beside the name, saved at once."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone

from core.stamps import MEANWHILE, NAME, is_stale, stamp_input
from core.text import plain
from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters import listing
from talent import actions
from talent.models import Stationing, StationingAssessment
from talent.parameters.stationed import GRADES
from talent.sent_export import stays_of_year
from talent.views.sheet import narrowed
from talent.views.stationed.forms import grade_choices
from talent.views.stationed.tabs import tabs

PAGE_SIZE = 200  # two fields a line, and a form may have a thousand
YEARS_BACK = 6
COLUMNS = (
    ("姓名", 12), ("乡镇", 12), ("派驻村", 14), ("职务", 14), ("派出单位", 22), ("派驻时间", 12), ("离任时间", 12), ("考核等次", 12), ("考核意见", 40),
)  # fmt: skip


def _years(on):
    return range(on.year, on.year - YEARS_BACK, -1)


def _asked_year(request):
    """The year in `?year=`, else the last whole year."""
    asked = request.GET.get("year", "")
    return int(asked) if asked in {str(year) for year in _years(request.on)} else request.on.year - 1


def _stays(request, year):
    """Those of the teams who were in a village in the year, each with its assessment of it in `judged`."""
    return stays_of_year(narrowed(request, Stationing.objects.all()), year)


def _kept(stay):
    return stay.judged[0] if stay.judged else None


@business_page
@transaction.atomic
def assessments(request):
    """The list of a year with its grades; with the right to change it, the form that keeps them."""
    year = _asked_year(request)
    stays = _stays(request, year)
    if "xlsx" in request.GET:
        return _workbook(request, stays, year)
    paged = page_of(request, stays, PAGE_SIZE)
    may = request.user.has_perm("talent.change_stationingassessment")
    grades = [StationingAssessment.objects.filter(stationing__in=[stay.pk for stay in paged["page"]], year=year)]
    stale = request.method == "POST" and is_stale(request.POST.get(NAME), grades)
    if request.method == "POST" and may and not stale:
        _keep(request, paged["page"].object_list, year)
        return redirect(f"{request.path}?{request.GET.urlencode()}")
    if stale:
        messages.warning(request, MEANWHILE)
    context = _context(request, paged, year, may) | {"stamp": stamp_input(grades)}
    return render(request, "talent/stationed/assessments.html", context, status=409 if stale else 200)


def _context(request, paged, year, may):
    asked = request.GET.copy()
    asked["xlsx"] = "1"
    stays, grades = list(paged["page"].object_list), GRADES.value(request.on)
    return paged | {
        "lines": [_line(stay, grades, request.POST) for stay in stays],
        "judged": sum(bool(stay.judged) for stay in stays),
        "year": year,
        "years": list(_years(request.on)),
        "townships": townships(request.user),
        "code": asked_division(request) or "",
        "may": may,
        "tabs": tabs("stationed_assessments"),
        "xlsx": asked.urlencode(),
    }


def _line(stay, grades, typed):
    kept = _kept(stay)
    grade = typed.get(f"grade-{stay.pk}", kept.grade if kept else "")
    options = [{"value": value, "label": label, "on": value == grade} for value, label in grade_choices(grades, grade)]
    return {
        "stay": stay,
        "grade": grade,
        "remarks": typed.get(f"remarks-{stay.pk}", kept.remarks if kept else ""),
        "options": options,
    }


def _keep(request, stays, year):
    """Keep the grades that were typed; a line left at 未定 stays as it was."""
    changed, grades = [], GRADES.value(request.on)
    for stay in stays:
        kept = _kept(stay) or StationingAssessment(stationing=stay, year=year)
        grade = request.POST.get(f"grade-{stay.pk}", "")
        if not grade or grade not in {value for value, _ in grade_choices(grades, kept.grade)}:
            continue
        kept.grade, kept.remarks = grade, plain(request.POST.get(f"remarks-{stay.pk}", ""))[:500]
        changed.append(kept)
    written = actions.assess_stays(changed, by=request.user)
    if written:
        messages.success(request, f"已登记 {year} 年度考核 {written} 人。")
    else:
        messages.info(request, "没有改动。等次为“未定”的不登记。")


def _workbook(request, stays, year):
    rows = [
        [
            stay.person.name, stay.village.township.name, stay.village.name, stay.get_role_display(), stay.dispatch_unit,
            f"{stay.start:%Y-%m-%d}", f"{stay.end:%Y-%m-%d}" if stay.end else "",
            *((kept.grade, kept.remarks) if (kept := _kept(stay)) else ("", "")),
        ]
        for stay in stays
    ]  # fmt: skip
    title = f"{year}年驻村干部年度考核名册"
    told = f"数据时点：{request.on:%Y-%m-%d}"
    content = listing.workbook(title, COLUMNS, rows, by=request.user.name, told=told)
    return listing.download(content, f"{title}（{timezone.localdate():%Y%m%d}）.xlsx")
