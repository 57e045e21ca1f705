"""Pages for what went wrong, and whether this node is well."""

import sys

from django.db import Error, IntegrityError, InterfaceError, OperationalError, connection
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string


def server_error(request):
    """500, 503 when the database cannot be reached, 409 when it refused what somebody else had just written: no trace, only
    the request's id."""
    error = sys.exc_info()[1]
    status = (
        503
        if isinstance(error, InterfaceError | OperationalError)
        else 409
        if isinstance(error, IntegrityError)
        else 500
    )
    page = render_to_string(f"{status}.html", {"request_id": getattr(request, "id", "")})
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    return response


def healthz(request):
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request):
    """200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"status": "database"}, status=503)
    return JsonResponse({"status": "ok"})
