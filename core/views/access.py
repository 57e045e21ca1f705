"""Who may open a page at all; which rows it shows is for core.scope."""

from functools import wraps

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied


def business_page(view):
    """Signed in, and with a role that sees business data."""

    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if "business" not in request.user.role_data.sees:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def page_for(permission):
    """A business page for those whose role has the permission."""

    def decorate(view):
        return business_page(permission_required(permission, raise_exception=True)(view))

    return decorate
