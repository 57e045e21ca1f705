"""Those who serve and are not in a complete roster: ending their posts, ticked one by one."""

from django.shortcuts import redirect, render
from django.utils import timezone

from core.dates import parse_date
from core.text import plain
from rosters import importer, spec
from rosters.absence import covered
from rosters.views.access import roster_page, upload_or_404

NUMBER_LENGTH = 50


@roster_page
def absence(request, pk):
    """Who is not in the roster, to be ticked (GET); end what the ticked ones hold (POST)."""
    kept = upload_or_404(request, pk)
    if importer.why_not_end(kept, request.user):
        return redirect("roster_preview", pk)
    how = spec.get(kept.kind).absence
    if request.method != "POST":
        return _page(request, kept, how, {}, "")
    given = {name: plain(request.POST.get(name, "")) for name in ("on", "reason", "document_no")}
    given["keys"] = request.POST.getlist("who")
    problem, ending = _ending(given, how)
    if problem is None:
        try:
            batch = importer.end_absent(kept, given["keys"], ending, by=request.user)
            return redirect("roster_result", batch.pk)
        except importer.NotNow as error:
            problem = str(error)
    return _page(request, kept, how, given, problem)


def _ending(given, how):
    """(what is wrong or missing, or None; the Ending)."""
    on = parse_date(given["on"])
    if on is None:
        return f"请填{how.word}日期，如 2024-12-31。", None
    if given["reason"] not in dict(how.reasons):
        return f"请选择{how.word}原因。", None
    if len(given["document_no"]) > NUMBER_LENGTH:
        return f"文号超过 {NUMBER_LENGTH} 个字，请核对。", None
    return None, importer.Ending(on, given["reason"], given["document_no"])


def _page(request, kept, how, given, problem):
    chosen = set(given.get("keys", ()))
    context = {
        "upload": kept,
        "how": how,
        "covered": covered(kept.division_id),
        "people": [(found, found.key in chosen) for found in importer.absent(kept)],
        "given": {"on": "", "reason": "", "document_no": ""} | given,
        "today": timezone.localdate(),
        "problem": problem,
    }
    return render(request, "rosters/absence.html", context, status=400 if problem else 200)
