"""A village's sheet: what the system prepared, what the township fills in, what the county decides; its Word form."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.dates import LATEST, recorded_on
from core.scope import scope_code
from core.stamps import NAME, is_stale, stamp_of
from core.views.access import business_page, page_for
from core.views.figures import asked_division
from core.word import CONTENT_TYPE
from rosters.listing import download
from talent import review_sheet as prepared
from talent.actions import reviews as actions
from talent.models import Adjustment, PersonReview, TeamReview
from talent.views.reviews import word
from talent.views.reviews.access import (
    DECIDE,
    FILL,
    TAGS,
    is_later,
    locked_team,
    may_fill,
    on_date,
    visible_round,
    visible_team,
)
from talent.views.reviews.forms import DecisionForm, PersonForm, ReturnForm, TeamForm, VisitForm

TOWNSHIP_DIGITS = 9


@business_page
def review_village(request, pk):
    """The sheet `pk`. POST keeps what was typed; `action` says what else: hand_in (the township) or decide (the county)."""
    if request.method == "POST":
        return _write(request, pk)
    return _page(request, visible_team(request, pk))


@transaction.atomic
def _write(request, pk):
    """Under a lock of the sheet from the look at what others wrote to the last write: two at once come one after the other."""
    team = locked_team(request, pk)
    if not request.user.has_perm(FILL):
        raise PermissionDenied
    action = request.POST.get("action", "save")
    if action == "decide" and not request.user.has_perm(DECIDE):
        raise PermissionDenied
    if not may_fill(request.user, team):
        messages.error(request, "这张研判表已经报县里或已审定，没有改动。要改请县委组织部退回。")
        return redirect("review_village", team.pk)
    forms = _forms(team, request.POST)
    if is_stale(request.POST.get(NAME), _kept_rows(team)):
        messages.warning(request, "别人刚改过这张表，没有保存。您填的还在下面；确定以您填的为准，再按一次。")
        return _page(request, team, forms, status=409)
    decision = DecisionForm(request.POST) if action == "decide" else None
    valid = [form.is_valid() for form in (forms["team"], *forms["people"].values(), *filter(None, [decision]))]
    if not all(valid):
        return _page(request, team, forms, decision, status=400)
    return _kept(request, team, forms, action, decision)


def _kept_rows(team):
    """The sheet and what it says of its people."""
    return [TeamReview.objects.filter(pk=team.pk), PersonReview.objects.filter(team=team)]


def _kept(request, team, forms, action, decision):
    """Everything typed is in order: keep it, then hand in or decide; what is missing for that is told."""
    people = [form.instance for form in forms["people"].values()]
    try:
        actions.fill(team, people, by=request.user)
        messages.success(request, f"已保存{team.village.name}的研判表。")
        if action == "hand_in":
            actions.hand_in(team, on=recorded_on(request), by=request.user)
            messages.success(request, "已报县里审定。要改请县委组织部退回。")
        elif action == "decide":
            opinion, on = decision.cleaned_data["county_opinion"], decision.cleaned_data["decided_on"]
            actions.decide(team, opinion=opinion, on=on, by=request.user)
            messages.success(request, "已审定，研判表不再改动。")
    except ValidationError as missing:
        messages.error(request, f"还不能{'审定' if action == 'decide' else '报县里'}：{'；'.join(missing.messages)}。")
    return redirect("review_village", team.pk)


def _forms(team, posted=None):
    rows = team.people.select_related("person", "team__round", "team__village").order_by("pk")
    on = team.round.opens
    return {
        "team": TeamForm(posted, instance=team, on=on, prefix="team"),
        "people": {row.pk: PersonForm(posted, instance=row, on=on, prefix=f"person{row.pk}") for row in rows},
    }


def _page(request, team, forms=None, decision=None, visit=None, returning=None, status=200):
    sheet = _prepared([team], request.on)[0]
    stood = on_date([copy(team)], request.on)[0]
    editable = may_fill(request.user, team)
    forms = forms or (_forms(team) if editable else {"team": None, "people": {}})
    first = {"decided_on": timezone.localdate(), "county_opinion": team.county_opinion}
    context = {
        "team": team,
        "held": team.round,
        "stood": stood,
        "is_later": is_later(stood),
        "tag": TAGS[stood.status],
        "sheet": sheet,
        "people": [{"line": line, "form": forms["people"].get(line.review.pk)} for line in sheet.people],
        "form": forms["team"] if editable else None,
        "seen": stamp_of(_kept_rows(team)) if editable else "",
        "decision": decision or DecisionForm(initial=first),
        "visit": visit or VisitForm(initial={"on": timezone.localdate()}),
        "returning": returning or ReturnForm(),
        "may_fill": request.user.has_perm(FILL),
        "may_decide": request.user.has_perm(DECIDE),
        "may_return": request.user.has_perm(DECIDE) and _returnable(team),
        "neighbours": _neighbours(request.user, team),
    }
    return render(request, "talent/reviews/village.html", context, status=status)


def _prepared(teams, on):
    """Sheets of one round, as far as they were on the date; today everything counts that was recorded, if for a later day."""
    until = on if on < timezone.localdate() else LATEST
    return prepared.sheets(teams, teams[0].round.as_of, until)


def _returnable(team):
    """Handed in or decided, and nothing of it carried out yet."""
    carried = Adjustment.objects.filter(review__team=team)
    return team.status in {TeamReview.Status.FILLED, TeamReview.Status.DECIDED} and not carried.exists()


def _neighbours(user, team):
    """The sheets before and after this one in the round, for going through a township village by village."""
    teams = TeamReview.objects.visible_to(user).filter(round=team.round_id).select_related("village")
    return {
        "before": teams.filter(village_id__lt=team.village_id).order_by("-village_id").first(),
        "after": teams.filter(village_id__gt=team.village_id).order_by("village_id").first(),
    }


@page_for(FILL)
@require_POST
def review_visit(request, pk):
    """Note a visit; also after the decision, since 回访 comes last."""
    team = visible_team(request, pk)
    form = VisitForm(request.POST)
    form.instance.team = team
    if not form.is_valid():
        return _page(request, team, visit=form)
    actions.record_visits([form.instance], by=request.user)
    messages.success(request, f"已登记 {form.instance.on:%Y-%m-%d} 的{form.instance.get_way_display()}。")
    return redirect("review_village", team.pk)


@page_for(DECIDE)
@require_POST
def review_return(request, pk):
    """The county gives the sheet back."""
    team = visible_team(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, team, returning=form)
    try:
        actions.send_back(team, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"已退回{team.village.name}的研判表，乡镇可以修改后重报。")
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("review_village", team.pk)


@business_page
def review_sheet(request, pk):
    """The sheet of one village as a Word document."""
    team = visible_team(request, pk)
    name = f"{team.village.township.name}{team.village.name}研判表（{team.round.name}）.docx"
    return download(word.sheets(_prepared(on_date([team], request.on), request.on), request.on), name, CONTENT_TYPE)


@business_page
def review_sheets(request, pk):
    """The sheets of a township: one Word document, each village on its own page; with ?zip=1 a document per village."""
    held = visible_round(request, pk)
    code = asked_division(request) or scope_code(request.user)
    if len(code) < TOWNSHIP_DIGITS:
        messages.error(request, "请先选一个乡镇，再下载这个乡镇各村的研判表。")
        return redirect("review_round", held.pk)
    teams = TeamReview.objects.visible_to(request.user).filter(round=held).below(code)
    teams = list(teams.select_related("round", "village__township").order_by("village_id"))
    if not teams:
        messages.error(request, "这一轮没有这个乡镇的研判表。")
        return redirect("review_round", held.pk)
    name = f"{teams[0].village.township.name}各村研判表（{held.name}）"
    found = _prepared(on_date(teams, request.on), request.on)
    if "zip" in request.GET:
        return download(word.packed(found, request.on), f"{name}.zip", "application/zip")
    return download(word.sheets(found, request.on), f"{name}.docx", CONTENT_TYPE)
