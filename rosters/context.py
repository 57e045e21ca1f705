"""What any page may show of the rosters that the county waits for."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from rosters.collection import asked_of


def asked(request):
    """`rosters_asked`: what is still asked of the user's township; nothing is looked up until a page prints it."""
    user = getattr(request, "user", None)
    return {"rosters_asked": SimpleLazyObject(lambda: asked_of(user, timezone.localdate()))}
