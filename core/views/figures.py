"""The list behind a figure: who or what was counted, on which date, in which township."""

from django.apps import apps
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from core import indicators
from core.scope import scope_code, within
from core.views.access import business_page
from core.views.pages import page_of

PART_LABELS = {"numerator": "计入", "denominator": "分母", "missing": "其余（未计入）"}
LINKS = {
    "village": "village",
    "person": "person",
    "session": "training_session",
    "demand": "demand",
    "reserve": "reserve",
    "award": "award",
    "nomination": "nomination",
    "evaluation": "evaluation",
    "inspection_finding": "inspection_finding",
    "support": "support_application",
    "branch": "party_branch",
}
ADMIN_LINKS = {
    "enrollment": "admin:training_enrollment_change",
    "visit": "admin:talent_servicevisit_change",
    "activity": "admin:villages_partyactivity_change",
    "project": "admin:villages_villageproject_change",
    "support_payment": "admin:awards_supportpayment_change",
    "culture": "admin:villages_culturalactivity_change",
}


def tile(figure, code=""):
    """What a card shows of a figure: the big number, what stands small beside it, a line below, the address."""
    url = reverse("figure", args=[figure.key]) + (f"?division={code}" if code else "")
    foot = figure.definition
    if figure.value is None:
        return {"key": figure.key, "label": figure.label, "big": indicators.OF_COUNTY, "beside": "",
                "foot": f"不分乡镇：{foot}", "url": url, "title": figure.definition}  # fmt: skip
    big, beside = f"{figure.value:,}", figure.unit
    if figure.percent is not None:
        big, beside = f"{figure.percent:g}%", f"{figure.numerator:,}/{figure.denominator:,} {figure.unit}"
        missing = figure.denominator - figure.numerator
        foot = f"其余 {missing:,} {figure.unit}，点开看名单" if missing else "全部计入"
    elif figure.denominator is not None:
        foot = f"应有 {figure.denominator:,} {figure.unit}"
    return {"key": figure.key, "label": figure.label, "big": big, "beside": beside, "foot": foot, "url": url,
            "title": figure.definition}  # fmt: skip


def cell(figure):
    """What a table cell shows of a figure: a percentage, have/need, or a number; in words where it is the county's."""
    if figure.value is None:
        return indicators.OF_COUNTY
    if figure.percent is not None:
        return f"{figure.percent:g}%"
    if figure.denominator is not None:
        return f"{figure.numerator:,}/{figure.denominator:,}"
    return f"{figure.value:,}"


def townships(user):
    """The townships that `user` may narrow to; none for somebody of one township."""
    own = scope_code(user)
    if own is None or len(own) >= 9:
        return []
    return list(apps.get_model("villages.Division").objects.townships().filter(within("code", own)).order_by("code"))


def asked_division(request):
    """The division code in `?division=`, or None; Http404 for what cannot be one."""
    code = request.GET.get("division") or None
    if code is not None and not (code.isascii() and code.isdigit()):
        raise Http404
    return code


def _linked(row):
    if row["kind"] in LINKS:
        row["url"] = reverse(LINKS[row["kind"]], args=[row["id"]])
    elif row["kind"] in ADMIN_LINKS:
        row["url"] = reverse(ADMIN_LINKS[row["kind"]], args=[row["id"]])
    else:
        row["url"] = ""
    if row["kind"] == "village":  # its own name stands in the first column
        row["where"] = row["where"].removesuffix(row["label"]).strip()
    row["cells"] = list(row["details"].values())
    return row


def _tabs(measured, chosen, code):
    extra = f"&division={code}" if code else ""
    counts = {"numerator": measured.numerator or 0, "denominator": measured.denominator}
    counts["missing"] = (measured.denominator or 0) - counts["numerator"]
    return [
        {
            "label": PART_LABELS[part],
            "count": f"{counts[part]:,}",
            "url": f"?part={part}{extra}",
            "current": part == chosen,
        }
        for part in measured.parts
    ]


@business_page
def figure(request, key):
    """One figure: its definition, date and number, and the list behind the part in `?part=`."""
    one, code = indicators.get(key), asked_division(request)
    part = request.GET.get("part", "numerator")
    measured = indicators.figure(key, request.user, request.on, code)
    rows = [_linked(row) for row in indicators.rows(key, request.user, request.on, code, part)]
    context = {
        "one": one,
        "tile": tile(measured, code),
        "figure": measured,
        **page_of(request, rows),
        "headings": list(rows[0]["details"]) if rows else [],
        "has_amounts": any(row["amount"] != 1 for row in rows),
        "tabs": _tabs(measured, part, code),
        "part": part,
        "code": code or "",
        "townships": townships(request.user),
    }
    return render(request, "core/figure.html", context)
