"""Pages for what went wrong, and whether this node is well."""

import sys

from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string


def server_error(request):
    """500, or 503 when the database cannot be reached: no trace, only the request's id."""
    status = 503 if isinstance(sys.exc_info()[1], InterfaceError | OperationalError) else 500
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
