"""What the frame of every page shows."""


def frame(request):
    """The user's division and the date that moves the site."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"on": request.on, "division": user.division}
