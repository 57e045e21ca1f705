"""Correcting cells in the page: a small form for a row, and the same by script with the row sent back as it is now."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from rosters import importer, preview
from rosters.importer.reviewing import SENT_BACK, is_the_townships
from rosters.views import shown
from rosters.views.access import roster_or_404, roster_page, upload_or_404

CELL = "cell-"  # before the name of a field in the form
MOST_ROWS_SENT = 500


@roster_page
def correct(request, pk, order):
    """The cells of one row to correct (GET); what was corrected is kept and all is checked again (POST)."""
    kept = upload_or_404(request, pk)
    if not importer.can_correct(kept, request.user):
        return _too_late(request, kept)
    row = get_object_or_404(kept.rows, order=order)
    roster = roster_or_404(kept.kind)
    columns = preview.columns(roster, kept.tables.get("tables", []))
    if request.method != "POST":
        return _form(request, kept, roster, columns, row)
    line = preview.lines(roster, [name for name, _ in columns], [row], False)[0]
    given = _given(request.POST, line.cells)
    try:
        checked = importer.recheck(kept, {order: given}, by=request.user) if given else None
    except importer.NotNow:
        return _too_late(request, kept)
    if _by_script(request):
        return _renewed(request, checked.upload if checked else kept, {order, *(checked.changed if checked else ())})
    return redirect(_back(request, kept, order))


def _by_script(request):
    return request.headers.get("X-Requested-With") == "fetch"


def _given(posted, cells):
    """{field: text} of what was changed; None where the file's own text is to stand again. An empty box over a number
    that is only shown masked means that it stays."""
    given = {}
    for cell in cells:
        text = posted.get(f"{CELL}{cell.field}")
        if posted.get("undo") == cell.field:
            given[cell.field] = None
        elif text is not None and _bare(text) != _bare(cell.start) and (text.strip() or not cell.hint):
            given[cell.field] = text
    return given


def _bare(text):
    """A box of one line loses the breaks of its text: that alone is no correction."""
    return "".join(text.split())


def _too_late(request, kept):
    """A page says so above the preview; a script asks for that page."""
    theirs = is_the_townships(kept, request.user)
    request.session["roster_problem"] = SENT_BACK if theirs else "这份名册已不能在页面上更正，没有改动任何内容。"
    response = redirect("roster_preview", kept.pk)
    if _by_script(request):
        response.status_code = 409
    return response


def _form(request, kept, roster, columns, row):
    line = preview.lines(roster, [name for name, _ in columns], [row], len(kept.tables.get("tables", [])) > 1)[0]
    asked = request.GET.get("field", "")
    first_bad = next((cell.field for cell in line.cells if cell.notes), "")
    context = {
        "upload": kept,
        "line": line,
        "focus": asked if any(cell.field == asked for cell in line.cells) else first_bad,
        "back": _back(request, kept, row.order),
        "show": request.GET.get("show", ""),
        "page_number": request.GET.get("p", ""),
    }
    return render(request, "rosters/correct.html", context)


def _back(request, kept, order):
    """The preview as it was left: the same chip, the same page, at the row."""
    asked = request.POST if request.method == "POST" else request.GET
    query = {"show": asked.get("show", ""), "p": asked.get("p", "")}
    query = {
        name: text for name, text in query.items() if text in shown.CHIP_KEYS or (name == "p" and text.isdecimal())
    }
    query = {name: text for name, text in query.items() if text}
    return f"{reverse('roster_preview', args=[kept.pk])}{'?' * bool(query)}{urlencode(query)}#row-{order}"


def _renewed(request, kept, orders):
    """The rows that look different now, with the counts and the main button, each as the preview shows it."""
    roster = roster_or_404(kept.kind)
    rows = kept.rows.filter(order__in=orders).order_by("order")[:MOST_ROWS_SENT]
    if not rows:
        raise Http404
    context = shown.context(kept, roster, rows, request.POST.get("show", ""), importer.absent(kept), user=request.user)
    context["with_others"] = context["with_others"] or "others" in request.POST
    return render(request, "rosters/renewed.html", context)
