"""The county asks for rosters: the rounds, a new one, its board; and which of them an upload answers."""

from functools import wraps

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from core.scope import scope_code
from core.text import plain
from core.views.figures import townships
from rosters import board_sheet, collection, spec
from rosters.board import standings
from rosters.forms import RoundForm
from rosters.models import CollectionRequest, CollectionRound
from rosters.views.access import roster_page, upload_or_404, workbook_response

ROUNDS_PER_PAGE = 50
COUNTY_DIGITS = 6
CHIPS = (
    ("", "全部"),
    ("missing", "未交"),
    ("reading", "待核对"),
    ("problems", "有问题"),
    ("review", "待审核"),
    ("done", "已入库"),
    ("late", "迟交"),
)


def county_page(view):
    """For who asks others for rosters: the county's staff."""

    @login_required
    @permission_required("rosters.collect", raise_exception=True)
    @wraps(view)
    def guarded(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    return guarded


def round_or_404(request, pk):
    """The round in the user's scope, or 404."""
    rounds = CollectionRound.objects.visible_to(request.user)
    return get_object_or_404(rounds.select_related("by", "closed_by", "division"), pk=pk)


def _asks(user):
    """True for an account of one county: a prefecture looks, the county asks."""
    return len(scope_code(user) or "") == COUNTY_DIGITS


@county_page
@require_GET
def rounds(request):
    """The rounds of the county, newest first, with how far each has come."""
    found = CollectionRound.objects.visible_to(request.user).select_related("by", "division").order_by("-pk")
    page = Paginator(found, ROUNDS_PER_PAGE).get_page(request.GET.get("p"))
    requests = CollectionRequest.objects.filter(round__in=[asked.pk for asked in page]).select_related("round")
    stand = {asked.pk: [] for asked in page}
    for standing in standings(list(requests), timezone.localdate()):
        stand[standing.request.round_id].append(standing)
    titles = {roster.slug: roster.title for roster in spec.all()}
    lines = [_line(asked, stand[asked.pk], titles) for asked in page]
    return render(request, "rosters/collection.html", {"page": page, "lines": lines, "asks": _asks(request.user)})


def _line(asked, found, titles):
    return {
        "round": asked,
        "kind": titles.get(asked.kind, asked.kind),
        "asked": len(found),
        "done": sum(1 for standing in found if standing.is_done),
        "late": sum(1 for standing in found if standing.late),
        "days": (asked.due - timezone.localdate()).days,
    }


@county_page
def new_round(request):
    """Ask for a roster."""
    if not _asks(request.user):
        return render(request, "rosters/collection_new.html", {"above_county": True}, status=403)
    form = RoundForm(request.POST or None, user=request.user, townships=townships(request.user))
    if request.method == "POST" and form.is_valid():
        asked = collection.ask(by=request.user, **form.about())
        return redirect("collection_round", asked.pk)
    return render(request, "rosters/collection_new.html", {"form": form}, status=400 if form.errors else 200)


@county_page
@require_GET
def board(request, pk):
    """Who has handed in, what is wrong, who is late."""
    asked = round_or_404(request, pk)
    found = _standings(asked)
    shown = request.GET.get("show", "")
    context = {
        "round": asked,
        "kind": _kind(asked),
        "target": _target(asked),
        "lines": [standing for standing in found if _is_shown(standing, shown)],
        "chips": [(key, label, sum(_is_shown(line, key) for line in found), key == shown) for key, label in CHIPS],
        "asked": len(found),
        "done": sum(1 for standing in found if standing.is_done),
        "days": (asked.due - timezone.localdate()).days,
        "overdue": (timezone.localdate() - asked.due).days,
        "problem": request.session.pop("collection_problem", ""),
    }
    return render(request, "rosters/collection_round.html", context)


def _standings(asked):
    requests = asked.requests.select_related("division", "round").order_by("division_id")
    return standings(list(requests), timezone.localdate())


def _is_shown(standing, chip):
    return not chip or standing.key == chip or (chip == "late" and standing.late > 0)


def _kind(asked):
    return next((roster.title for roster in spec.all() if roster.slug == asked.kind), asked.kind)


def _target(asked):
    """What the rosters are about, in words; "" where the kind has none."""
    roster = next((roster for roster in spec.all() if roster.slug == asked.kind), None)
    return (roster.target.text(asked.target_id) or "") if roster and roster.target and asked.target_id else ""


@county_page
@require_GET
def board_export(request, pk):
    """The board as a workbook."""
    asked = round_or_404(request, pk)
    content = board_sheet.workbook(asked, _kind(asked), _standings(asked), by=request.user)
    return workbook_response(content, f"{asked.title}报送情况{timezone.localdate():%Y%m%d}.xlsx")


@county_page
@require_POST
def close(request, pk):
    """End the round."""
    asked = round_or_404(request, pk)
    collection.close(asked, by=request.user)
    return redirect("collection_round", pk)


@county_page
@require_POST
def again(request, pk):
    """Ask one township to hand in once more, saying why."""
    found = get_object_or_404(CollectionRequest.objects.visible_to(request.user).select_related("round"), pk=pk)
    reason = plain(request.POST.get("reason", ""))
    if found.round.closed_at:
        request.session["collection_problem"] = "这次催报已经结束，不能再要求重报；如还要名册，请另发一次。"
    elif not reason:
        request.session["collection_problem"] = "请写明为什么要重报，乡镇的页面上会显示。"
    else:
        collection.ask_again(found, by=request.user, reason=reason)
    return redirect("collection_round", found.round_id)


@roster_page
@require_POST
def bind(request, pk):
    """Say which request an upload answers, or none."""
    kept = upload_or_404(request, pk)
    chosen = request.POST.get("request", "")
    found = next((known for known in collection.open_requests(kept) if str(known.pk) == chosen), None)
    if chosen and found is None:
        raise Http404
    collection.bind_to(kept, found, by=request.user)
    return redirect("roster_preview", pk)
