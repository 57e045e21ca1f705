"""Who may do what on the pages of training; which rows they show is for core.scope."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from core.admin.base import own
from training.models import TrainingSession


def session_of(request, pk):
    """The class, or 404 outside the user's scope."""
    found = TrainingSession.objects.visible_to(request.user).select_related("division", "plan_line__plan")
    return get_object_or_404(found, pk=pk)


def runs(user, session):
    """True when the user may change the class: theirs, not one of the divisions above."""
    return user.has_perm("training.change_trainingsession") and own(user, session)


def session_to_run(request, pk):
    """The class that the user is to change; 404 outside the scope, refused for one of the divisions above."""
    session = session_of(request, pk)
    if not runs(request.user, session):
        raise PermissionDenied
    return session
