"""Who leaves within 1, 3 or 5 years and who could follow."""

from django.shortcuts import render

from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters.listing import download, workbook
from talent import forecast

HEADINGS = (
    ("乡镇", 14), ("村（社区）", 14), ("届满日期", 12), ("届满须换届（人）", 12), ("书记到龄（人）", 12), ("其他到龄（人）", 12), ("到龄人员", 30),
    ("书记后备可接（人）", 12), ("其他后备可接（人）", 12), ("可接替人员", 40), ("到龄后接不上（人）", 12),
)  # fmt: skip


@business_page
def outlook(request):
    """Village by village, and summed; `?gap=1` keeps villages where somebody leaves without a follower."""
    code, years, only = asked_division(request), _years(request), request.GET.get("gap") == "1"
    found = forecast.outlooks(request.user, request.on, years, code)
    shown = _shown(found, only)
    context = {
        **page_of(request, [_line(one) for one in shown]),
        "total": forecast.totals(found),
        "years": years,
        "horizons": forecast.HORIZONS,
        "until": forecast.until(request.on, years),
        "only": only,
        "townships": townships(request.user),
        "code": code or "",
    }
    return render(request, "talent/reserves/outlook.html", context)


@business_page
def outlook_sheet(request):
    """The same villages as Excel."""
    code, years, only = asked_division(request), _years(request), request.GET.get("gap") == "1"
    rows = [_cells(_line(one)) for one in _shown(forecast.outlooks(request.user, request.on, years, code), only)]
    title = f"村干部接续预测（{years}年）"
    told = f"{request.on:%Y-%m-%d} 时点，预测到 {forecast.until(request.on, years):%Y-%m-%d}"
    content = workbook(title, HEADINGS, rows, by=request.user.name, told=told)
    return download(content, f"{title}{request.on:%Y%m%d}.xlsx")


def _shown(found, only):
    return [one for one in found if one.short or not only]


def _years(request):
    asked = request.GET.get("years", "")
    return int(asked) if asked in {str(years) for years in forecast.HORIZONS} else forecast.HORIZONS[0]


def _line(one):
    return {
        "village": one.village,
        "term_end": one.term_end,
        "ending": one.ending,
        "secretary_leaves": one.secretary_leaves,
        "others_leave": one.others_leave,
        "aging": [
            f"{person.name}{'（书记）' if is_secretary else ''} {on:%Y.%m}" for person, is_secretary, on in one.aging
        ],
        "secretary_bench": len(one.secretary_bench),
        "other_bench": len(one.other_bench),
        "followers": [row.person for row in one.followers],
        "short": one.short,
    }


def _cells(line):
    village = line["village"]
    return (
        village.township.name, village.name, f"{line['term_end']:%Y-%m-%d}" if line["term_end"] else "", line["ending"],
        line["secretary_leaves"], line["others_leave"], "、".join(line["aging"]), line["secretary_bench"], line["other_bench"],
        "、".join(person.name for person in line["followers"]), line["short"],
    )  # fmt: skip
