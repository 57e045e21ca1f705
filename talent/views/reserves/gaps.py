"""What each village needs and has, and what is missing."""

from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.shortcuts import render

from core import indicators
from core.views.access import business_page
from core.views.figures import asked_division, tile, townships
from core.views.pages import page_of
from rosters.listing import download, workbook
from talent import bench
from talent.indicators.reserves import villages_with_reserves
from talent.indicators.sources import people_per_village
from talent.models import ReserveCandidate
from villages.models import Village

TILES = ("reserves", "reserve_ratio_met", "secretary_reserve_gap", "reserves_stale", "reserves_promoted")
GAPS = {"any": "只看有缺口的村", "secretary": "只看缺书记后备的村", "other": "只看缺其他后备的村"}
HEADINGS = (
    ("乡镇", 16), ("村（社区）", 16), ("书记后备应备", 12), ("书记后备实有", 12), ("书记后备缺", 10), ("其他后备应备", 12), ("其他后备实有", 12),
    ("其他后备缺", 10), ("合计应备", 10), ("合计实有", 10), ("近期可用", 10), ("是否达标", 10),
)  # fmt: skip


@business_page
def gaps(request):
    """Need and bench of every village of the user's area; `?gap=` keeps those with a gap."""
    code, asked, gap = asked_division(request), bench.Asked.of(request, ""), _gap(request)
    rows = found(request.user, request.on, code, asked, gap)
    context = {
        "tiles": _tiles(request, code),
        **page_of(request, [_line(row) for row in rows]),
        "total": _total(rows),
        "townships": townships(request.user),
        "code": code or "",
        "asked": asked,
        "gap": gap,
        "gaps": GAPS.items(),
        "fields": bench.FIELDS,
    }
    return render(request, "talent/reserves/gaps.html", context)


@business_page
def gaps_sheet(request):
    """后备比例 village by village as Excel."""
    code, asked, gap = asked_division(request), bench.Asked.of(request, ""), _gap(request)
    rows = [_cells(row) for row in found(request.user, request.on, code, asked, gap)]
    title = "村级后备干部配备情况表"
    content = workbook(title, HEADINGS, rows, by=request.user.name, told=f"{request.on:%Y-%m-%d} 时点")
    return download(content, f"{title}{request.on:%Y%m%d}.xlsx")


def found(user, on, code, asked, gap):
    """Villages annotated with need, bench and gap, narrowed; `asked` narrows who of the pool is counted as there."""
    conditions = {"source": asked.source} if asked.source else {}
    if asked.readiness:
        conditions["readiness"] = "" if asked.readiness == "none" else asked.readiness
    ready = ReserveCandidate.objects.in_pool(on).filter(readiness=ReserveCandidate.Readiness.NOW)
    villages = villages_with_reserves(on, **conditions).filter(code__in=Village.objects.visible_to(user).values("code"))
    villages = villages.below(code) if code else villages
    villages = villages.select_related("township").annotate(
        secretary_gap=Greatest(F("secretary_need") - F("secretary_have"), Value(0)),
        other_gap=Greatest(F("other_need") - F("other_have"), Value(0)),
        ready=people_per_village(ready),
    )
    return [row for row in villages.order_by("code") if _wanted(row, gap)]


def _gap(request):
    gap = request.GET.get("gap", "")
    return gap if gap in GAPS else ""


def _wanted(row, gap):
    return {"secretary": row.secretary_gap, "other": row.other_gap, "any": row.secretary_gap + row.other_gap}.get(
        gap, True
    )


def _tiles(request, code):
    return [tile(indicators.figure(key, request.user, request.on, code), code or "") for key in TILES]


def _line(row):
    return {
        "village": row,
        "secretary": f"{row.secretary_have}/{row.secretary_need}",
        "other": f"{row.other_have}/{row.other_need}",
        "secretary_gap": row.secretary_gap,
        "other_gap": row.other_gap,
        "ready": row.ready,
        "met": not row.secretary_gap and not row.other_gap,
    }


def _total(rows):
    return {
        "villages": len(rows),
        "need": sum(row.need for row in rows),
        "have": sum(row.secretary_have + row.other_have for row in rows),
        "secretary_gap": sum(row.secretary_gap for row in rows),
        "other_gap": sum(row.other_gap for row in rows),
    }


def _cells(row):
    have, gap = row.secretary_have + row.other_have, row.secretary_gap + row.other_gap
    return (
        row.township.name, row.name, row.secretary_need, row.secretary_have, row.secretary_gap, row.other_need, row.other_have,
        row.other_gap, row.need, have, row.ready, "否" if gap else "是",
    )  # fmt: skip
