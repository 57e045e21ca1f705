"""名册设置: what the county decides about each kind of roster."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from rosters import importer, offered, spec
from rosters.models import RosterSetting
from rosters.views.access import roster_page


@roster_page
def settings(request):
    """Which kinds of a township's rosters wait for the county's review; only for the county's staff."""
    if not importer.may_review(request.user):
        raise PermissionDenied("名册设置由县委组织部工作人员管理。")
    kinds = spec.importable()
    known = [roster.slug for roster in kinds]
    if request.method == "POST":
        importer.set_reviewed(set(request.POST.getlist("review")), known, by=request.user)
        messages.success(request, "已保存。正在审核中的名册不受影响。")
        return redirect("roster_settings")
    kept = RosterSetting.objects.filter(division_id=request.user.division_id, needs_review=True)
    on = set(kept.values_list("kind", flat=True))
    groups = [(label, [(one, one.slug in on) for one in rosters]) for label, rosters in offered.grouped(kinds)]
    return render(request, "rosters/settings.html", {"groups": groups})
