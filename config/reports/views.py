"""上报表: the tables for the superior at a date, on the page and as workbooks."""

from itertools import groupby

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from config.reports import tables, teams
from core import indicators
from core.models import ReportTemplate
from core.views.access import business_page
from core.views.figures import asked_division, townships
from rosters import listing

# Lists that other pages export and that are handed in beside the tables: (words, route).
LISTS = (
    ("两个日期之间的变化（签字表）", "team_changes"), ("“两委”职数空缺", "vacancies"), ("届中研判", "reviews"), ("后备干部配备（逐村）", "reserves"),
    ("驻村与挂职台账", "stationed"), ("培训班次", "training"), ("学历提升进度", "degrees"), ("引进和本土培养人才", "talent_origins"),
    ("需求与对接", "demands_funnel"), ("考核评价", "evaluations"), ("表彰名单", "award_rounds"), ("村干部保障", "safeguards"),
    ("扶持政策", "support_policies"), ("“三会一课”完成情况", "party_life"),
)  # fmt: skip


@business_page
def home(request):
    """What can be handed in, and the sentence to copy."""
    code = asked_code(request)
    context = {
        "tables": tables.TABLES,
        "essays": ReportTemplate.Kind.choices,
        "lists": [(label, reverse(route)) for label, route in LISTS],
        "narrative": teams.narrative(request.user, request.on, code),
        "townships": townships(request.user),
        "code": code or "",
    }
    return render(request, "reports/home.html", context)


@business_page
def table(request, key):
    """A report; `?sheet=` is the number of its sheet."""
    one, code = tables.get(key), asked_code(request)
    sheets = one.build(request.user, request.on, code)
    number = min(_number(request), len(sheets))
    context = {
        "one": one,
        "sheet": sheets[number - 1],
        "head": _head(sheets[number - 1].headings),
        "tabs": [_tab(sheet, at, number, code) for at, sheet in enumerate(sheets, 1)] if len(sheets) > 1 else [],
        "townships": townships(request.user),
        "code": code or "",
    }
    return render(request, "reports/table.html", context)


@business_page
def workbook(request, key):
    """The report as Excel."""
    one = tables.get(key)
    sheets = one.build(request.user, request.on, asked_code(request))
    content = listing.workbook_of(sheets, by=request.user.name)
    return listing.download(content, f"{one.title}（{request.on:%Y%m%d}）.xlsx")


def asked_code(request):
    """The division in `?division=`; Http404 for one that is not in the user's area."""
    code = asked_division(request)
    return None if code is None else indicators.narrowed(request.user, code)


def _number(request):
    asked = request.GET.get("sheet", "1")
    if not (asked.isascii() and asked.isdigit() and 0 < len(asked) < 3 and int(asked)):
        raise Http404
    return int(asked)


def _tab(sheet, at, number, code):
    extra = f"&division={code}" if code else ""
    return {"label": sheet.name or sheet.title, "url": f"?sheet={at}{extra}", "current": at == number}


def _head(headings):
    """Two lines of cells: (text, columns) of the groups, and the texts below them; a heading without a group is both."""
    groups, below = [], []
    split = [heading if isinstance(heading, tuple) else (None, heading) for heading, _ in headings]
    for group, own in groupby(enumerate(split), lambda pair: pair[1][0] or pair[0]):
        texts = [text for _, (_, text) in own]
        alone = isinstance(group, int)
        groups.append({"text": texts[0] if alone else group, "columns": len(texts), "alone": alone})
        below += [] if alone else texts
    return {"groups": groups, "below": below}
