"""Take it away: the clerk's own workbook back, with its problems marked."""

from pathlib import PurePosixPath

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from core import audit
from rosters import giving_back
from rosters.limits import Refused
from rosters.models import Upload
from rosters.views.access import roster_page, workbook_response


@roster_page
@require_GET
def workbook(request, pk):
    """The file of an upload as its clerk knows it. It holds whole ID numbers, so it goes into the log as an export."""
    kept = get_object_or_404(Upload.objects.visible_to(request.user), pk=pk)
    if kept.content is None:
        return _not_there(request, kept, "原文件已到保留期限，或者没有读出内容，不能再下载。")
    try:
        content = giving_back.marked(kept)
    except Refused:
        return _not_there(request, kept, "这份表太大，标注没有做完。请按页面上的说明在原表里改正。")
    audit.record(by=request.user, verb="export", obj=kept, after={"rows": kept.rows_total}, batch=kept.pk)
    return workbook_response(content, f"{PurePosixPath(kept.filename).stem}（标注）.xlsx")


def _not_there(request, kept, words):
    request.session["roster_problem"] = words
    return redirect("roster_preview", kept.pk)
