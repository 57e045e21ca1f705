"""按上级表样导出: upload the form, look at its columns, take it away filled."""

from pathlib import PurePosixPath

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core.dates import parse_date
from core.scope import scope_code
from core.text import plain
from core.views.figures import townships
from rosters import offered, spec, superior
from rosters.limits import MAX_BYTES, MEGABYTE, Refused
from rosters.models import SuperiorForm
from rosters.views import targets
from rosters.views.access import roster_page, workbook_response

COUNTY_DIGITS = 6


@roster_page
def form_upload(request):
    """Choose (GET) and read (POST) a superior's empty form."""
    if len(scope_code(request.user) or "") < COUNTY_DIGITS:
        return render(request, "rosters/superior_upload.html", {"above_county": True}, status=403)
    kinds = superior.fillable(request.user)
    context = {"groups": offered.grouped(kinds), "today": timezone.localdate(), "megabytes": MAX_BYTES // MEGABYTE}
    if request.method != "POST":
        return render(request, "rosters/superior_upload.html", context)
    file, on = request.FILES.get("file"), parse_date(request.POST.get("on") or timezone.localdate().isoformat())
    kind = request.POST.get("kind", "")
    if file is None or on is None or kind not in {"", *(roster.slug for roster in kinds)}:
        problem = (
            "还没有选择表样，或者文件太大。"
            if file is None
            else "日期请写成如 2024-12-31。"
            if on is None
            else "请选择名册种类。"
        )
        return render(request, "rosters/superior_upload.html", {**context, "problem": problem}, status=400)
    try:
        form = superior.take(by=request.user, content=file.read(), filename=file.name, on=on, kind=kind)
    except Refused as refused:
        return render(request, "rosters/superior_upload.html", {**context, "problem": refused.message}, status=400)
    return redirect("superior_form", form.pk)


@roster_page
def form_page(request, pk):
    """What each column will be filled with (GET); corrected and taken away (POST)."""
    form = get_object_or_404(SuperiorForm.objects.visible_to(request.user).select_related("division"), pk=pk)
    roster = _roster(request.user, form)
    if request.method != "POST":
        return _page(request, form, roster)
    superior.correct(form, _chosen(request.POST))
    target_id = next((pk for pk, _, chosen in targets.to_export(request, roster) if chosen), None)
    reason = plain(request.POST.get("reason", ""))
    if not reason:
        return _page(request, form, roster, "请写明用途，再导出。")
    if roster.target and target_id is None:
        return _page(request, form, roster, f"请选择{roster.target.label}，再导出。")
    place = _place(request)
    try:
        content = superior.filled(
            form, code=place.code, place=place.name, by=request.user, reason=reason, target_id=target_id
        )
    except Refused as refused:
        return _page(request, form, roster, refused.message)
    return workbook_response(content, f"{PurePosixPath(form.filename).stem}（{place.name}）.xlsx")


def _roster(user, form):
    roster = next((roster for roster in superior.fillable(user) if roster.slug == form.kind), None)
    if roster is None:
        if form.kind in {known.slug for known in spec.all()}:
            raise PermissionDenied
        raise Http404
    return roster


def _chosen(posted):
    """{(table index, letter): field} of the selects, which are called column-0-A."""
    found = {}
    for name, value in posted.items():
        word, _, rest = name.partition("-")
        index, _, letter = rest.partition("-")
        if word == "column" and index.isdecimal():
            found[int(index), letter] = value
    return found


def _place(request):
    """Whose rows: the township chosen, else the user's own division."""
    chosen = request.POST.get("division", "")
    return next((place for place in townships(request.user) if place.code == chosen), request.user.division)


def _page(request, form, roster, problem=""):
    rows = () if roster.target else superior.rows_of(form, scope_code(request.user))
    places = townships(request.user)
    hinted = next((table["hinted"] for table in form.tables if table.get("hinted")), "")
    proposed = next((place.code for place in places if place.name == hinted), "")
    context = {
        "form": form,
        "roster": roster,
        "groups": [_group(index, tables) for index, tables in superior.groups(form.tables)],
        "options": superior.options(roster),
        "empty": superior.empty_columns(form),
        "untold": superior.untold(form, superior.with_place(form.tables, rows)),
        "unfilled": [table["sheet"] for table in form.tables if table not in superior.to_fill(form.tables)],
        "targets": targets.to_export(request, roster),
        "count": None if roster.target else len(rows),
        "elsewhere": len(rows) - len(superior.with_place(form.tables, rows)),
        "townships": places,
        "hinted": hinted,
        "foreign": hinted and not places and hinted != form.division.name,
        "chosen": request.POST.get("division", proposed),
        "reason": request.POST.get("reason", ""),
        "problem": problem,
    }
    return render(request, "rosters/superior_form.html", context, status=400 if problem else 200)


def _group(index, tables):
    """A card of the page: the tables that share their columns, and what each of them is for."""
    sheets = dict.fromkeys(table["sheet"] for table in tables)
    return {
        "index": index,
        "sheets": [name for name in sheets if name],
        "columns": tables[0]["columns"],
        "tables": [{**table, "place": superior.place_of(table)} for table in tables],
    }
