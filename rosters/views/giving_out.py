"""What goes out before it comes in: templates per kind and township, empty or with what is known."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import audit
from core.scope import scope_code
from core.text import plain
from core.views.figures import townships
from rosters import marks, offered, spec, writer
from rosters.models import CollectionRequest
from rosters.views.access import roster_or_404, roster_page, workbook_response

COUNTY_DIGITS = 6


@roster_page
@require_GET
def forms(request):
    """Every kind with what can be had of it: a template, what is kept, the superior's form, a comparison."""
    by_county = len(scope_code(request.user) or "") <= COUNTY_DIGITS
    groups = [
        (
            label,
            [
                (roster, roster.choices and (by_county or not roster.of_county), _may_export(request.user, roster))
                for roster in rosters
            ],
        )
        for label, rosters in offered.grouped(spec.importable(request.user))
    ]
    return render(request, "rosters/forms.html", {"groups": groups})


def _may_export(user, roster):
    return bool(roster.export) and user.has_perm(roster.export_permission)


@roster_page
def template_choice(request, kind):
    """Choose (GET) a township and whether what is known stands in it already; POST gives the workbook."""
    roster = roster_or_404(kind)
    if not roster.choices:
        raise Http404
    asked = _request(request, roster)
    places = townships(request.user)
    division = _division(request, places, asked)
    filled = request.POST.get("content") == "filled"
    reason = plain(request.POST.get("reason", ""))
    if request.method == "POST" and not (filled and not reason):
        return _template(request, roster, division, asked, reason if filled else None)
    context = {
        "roster": roster,
        "asked_request": asked,
        "townships": places,
        "chosen": division,
        "may_fill": _may_export(request.user, roster) and (not roster.target or asked is not None),
        "filled": filled,
        "missing": request.method == "POST",
    }
    return render(request, "rosters/template.html", context, status=400 if context["missing"] else 200)


def _request(request, roster):
    """The collection request that the template answers, by `?request=` or the form; None without one."""
    key = request.POST.get("request") or request.GET.get("request") or ""
    if not key.isdecimal():
        return None
    found = CollectionRequest.objects.visible_to(request.user).open().filter(pk=int(key), round__kind=roster.slug)
    return found.select_related("round", "division").first()


def _division(request, places, asked):
    """Whose villages and people: the request's township, else the one chosen, else the user's own division."""
    if asked:
        return asked.division
    chosen = request.POST.get("division") or request.GET.get("division") or ""
    return next((place for place in places if place.code == chosen), request.user.division)


def _template(request, roster, division, asked, reason):
    """The workbook; pre-filled when there is a `reason` to, which goes into the log like any export."""
    if reason is not None and not (_may_export(request.user, roster) and (not roster.target or asked)):
        raise Http404
    on, target = (asked.round.as_of, asked.round.target_id) if asked else (request.on, None)
    rows = [] if reason is None else known_rows(roster, division.code, on, target)
    if reason is not None:
        about = f"{roster.title}（预填模板）{division.name} {request.on}"
        audit.record(by=request.user, verb="export", about=about, after={"rows": len(rows)}, reason=reason)
    marked = {"kind": roster.slug, "division": division.code} | (
        {"request": asked.pk, "on": on.isoformat()} if asked else {}
    )
    content = writer.template(
        roster,
        roster.choices(division.code, request.on),
        place=division.name if division.is_township else "",
        notes=_notes(asked),
        rows=rows,
        mark=marks.signed(**marked),
    )
    kind = "空表" if reason is None else "预填"
    return workbook_response(content, f"{division.name}{roster.title}（{kind}）.xlsx")


def known_rows(roster, code, on, target_id=None):
    """What is kept of the division, without those whose file another office keeps: only that office may hand them in."""
    return [row for row in roster.rows_to_export(code, on, target_id) if "*" not in (row.get("id_number") or "")]


def _notes(asked):
    """What the county asks for, for the lines below the title."""
    if asked is None:
        return ()
    found = asked.round
    told = f"{found.title}：名册截至 {found.as_of:%Y-%m-%d}，请于 {found.due.month}月{found.due.day}日前报送。"
    return (told, f"要求：{found.note}") if found.note else (told,)
