"""Handing in and reviewing: what stands around the preview's main button, and where its neighbours lead."""

from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from core.identity import mask_text
from core.text import BLANKS, INVISIBLE
from rosters import importer, spec
from rosters.absence import covered
from rosters.importer.reviewing import OWN
from rosters.models import Upload
from rosters.views.access import roster_page, upload_or_404

COMMENT_LENGTH = 500


def choices_of(request):
    """The choices beside the main button; None where the form did not show them."""
    if "rows" not in request.POST:
        return None
    return importer.Choices(complete="complete" in request.POST, all_or_nothing=request.POST["rows"] == "all")


def standing(request, kept, absents):
    """What the preview says and offers about handing in, reviewing and those who are not in the roster."""
    how = spec.get(kept.kind).absence
    return {
        "before": _before(request, kept),
        "review": _review(request, kept),
        "absence": how,
        "absents": absents,
        "covered": covered(kept.division_id),
        "may_end": importer.why_not_end(kept, request.user) is None,
    }


def _before(request, kept):
    """The batch in which this very file has been committed before, or None."""
    if not (kept.is_open and kept.digest):
        return None
    uploads = Upload.objects.visible_to(request.user).filter(
        digest=kept.digest, kind=kept.kind, target_id=kept.target_id, status=Upload.Status.COMMITTED
    )
    found = uploads.exclude(pk=kept.pk).select_related("committed_by").only("committed_at", "committed_by__name")
    return found.order_by("-committed_at", "-pk").first()


def _review(request, kept):
    """{may, why_not, shown, submitted_at} of the review for who may look after it; None for everybody else."""
    if kept.status != Upload.Status.SUBMITTED or not importer.may_review(request.user):
        return None
    own = kept.submitted_by_id == request.user.pk
    return {"may": not own, "why_not": OWN if own else "", "submitted_at": kept.submitted_at.isoformat()}


@roster_page
@require_POST
def choose(request, pk):
    """Keep the choices beside the main button and show the preview by them."""
    kept = upload_or_404(request, pk)
    choices = choices_of(request)
    if choices is not None:
        importer.choose(kept, choices, by=request.user)
    return redirect("roster_preview", pk)


@roster_page
@require_POST
def review(request, pk):
    """Approve what was shown, or send it back with a reason."""
    kept = upload_or_404(request, pk)
    comment = _comment(request.POST.get("comment", ""))
    try:
        if request.POST.get("decision") != "approve":
            importer.send_back(kept, by=request.user, reason=comment)
            return redirect("roster_preview", pk)
        confirmed = importer.approve(
            kept,
            by=request.user,
            comment=comment,
            shown=request.POST.get("shown", ""),
            submitted_at=_moment(request.POST.get("submitted_at", "")),
        )
    except importer.NotNow as error:
        request.session["roster_problem"] = str(error)
        return redirect("roster_preview", pk)
    return after(confirmed)


def _comment(text):
    """On one line, its punctuation as typed, numbers of persons masked."""
    return mask_text(BLANKS.sub(" ", INVISIBLE.sub("", text)).strip())[:COMMENT_LENGTH]


def _moment(text):
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def after(confirmed):
    """Where a press of the main button leads."""
    pk = confirmed.upload.pk
    if confirmed.state == "changed":
        response = redirect("roster_preview", pk)
        response["Location"] += "?renewed=1"
        return response
    if confirmed.state in {"submitted", "held"}:
        return redirect("roster_preview", pk)
    return redirect("roster_result", pk)
