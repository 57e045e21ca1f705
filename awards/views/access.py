"""Which round, nomination or award a page is about; out of scope answers as what does not exist."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from awards import attachments
from awards.models import Award, AwardPublicity, AwardRound, Nomination
from core.scope import inside
from rosters.listing import download


def round_or_404(request, pk):
    return get_object_or_404(AwardRound.objects.visible_to(request.user).select_related("scheme__division"), pk=pk)


def own_round(request, pk):
    """The round where the user's office runs it; 404 elsewhere."""
    held = round_or_404(request, pk)
    if not inside(held.scheme.division_id, request.user.division_id):
        raise Http404
    return held


def nomination_or_404(request, pk):
    rows = Nomination.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("round__scheme__division", "person", "township", "village", "publicity"), pk=pk
    )


def publicity_or_404(request, pk):
    rows = AwardPublicity.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("round__scheme__division"), pk=pk)


def as_it_came(file):
    """An answer with a file that was handed in; never shown inside our own pages."""
    answer = download(file.content, file.filename, attachments.content_type(file.filename))
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def award_or_404(request, pk):
    rows = Award.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("scheme__division", "person", "village__township", "nomination"), pk=pk
    )
