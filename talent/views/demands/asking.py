"""Which needs an address asks for: shared by the list, the funnel and their Excel."""

from django.db.models import Q

from core.periods import dated_after, dated_by
from core.text import row_key
from core.views.figures import asked_division
from talent.models import Demand
from talent.views.talents import of_class

STATES = (
    ("open", "未满足"),
    ("met", "已满足"),
    ("unpublished", "待发布"),
    ("expired", "到期未解决"),
    ("closed", "已关闭"),
)
ASKED = ("round", "class", "asker", "state", "q")


def chosen(request):
    """The needs stated by the date of the site that the address asks for."""
    on, asked = request.on, request.GET
    rows = Demand.objects.visible_to(request.user).stated(on)
    if code := asked_division(request):
        rows = rows.below(code)
    if key := row_key(asked.get("round", "")):
        rows = rows.filter(round_id=key)
    if code := asked.get("class"):
        rows = rows.filter(of_class(code))
    if asked.get("asker"):
        rows = rows.filter(asker=asked["asker"])
    rows = _in_state(rows, asked.get("state"), on)
    if words := asked.get("q", "").strip():
        rows = rows.filter(Q(post__contains=words) | Q(unit__contains=words) | Q(skills__contains=words))
    rows = rows.with_arrived(on).select_related("round", "township", "village")
    return rows.order_by("-round__year", "township_id", "village_id", "pk")


def _in_state(rows, state, on):
    if state == "open":
        return rows.open(on)
    if state == "met":
        return rows.met(on)
    if state == "unpublished":
        return rows.open(on).filter(Q(published_on__isnull=True) | dated_after(on, "published_on"))
    if state == "expired":
        return rows.filter(dated_by(on, "closed_on"), close_reason=Demand.CloseReason.EXPIRED)
    return rows.filter(dated_by(on, "closed_on")) if state == "closed" else rows
