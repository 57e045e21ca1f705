"""What is remembered of layouts and words: seen and forgotten."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from rosters import importer, places, spec
from rosters.models import LayoutMemory, ValueMeaning
from rosters.views.access import roster_page

MOST = 200


@roster_page
@require_GET
def memory_page(request):
    """The remembered layouts and words of the user's area, the latest first."""
    rosters = {roster.slug: roster for roster in spec.all()}
    layouts = LayoutMemory.objects.visible_to(request.user).select_related("division", "by")[:MOST]
    meanings = ValueMeaning.objects.visible_to(request.user).select_related("division", "by")[:MOST]
    context = {
        "layouts": [_layout(layout, rosters.get(layout.kind)) for layout in layouts],
        "meanings": _meanings(request, list(meanings)),
    }
    return render(request, "rosters/memory.html", context)


def _layout(layout, roster):
    labels = {column.field: column.label for column in roster.columns} if roster else {}
    read = [(name, labels.get(field, field)) for name, field in layout.columns.items() if field]
    unread = [name for name, field in layout.columns.items() if not field]
    return {"kept": layout, "title": roster.title if roster else layout.kind, "read": read, "unread": unread}


def _meanings(request, meanings):
    """Each with the label of its field and of what it is read as."""
    labels, options = {}, {"village": {}}
    for column in (column for roster in spec.all() for column in roster.columns):
        labels.setdefault(column.target, column.label)
        options.setdefault(column.target, {}).update(column.kind.options)
    if any(meaning.field == "village" for meaning in meanings):
        code = request.user.division_id
        options["village"] = dict(places.gazetteer_of(code[:6], request.on).village_choices(code))
    return [
        {
            "kept": meaning,
            "label": labels.get(meaning.field, meaning.field),
            "value": options.get(meaning.field, {}).get(meaning.value, meaning.value),
        }
        for meaning in meanings
    ]


@roster_page
@require_POST
def forget_layout(request, pk):
    """The next file of that layout is read by what it holds alone."""
    return _forget(request, LayoutMemory, pk)


@roster_page
@require_POST
def forget_word(request, pk):
    """The word is asked about again in the next file."""
    return _forget(request, ValueMeaning, pk)


def _forget(request, model, pk):
    memory = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    importer.forget(memory, by=request.user)
    return redirect("roster_memory")
