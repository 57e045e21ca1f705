"""What any page may show of the rosters that the county waits for."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from rosters.collection import asked_of
from rosters.importer import may_review
from rosters.models import Upload


def asked(request):
    """`rosters_asked`: what is still asked of the user's township; `rosters_waiting`: the batches that wait for the user.
    Nothing is looked up until a page prints it."""
    user = getattr(request, "user", None)
    return {
        "rosters_asked": SimpleLazyObject(lambda: asked_of(user, timezone.localdate())),
        "rosters_waiting": SimpleLazyObject(lambda: _waiting(user)),
    }


def _waiting(user):
    """{"status", "count"}: for the county's staff what is to be reviewed, for a clerk what was sent back."""
    if user is None or not user.has_perm("rosters.upload"):
        return {"status": "", "count": 0}
    status = Upload.Status.SUBMITTED if may_review(user) else Upload.Status.RETURNED
    return {"status": status, "count": Upload.objects.visible_to(user).filter(status=status).count()}
