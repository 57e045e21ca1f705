"""What the roster pages share: who may open them, and what they find or answer 404 for."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from rosters import spec, writer
from rosters.models import Upload

FOR_PAGES = (
    "by",
    "division",
    "committed_by",
    "submitted_by",
    "reviewed_by",
    "undoes",
    "undone_by",
    "follows",
    "corrects",
)
BATCHES = ("", "undoes__", "undone_by__", "follows__", "corrects__")  # no page needs a whole file


def roster_page(view):
    """Only for who may hand in rosters; everybody else is refused, not sent to sign in again."""
    return login_required(permission_required("rosters.upload", raise_exception=True)(view))


def upload_or_404(request, pk):
    """The upload in the user's scope, or 404."""
    uploads = Upload.objects.visible_to(request.user).defer(*(f"{path}content" for path in BATCHES))
    return get_object_or_404(uploads.select_related(*FOR_PAGES), pk=pk)


def roster_or_404(kind):
    """The roster of that slug, or 404."""
    try:
        return spec.get(kind)
    except KeyError:
        raise Http404 from None


def workbook_response(content, filename):
    """An .xlsx file to be saved under `filename`."""
    response = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response.headers["Content-Disposition"] = writer.attachment(filename)
    response["X-Content-Type-Options"] = "nosniff"
    return response
