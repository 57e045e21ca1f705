"""A need's page: who is proposed and why, who might be, the steps of each match, visits, publishing and closing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.periods import dated_by
from core.text import row_key
from core.views.access import business_page, page_for
from talent import actions, matching
from talent.actions.demands import STEPS
from talent.models import Demand, DemandVisit, Match, Person
from talent.views.demands.forms import CloseForm, StepForm, VisitForm, is_county

MOST = 20  # the best proposals; beyond, points tell little
DONE = (
    ("proposed_on", "推荐"), ("invited_on", "邀请"), ("accepted_on", "接受"), ("declined_on", "谢绝"), ("agreed_on", "签约"),
    ("arrived_on", "到岗"), ("evaluated_on", "评价"), ("ended_on", "结束"),
)  # fmt: skip


@business_page
def demand(request, pk):
    """The need as of the date of the site."""
    return _page(request, visible_demand(request, pk))


def visible_demand(request, pk):
    """The need `pk`, or 404 when missing or out of scope."""
    rows = Demand.objects.visible_to(request.user).with_arrived(request.on)
    return get_object_or_404(rows.select_related("round", "township", "village__township"), pk=pk)


def _page(request, found, bound=None, visit=None, close=None):
    """The page; `bound` is the form of a step, `visit` and `close` those of the other two, that was wrong."""
    can_change = request.user.has_perm("talent.change_demand")
    rows = found.matches.filter(dated_by(request.on, "proposed_on"))
    rows = list(rows.select_related("talent__person", "talent__village__township").order_by("-score", "pk"))
    known = _known(request.user, rows)
    accepted = found.matches.filter(accepted_on__isnull=False).select_related("talent__person")
    may_visit = can_change and any(row.accepted_on for row in rows)
    is_sought = found.arrived < found.number and (found.closed_on is None or found.closed_on > request.on)
    proposed = matching.proposals(found, request.user, request.on) if can_change and is_sought else []
    context = {
        "demand": found,
        "state": found.state(request.on, found.arrived),
        "facts": facts(found),
        "matches": [_match(row, known, request.on, can_change, bound) for row in rows],
        "proposals": proposed[:MOST],
        "is_sought": is_sought,
        "more": max(len(proposed) - MOST, 0),
        "can_change": can_change,
        "can_publish": can_change and is_county(request.user) and found.published_on is None,
        "close_form": (close or CloseForm(demand=found)) if can_change and found.closed_on is None else None,
        "visits": _visits(found, request.on),
        "visit_form": (visit or VisitForm(matches=accepted)) if may_visit else None,
        "is_county": is_county(request.user),
        "has_wish": bool(found.talent_class or found.sub_class or found.skills),
    }
    return render(request, "talent/demands/demand.html", context, status=400 if bound or visit or close else 200)


def _known(user, rows):
    """The people of the matches whose file the user may open: somebody offered from elsewhere is a name only."""
    people = [row.talent.person_id for row in rows]
    return set(Person.objects.visible_to(user).filter(pk__in=people).values_list("pk", flat=True))


def _match(row, known, on, can_change, bound):
    forms = [step_form(row, step.key, bound) for step in STEPS if step.possible(row)] if can_change else []
    known_then = row.as_of(on)
    path = [(label, getattr(known_then, name)) for name, label in DONE if getattr(known_then, name)]
    return {"row": known_then, "is_known": row.talent.person_id in known, "forms": forms, "path": path}


def step_form(match, key, bound):
    """The form of a step, or the one that was just sent and was wrong."""
    if bound is not None and bound.match.pk == match.pk and bound.step.key == key:
        return bound
    return StepForm(match, key)


def facts(found):
    """[(label, text)] of a need; the phone masked."""
    place = f"{found.township.name} {found.village.name if found.village else ''}".strip()
    until = f"{found.start:%Y-%m-%d} 起" + (f"，至 {found.end:%Y-%m-%d}" if found.end else "")
    wanted = "、".join(filter(None, [found.get_talent_class_display(), found.get_sub_class_display()]))
    told = (
        ("需求调查", found.round.name), ("需求单位", f"{found.asker_text} · {found.get_asker_display()}"), ("所在", place),
        ("统一社会信用代码", found.credit_code), ("类别", wanted), ("技能关键词", found.skills),
        ("人数", f"需要 {found.number} 人，已到岗 {found.arrived} 人"), ("引进方式", found.get_manner_display()), ("待遇", found.terms),
        ("需要时间", until), ("联系人", " ".join(filter(None, [found.contact, found.phone_masked]))),
        ("提出日期", f"{found.stated_on:%Y-%m-%d}"), ("发布日期", f"{found.published_on:%Y-%m-%d}" if found.published_on else ""),
        ("关闭日期", f"{found.closed_on:%Y-%m-%d}" if found.closed_on else ""), ("备注", found.remarks),
    )  # fmt: skip
    return [(label, text) for label, text in told if text]


def _visits(found, on):
    visits = DemandVisit.objects.filter(dated_by(on, "visited_on"), match__demand=found)
    return list(visits.select_related("match__talent__person").order_by("-visited_on", "-pk"))


# --- what is pressed


@page_for("talent.add_match")
@require_POST
def demand_propose(request, pk):
    """Propose the ticked people, with their points and reasons of today."""
    found, today = visible_demand(request, pk), timezone.localdate()
    if found.closed_on is not None and found.closed_on <= today:
        messages.warning(request, "没有推荐：这项需求已经关闭。要继续找人，请先重新打开。")
        return redirect("demand", pk)
    ticked = {row_key(key) for key in request.POST.getlist("talent")}
    chosen = [one for one in matching.proposals(found, request.user, today) if one.talent.pk in ticked]
    if not chosen:
        messages.warning(request, "没有推荐：请先在人选前打勾，再按“推荐所选的人”。")
    else:
        actions.propose(found, chosen, on=today, by=request.user)
        messages.success(request, f"已推荐 {'、'.join(one.talent.person.name for one in chosen)}。下一步：邀请。")
    return redirect("demand", pk)


@page_for("talent.change_match")
@require_POST
def match_step(request, pk):
    """Take the step named by `step` with its date and reason or grade."""
    rows = Match.objects.visible_to(request.user)
    match = get_object_or_404(rows.select_related("talent__person", "demand__township", "demand__village"), pk=pk)
    key = request.POST.get("step", "")
    if key not in {step.key for step in STEPS}:
        raise Http404
    form = StepForm(match, key, request.POST)
    if not form.is_valid():
        return _page(request, visible_demand(request, match.demand_id), bound=form)
    said = form.cleaned_data.get("said", "")
    try:
        actions.take_step([match], key, on=form.cleaned_data["on"], said=said, by=request.user)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return _page(request, visible_demand(request, match.demand_id), bound=form)
    messages.success(
        request, f"已登记：{match.talent.person.name} {form.step.label}（{form.cleaned_data['on']:%Y-%m-%d}）。"
    )
    return redirect("demand", match.demand_id)


@page_for("talent.add_demandvisit")
@require_POST
def demand_visit(request, pk):
    """Record that somebody who accepted came and what was done."""
    found = visible_demand(request, pk)
    accepted = found.matches.filter(accepted_on__isnull=False).select_related("talent__person")
    form = VisitForm(request.POST, matches=accepted)
    if not form.is_valid():
        return _page(request, found, visit=form)
    actions.record_demand_visits([form.instance], by=request.user)
    messages.success(request, f"已记录上门服务：{form.instance}。")
    return redirect("demand", pk)


@page_for("talent.change_demand")
@require_POST
def demand_publish(request, pk):
    """The county lets the search begin."""
    if not is_county(request.user):
        raise PermissionDenied
    found = visible_demand(request, pk)
    if found.published_on is not None:
        messages.warning(request, f"{found}已在 {found.published_on:%Y-%m-%d} 发布，没有改动。")
        return redirect("demand", pk)
    actions.publish_demands([found], on=max(timezone.localdate(), found.stated_on), by=request.user)
    messages.success(request, f"已发布：{found}，可以推荐人选。")
    return redirect("demand", pk)


@page_for("talent.change_demand")
@require_POST
def demand_close(request, pk):
    """End the search with a reason, or take that back."""
    found = visible_demand(request, pk)
    if "reopen" in request.POST:
        actions.reopen_demands([found], by=request.user)
        messages.success(request, f"已重新打开：{found}。")
        return redirect("demand", pk)
    if found.closed_on is not None:
        messages.warning(request, f"{found}已在 {found.closed_on:%Y-%m-%d} 关闭，没有改动。")
        return redirect("demand", pk)
    form = CloseForm(request.POST, demand=found)
    if not form.is_valid():
        return _page(request, found, close=form)
    actions.close_demands([found], on=form.cleaned_data["on"], reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, f"已关闭：{found}（{found.get_close_reason_display()}）。")
    return redirect("demand", pk)
