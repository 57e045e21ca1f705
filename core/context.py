"""What the frame of every page shows."""

from django.utils import timezone

from core.rail import rail

NOT_KEPT = {"on", "p", "e"}  # the date itself; a page number and an error mark of another date's list


def frame(request):
    """The user's division, the date that moves the site, and the links of the rail."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"rail": [], "sees_business": False}
    return {
        "on": request.on,
        "on_is_past": request.on != timezone.localdate(),
        "division": user.division,
        "sees_business": "business" in user.role_data.sees,
        "rail": [] if user.must_change_password else rail(user, request.path),
        "kept_params": [
            (name, value) for name, values in request.GET.lists() if name not in NOT_KEPT for value in values
        ],
    }
