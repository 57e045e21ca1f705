"""What a file is taken for, corrected: its kind, its columns, and words that nobody knows."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.dates import parse_date
from rosters import importer, mapping, offered, spec, words
from rosters.importer.remembering import meanings_for
from rosters.limits import Refused
from rosters.models import Upload
from rosters.sandbox import read_cells
from rosters.views.access import roster_or_404, roster_page, upload_or_404

ODD_DAY = "“名册截至”请填一个不晚于今天的日期，如 2024-12-31。"


def on_preview(kept, roster, user):
    """What the preview offers to correct; nothing once it is too late."""
    if not importer.can_remap(kept, user):
        return {"can_remap": False}
    found = words.words(kept, roster, meanings_for(kept.division_id))
    asked = sum(1 for word in found if not word.told)
    told = len(found) - asked
    return {
        "can_remap": True,
        "today": timezone.localdate(),
        "groups": offered.grouped(spec.importable(kept.by)),
        "words": found,
        "asks_words": asked,
        "told_words": told,
    }


@roster_page
def mapping_page(request, pk):
    """The sheet as it is with the field of each column (GET); read again as chosen (POST)."""
    kept = upload_or_404(request, pk)
    if not importer.can_remap(kept, request.user):
        return redirect("roster_preview", pk)
    roster = roster_or_404(kept.kind)
    chosen = {name: value for name, value in request.POST.items() if name.startswith("c-")}
    layouts = _layouts(kept, chosen)
    if layouts is None:
        request.session["roster_problem"] = "原文件已到保留期限，不能再改列的对应。请重新上传。"
        return redirect("roster_preview", pk)
    if request.method != "POST":
        return _page(request, kept, roster, layouts)
    target_id = _target_id(request, kept, roster)
    problems = [problem for layout in layouts for problem in mapping.still_open(roster, layout, chosen)]
    if roster.target and target_id is None:
        problems.insert(0, f"请先选这份名册是哪个{roster.target.label}的。")
    if problems:
        return _page(request, kept, roster, layouts, problems, status=400)
    decided = _decided(kept, roster, chosen)
    return _go_on(request, lambda: importer.read_with(kept, decided, by=request.user, target_id=target_id), kept)


def _target_id(request, kept, roster):
    """What the form says the rows are about, if it is one that may be chosen; what was known of it, when it says nothing."""
    if roster.target is None:
        return None
    given = request.POST.get("target")
    if given is None:
        return kept.target_id
    return next((pk for pk, _ in importer.offered_targets(roster, kept.by) if str(pk) == given), None)


def _layouts(kept, chosen):
    """The layouts as drawn from the kept file; None when it is gone."""
    content = Upload.objects.values_list("content", flat=True).get(pk=kept.pk)
    if content is None:
        return None
    try:
        return mapping.layouts(kept, read_cells(content, kept.filename), chosen)
    except Refused:
        return None


def _page(request, kept, roster, layouts, problems=(), status=200):
    kinds = spec.importable(request.user)
    close = [spec.get(slug) for slug in kept.tables.get("kinds", ())]
    context = {
        "upload": kept,
        "roster": roster,
        "layouts": layouts,
        "options": mapping.options(roster),
        "close": [(kind, kind in kinds) for kind in close],
        "not_this": mapping.NOT_THIS,
        "targets": importer.offered_targets(roster, kept.by),
        "target": _target_id(request, kept, roster),
        "groups": offered.grouped(kinds),
        "importable": roster in kinds,
        "questions": sum(len(layout.questions) for layout in layouts),
        "problems": [*problems, *filter(None, [request.session.pop("roster_problem", "")])],
    }
    return render(request, "rosters/mapping.html", context, status=status)


def _decided(kept, roster, chosen):
    """{layout fingerprint: {header name: field, "" for not read}} of all columns, as the form has them or as they were."""
    fields = {name for name, _ in mapping.options(roster)}
    decided = {}
    for table in kept.tables["tables"]:
        as_read = mapping.read_as(table)
        columns = decided.setdefault(table["layout"], {})
        for letter, header in table["names"].items():
            given = chosen.get(mapping.form_name(table["layout"], letter))
            taken = "" if given == mapping.NOT_THIS else given if given in fields else as_read.get(letter, "")
            columns.setdefault(header, taken)
    return decided


@roster_page
@require_POST
def kind(request, pk):
    """The file is of another kind than it was taken for: read it again."""
    kept = upload_or_404(request, pk)
    chosen = request.POST.get("kind", "")
    if chosen not in {roster.slug for roster in spec.importable(request.user)}:
        raise Http404
    return _go_on(request, lambda: importer.read_as(kept, chosen, by=request.user), kept)


@roster_page
@require_POST
def as_of(request, pk):
    """The file is about another day than it was taken for: read it again."""
    kept = upload_or_404(request, pk)
    on = parse_date(request.POST.get("as_of", ""))
    if on is None or on > timezone.localdate():
        request.session["roster_problem"] = ODD_DAY
        return redirect("roster_preview", pk)
    return _go_on(request, lambda: importer.read_as_of(kept, on, by=request.user), kept)


@roster_page
@require_POST
def tell_words(request, pk):
    """Words that nobody knows are read as chosen, in all rows and from now on."""
    kept = upload_or_404(request, pk)
    asked = words.words(kept, roster_or_404(kept.kind), meanings_for(kept.division_id))
    told = words.told_in(request.POST, asked)
    if not told:
        return redirect("roster_preview", pk)
    return _go_on(request, lambda: importer.tell_meanings(kept, told, by=request.user), kept)


def _go_on(request, change, kept):
    """Do it and show what came of it: the preview, which leads on to what is still to be asked."""
    try:
        change()
    except importer.NotNow as problem:
        request.session["roster_problem"] = str(problem)
    return redirect("roster_preview", kept.pk)
