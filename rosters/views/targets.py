"""What the roster pages ask and show of training sessions and award rounds that rosters are about."""

from collections import defaultdict

from django.utils import timezone

from rosters import importer, spec

NAME = "target_{}"  # of a kind's select


def asked(request):
    """[{slug, name, label, choices, chosen}] of the kinds that are about something; what was chosen stays chosen."""
    return [
        {
            "slug": roster.slug,
            "name": NAME.format(roster.slug),
            "title": roster.title,
            "label": roster.target.label,
            "choices": importer.offered_targets(roster, request.user),
            "chosen": _chosen(request, roster.slug),
        }
        for roster in spec.importable()
        if roster.target
    ]


def _chosen(request, kind):
    """What the form sent, or what a link to the form names."""
    if request.method == "POST":
        return given(request, kind)
    return _number(request.GET.get("target")) if request.GET.get("kind") == kind else None


def given(request, kind):
    """The key of the target that the form chose for this kind, or None: the file may say it itself."""
    return _number(request.POST.get(NAME.format(kind)))


def implied_kind(request):
    """The kind whose target the form chose, where it left the kind itself open; "" for none or several."""
    chosen = [roster.slug for roster in spec.importable() if roster.target and given(request, roster.slug)]
    return chosen[0] if len(chosen) == 1 else ""


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


def name_all(uploads):
    """Put at each upload what it is about, with one query for a kind that has targets."""
    keys = defaultdict(set)
    for upload in uploads:
        if upload.target_id:
            keys[upload.kind].add(upload.target_id)
    texts = {
        roster.slug: roster.target.texts(keys[roster.slug])
        for roster in spec.all()
        if keys.get(roster.slug) and roster.target
    }
    for upload in uploads:
        upload.target = texts.get(upload.kind, {}).get(upload.target_id, "")


def to_compare(request, rosters):
    """[{slug, name, title, label, choices: [(pk, text, chosen)]}] of those kinds that are compared about something."""
    return [
        {
            "slug": roster.slug,
            "name": NAME.format(roster.slug),
            "title": roster.title,
            "label": roster.target.label,
            "choices": _readable(request.user, roster, given(request, roster.slug)),
        }
        for roster in rosters
        if roster.target
    ]


def compared(offered, kind):
    """The key that the form chose for the kind, of what `to_compare` offered; None without one."""
    choices = next((found["choices"] for found in offered if found["slug"] == kind), [])
    return next((pk for pk, _, chosen in choices if chosen), None)


def to_export(request, roster):
    """[(pk, text, chosen)] of what the user may export a roster about, the likeliest first; [] where it is about nothing."""
    if roster.target is None:
        return []
    return _readable(request.user, roster, _number(request.POST.get("target") or request.GET.get("target")))


def _readable(user, roster, chosen):
    readable = roster.target.readable(user)
    offered = [(pk, text) for pk, text in roster.target.choices(user, timezone.localdate()) if pk in readable]
    closed = roster.target.texts(readable - {pk for pk, _ in offered})
    return [(pk, text, pk == chosen) for pk, text in [*offered, *sorted(closed.items(), reverse=True)]]
