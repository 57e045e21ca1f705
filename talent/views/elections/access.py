"""Who may open which page of an election; rows out of scope answer as ones that do not exist."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.utils import timezone

from core.views.access import page_for
from talent.models import ElectionRound, ElectionVillage

FILLERS = ("talent.fill_jointreviewmark", "talent.change_jointreviewmark")


county_page = page_for("talent.change_electionround")  # for who runs the round: the county's staff


def review_page(view):
    """For who fills in results of the joint review: its departments, and the county's staff for them."""

    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not any(request.user.has_perm(one) for one in FILLERS):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def round_or_404(request, pk):
    rounds = ElectionRound.objects.visible_to(request.user)
    return get_object_or_404(rounds.select_related("division", "outgoing", "incoming"), pk=pk)


def closed(request, held):
    """Whether the round takes nothing any more, whatever date is looked at; who came to write is told so."""
    try:
        held.refuse_closed()
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return True
    return False


def is_running(held):
    """Whether something of the round can still be written: what the pages offer."""
    return not held.is_closed_on(timezone.localdate())


def place_or_404(request, pk):
    places = ElectionVillage.objects.visible_to(request.user)
    return get_object_or_404(places.select_related("round__outgoing", "round__incoming", "village__township"), pk=pk)
