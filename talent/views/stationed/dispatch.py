"""Sending a team to a village in one step, one stay with what is added to it, recall and rotation in one action."""

import datetime

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render

from core.views.access import business_page, page_for
from core.writes import change_rows
from talent.dispatching import NotSent, dispatch, rotate
from talent.indicators.stationed import with_rotation
from talent.models import Stationing
from talent.views.stationed.forms import EndForm, MemberFormSet, StayForm, SuccessorForm, TeamForm
from talent.views.stationed.tabs import tabs

NEXT_DAY = datetime.timedelta(days=1)
may_send = page_for("talent.add_stationing")
may_change = page_for("talent.change_stationing")


def visible_stay(request, pk):
    """The stay `pk` with its rotation, or 404 when missing or out of scope."""
    seen = with_rotation(Stationing.objects.visible_to(request.user), request.on)
    return get_object_or_404(seen.select_related("person", "village__township"), pk=pk)


@may_send
def new(request):
    """Station several people in a village at once; anybody refused keeps everybody back, and what was typed stays."""
    form = TeamForm(
        request.POST or None, user=request.user, on=request.on, initial={"village": request.GET.get("village")}
    )
    members = MemberFormSet(request.POST or None, prefix="m")
    if request.method == "POST" and all([form.is_valid(), members.is_valid()]) and _sent(request, form, members):
        return redirect("stationed")
    return render(
        request, "talent/stationed/dispatch.html", {"form": form, "members": members, "tabs": tabs("stationed")}
    )


def _sent(request, form, members):
    """True when all filled rows were stationed; else their forms tell why not."""
    filled = [one for one in members.forms if one.has_changed()]
    about = form.about()
    try:
        stays = dispatch([(one.given(), one.stay(**about)) for one in filled], by=request.user, on=request.on)
    except NotSent as refused:
        for place, errors in refused.errors.items():
            filled[place].take(errors)
        return False
    messages.success(request, f"已向{about['village'].name}派驻 {len(stays)} 人，自 {about['start']:%Y-%m-%d} 起。")
    return True


@business_page
@transaction.atomic
def stationing(request, pk):
    """One stay: what is known of it, its assessments, and a form for what is added while it runs."""
    stay = visible_stay(request, pk)
    may = request.user.has_perm("talent.change_stationing")
    form = StayForm(request.POST or None, instance=stay) if may else None
    if request.method == "POST" and may and form.is_valid():
        change_rows([form.instance], list(form.cleaned_data), by=request.user)
        messages.success(request, "已保存。")
        return redirect("stationing", pk)
    context = {
        "stay": stay,
        "form": form,
        "assessments": stay.assessments.order_by("-year"),
        "can_end": may and stay.end is None,
        "tabs": tabs("stationed"),
    }
    return render(request, "talent/stationed/stay.html", context)


@may_change
def end(request, pk):
    """End a stay (轮换、召回、提拔), and begin the successor's the next day in the same action."""
    stay = visible_stay(request, pk)
    form = EndForm(request.POST or None, stay=stay, initial={"end": request.on, "end_kind": "rotated"})
    after = SuccessorForm(request.POST or None, prefix="s", initial=_as_before(stay))
    if stay.end is not None:
        messages.warning(request, f"这段派驻已于 {stay.end:%Y-%m-%d} 结束。")
        return redirect("stationing", pk)
    if request.method == "POST" and all([form.is_valid(), after.is_valid()]) and _ended(request, stay, form, after):
        return redirect("stationing", pk)
    context = {"stay": stay, "form": form, "after": after, "tabs": tabs("stationed")}
    return render(request, "talent/stationed/end.html", context)


def _as_before(stay):
    return {"role": stay.role, "dispatch_unit": stay.dispatch_unit, "unit_level": stay.unit_level}


def _ended(request, stay, form, after):
    """True when the stay was ended (and the successor begun); else the forms tell why not."""
    cleaned = form.cleaned_data
    successor = None
    if after.has_changed() and after.cleaned_data.get("id_number"):
        begins = cleaned["end"] + NEXT_DAY
        successor = (after.given(), after.stay(village=stay.village, team=stay.team, start=begins))
    try:
        rotate(
            stay, last=cleaned["end"], kind=cleaned["end_kind"], reason=cleaned["end_reason"], successor=successor,
            by=request.user, on=request.on,
        )  # fmt: skip
    except NotSent as refused:
        after.take(refused.errors[0])
        return False
    told = f"，{after.cleaned_data['name']}自次日起接任" if successor else ""
    messages.success(
        request, f"{stay.person.name}的派驻到 {cleaned['end']:%Y-%m-%d} 为止（{stay.get_end_kind_display()}）{told}。"
    )
    return True
