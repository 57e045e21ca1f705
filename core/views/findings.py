"""What the checks find, by check: for whom, where, and on what basis."""

from collections import Counter

from django.shortcuts import render
from django.urls import reverse

from core import rules
from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of


def summaries(found):
    """[{rule, count, first}] of findings, in their order: one line a check, with the places or people it begins with."""
    counts = Counter(one.code for one in found)
    first = {}
    for one in found:
        first.setdefault(one.code, one.message)
    return [{"rule": rules.RULES[code], "count": count, "first": first[code]} for code, count in counts.items()]


def _linked(one):
    """A finding with the address of the page where it is put right."""
    if one.person_id:
        url = reverse("person", args=[one.person_id])
    else:
        url = reverse("village", args=[one.village_code]) if len(one.village_code) == 12 else ""
    return {"severity": one.severity, "message": one.message, "url": url, "rule": rules.RULES[one.code]}


@business_page
def findings(request):
    """Every finding of the user's area, or those of one check with `?rule=`."""
    code, only = asked_division(request), request.GET.get("rule") or None
    found = rules.findings(request.user, request.on, code)
    shown = [_linked(one) for one in found if only in (None, one.code)]
    context = {
        "summaries": summaries(found),
        **page_of(request, shown),
        "only": only,
        "total": len(found),
        "rule": rules.RULES.get(only),
        "townships": townships(request.user),
        "code": code or "",
    }
    return render(request, "core/findings.html", context)
